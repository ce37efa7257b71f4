"""Finding conversations again: by words, Chinese ones too, and by what else is known of them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from components.chat.store import AttemptResult, HistoryFilter
from db.store import Store
from tests.unit.db.make import DONE, START, Clock, content, progress, shown, turn
from tests.unit.db.schema.old import found


def ask(store: Store, name: str, question: str, answer: str = "", owner: str = "me") -> None:
    """A conversation of one turn whose title has no words of its own."""
    store.conversations.begin_turn(owner, turn(name, text=question, title="-"))
    store.conversations.finish(owner, f"t{name}", AttemptResult("ok", answer))


@pytest.mark.parametrize(
    "query",
    [
        "发票",
        "这张",
        "金额",
        "图",
        "片",
        "张发票",
        "这张发票的金额",
        "发票 金额",
        "发票，金额",
    ],
)
def test_chinese_words_of_any_length_are_found(store: Store, query: str) -> None:
    ask(store, "1", "这张发票的金额是多少？请看图片")
    ask(store, "2", "一只猫")
    assert found(store, query) == ["c1"]


@pytest.mark.parametrize("query", ["票发", "发额", "金额发票", "图像", "像"])
def test_chinese_characters_in_another_order_are_not(store: Store, query: str) -> None:
    ask(store, "1", "这张发票的金额是多少？请看图片")
    assert found(store, query) == []


@pytest.mark.parametrize(
    "query", ["invoice", "INV", "in", "café", "Cafe", "２０２６", "4o", "gpt-4o"]
)
def test_words_are_found_by_their_beginning_whatever_case_width_and_accents(
    store: Store, query: str
) -> None:
    ask(store, "1", "The Invoice of Café Müller, 2026, by GPT-4o")
    ask(store, "2", "A cat")
    assert found(store, query) == ["c1"]


@pytest.mark.parametrize("query", ["voice", "invoices", "20261"])
def test_words_are_not_found_by_their_middle_or_when_they_go_on(store: Store, query: str) -> None:
    ask(store, "1", "The Invoice of Café Müller, 2026")
    assert found(store, query) == []


def test_every_word_must_be_there_but_anywhere_in_the_conversation(store: Store) -> None:
    ask(store, "1", "Wie heißt die Katze?", "她叫花花")
    store.conversations.begin_turn("me", turn("2", conversation_id="c1", text="And the dog?"))
    assert found(store, "katze 花花 dog") == ["c1"]
    assert found(store, "katze bird") == []


@pytest.mark.parametrize(
    "query",
    [
        "cat OR dog",
        "cat NOT dog",
        "NEAR(cat dog)",
        "cat AND",
        '"',
        "*",
        "cat* -",
        '"cat" OR "dog',
        "^",
    ],
)
def test_operators_are_words_and_never_break_a_search(store: Store, query: str) -> None:
    ask(store, "1", "A cat")
    ask(store, "2", "A dog")
    ask(store, "3", "cat or not near and dog")
    assert set(found(store, query)) <= {"c1", "c3"}
    assert "c2" not in found(store, query)


@pytest.mark.parametrize("query", ['"', "***", "？！", "😀"])
def test_a_query_of_signs_finds_nothing_and_a_blank_one_everything(
    store: Store, query: str
) -> None:
    ask(store, "1", f"A cat {query}")
    assert found(store, query) == []
    assert found(store, " \n") == ["c1"]


def test_nobody_can_search_anothers_words(store: Store) -> None:
    ask(store, "1", "secret zebra", owner="you")
    ask(store, "1", "a horse")
    assert found(store, "zebra") == []
    assert found(store, 'x" OR scope : "o') == []
    assert found(store, "zebra", "you") == ["c1"]
    assert store.history.count("me", HistoryFilter(text="zebra")) == 0


def test_titles_questions_and_answers_are_found_as_soon_as_they_are_there(store: Store) -> None:
    store.conversations.begin_turn("me", turn(text="问题在此", title="标题"))
    assert [found(store, q) for q in ("标题", "问题")] == [["c1"], ["c1"]]
    progress(store, "me", "t1", "回答开始")
    assert found(store, "回答") == []
    store.conversations.finish("me", "t1", AttemptResult("ok", "回答结束"))
    assert [found(store, q) for q in ("结束", "开始")] == [["c1"], []]


def test_of_an_answer_tried_again_the_latest_words_are_found(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", AttemptResult("interrupted", "half a zebra"))
    store.conversations.begin_turn("me", turn(attempt_id="t2"))
    store.conversations.finish("me", "t2", AttemptResult("ok", "a horse"))
    assert [found(store, q) for q in ("zebra", "horse")] == [[], ["c1"]]


def test_a_new_title_is_found_and_the_old_one_is_not(store: Store) -> None:
    store.conversations.begin_turn("me", turn(title="猫咪照片", text="?"))
    assert store.history.rename("me", "c1", "  花园\n的 狗  ")
    assert store.history.page("me")[0].title == "花园 的 狗"
    assert [found(store, q) for q in ("猫咪", "花园")] == [[], ["c1"]]


def test_text_read_from_an_image_is_found_wherever_the_image_is_shown(store: Store) -> None:
    kept = content("shared")
    shared = {"images": [shown(kept)], "contents": [kept]}
    store.conversations.begin_turn("me", turn("1", **shared))
    store.conversations.begin_turn("you", turn("1", **shared))
    assert store.conversations.set_image_text("me", kept.hash, "营业执照")
    store.conversations.begin_turn("me", turn("2", **shared))
    assert set(found(store, "执照")) == {"c1", "c2"}
    assert found(store, "执照", "you") == []
    assert store.conversations.set_image_text("me", kept.hash, "身份证")
    assert [set(found(store, q)) for q in ("执照", "身份")] == [set(), {"c1", "c2"}]
    stored = store.conversations.image("me", kept.hash)
    assert stored
    assert stored.text == "身份证"
    assert not store.conversations.set_image_text("me", "0" * 64, "x")


def test_what_is_deleted_is_not_found_until_it_comes_back(store: Store) -> None:
    ask(store, "1", "橘猫")
    store.history.delete("me", ["c1"])
    assert found(store, "橘猫") == []
    store.history.undo_delete("me", ["c1"])
    assert found(store, "橘猫") == ["c1"]


@pytest.fixture
def filled(store: Store, clock: Clock) -> Store:
    """Three conversations a day apart: an image and a dollar, neither, and both with a tag."""
    picture: dict[str, object] = {"images": [], "contents": []}
    for n, (model, cost, other) in enumerate(
        [("gpt", "1.00", {}), ("llava", None, picture), ("gpt", "0.30", {})]
    ):
        store.conversations.begin_turn("me", turn(str(n), model=model, **other))
        store.conversations.finish(
            "me", f"t{n}", AttemptResult("ok", "猫", cost=Decimal(cost) if cost else None)
        )
        clock.pass_(86400)
    store.history.star("me", ["c0", "c1"])
    store.history.tag("me", ["c2"], "work")
    return store


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (HistoryFilter(), ["c2", "c1", "c0"]),
        (HistoryFilter(models=("gpt",)), ["c2", "c0"]),
        (HistoryFilter(models=("gpt", "llava")), ["c2", "c1", "c0"]),
        (HistoryFilter(models=("GPT",)), []),
        (HistoryFilter(since=START + DAY), ["c2", "c1"]),
        (HistoryFilter(until=START + DAY), ["c0"]),
        (HistoryFilter(since=START + DAY, until=START + 2 * DAY), ["c1"]),
        (HistoryFilter(with_images=True), ["c2", "c0"]),
        (HistoryFilter(with_images=False), ["c1"]),
        (HistoryFilter(starred=True), ["c1", "c0"]),
        (HistoryFilter(starred=False), ["c2"]),
        (HistoryFilter(tag="work"), ["c2"]),
        (HistoryFilter(tag="wor"), []),
        (HistoryFilter(min_cost=Decimal("0.30")), ["c2", "c0"]),
        (HistoryFilter(min_cost=Decimal("0.31")), ["c0"]),
        (HistoryFilter(max_cost=Decimal("0.30")), ["c2", "c1"]),
        (HistoryFilter(text="猫", models=("gpt",), starred=True, with_images=True), ["c0"]),
        (HistoryFilter(text="狗", models=("gpt",)), []),
    ],
)
def test_filters_and_their_combinations(
    filled: Store, wanted: HistoryFilter, ids: list[str]
) -> None:
    assert [s.id for s in filled.history.page("me", wanted)] == ids
    assert filled.history.count("me", wanted) == len(ids)
    assert [s.id for s in filled.history.page("me", wanted, limit=1, offset=1)] == ids[1:2]
    assert filled.history.page("you", wanted) == []


def test_costs_add_up_to_what_is_compared(store: Store) -> None:
    for name, cost in (("1", "0.1"), ("2", "0.2")):
        store.conversations.begin_turn("me", turn(name, conversation_id="c1"))
        store.conversations.finish("me", f"t{name}", AttemptResult("ok", "", cost=Decimal(cost)))
    exactly = HistoryFilter(min_cost=Decimal("0.3"), max_cost=Decimal("0.3"))
    assert store.history.count("me", exactly) == 1


def test_the_models_that_were_asked_are_listed(filled: Store) -> None:
    assert filled.history.models_used("me") == ["gpt", "llava"]
    filled.history.delete("me", ["c1"])
    assert filled.history.models_used("me") == ["gpt"]
    assert filled.history.models_used("you") == []


def test_a_model_asked_earlier_in_a_conversation_counts(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1", model="gpt"))
    store.conversations.finish("me", "t1", DONE)
    store.conversations.begin_turn("me", turn("2", conversation_id="c1", model="llava"))
    assert store.history.count("me", HistoryFilter(models=("gpt",))) == 1
