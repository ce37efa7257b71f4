"""What is put into the store comes out of it."""

from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from components.chat.store import (
    AttemptResult,
    ConversationSummary,
    StoredAttempt,
)
from db.store import Store, open_store
from tests.unit.db.make import DONE, START, Clock, content, rows_of, shown, turn, url_of

FULL = AttemptResult(
    outcome="failed",
    text="Ein Anfang 图",
    model_answered="llava-1.6",
    finish_reason="length",
    code="upstream",
    status=529,
    request_id="req_1",
    attempts=3,
    ms_first=120,
    ms_total=4567,
    usage_source="reported",
    input_tokens=801,
    cached_tokens=128,
    cache_write_tokens=64,
    image_tokens=765,
    output_tokens=55,
    reasoning_tokens=5,
    cost=Decimal("0.000000000000000000123400"),
    left_out=("temperature", "detail"),
    error_data={"host": "127.0.0.1:8000"},
    streamed=False,
    reasoning="maybe yes",
)


def attempt_of(store: Store, owner: str = "me", conversation: str = "c1") -> StoredAttempt:
    found = store.conversations.conversation(owner, conversation)
    assert found
    attempt = found.messages[-1].attempt
    assert attempt
    return attempt


def test_a_question_comes_back_with_every_field(store: Store) -> None:
    kept = content("1")
    images = [
        shown(kept, as_is=True, first_frame=True),
        shown(None, url="https://example.org/a.png", width=None, height=None, tokens=None),
        shown(kept, name="again.png", original_width=None, original_height=None),
    ]
    store.conversations.begin_turn("me", turn(images=images))
    found = store.conversations.conversation("me", "c1")
    assert found
    assert (found.id, found.title, found.created_at) == ("c1", "Title 1", START)
    asked, answer = found.messages
    assert (asked.id, asked.role, asked.text) == ("u1", "user", "What is this? 1")
    assert asked.created_at == START
    assert asked.images == tuple(images)
    assert asked.attempt is None
    assert (answer.id, answer.role, answer.text, answer.images) == ("a1", "assistant", "", ())


def test_a_running_attempt_comes_back_with_what_was_known_when_it_was_sent(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    attempt = attempt_of(store)
    asked = turn()
    for name in ("endpoint", "host", "model", "parameters", "prices", "started_at"):
        assert getattr(attempt, name) == getattr(asked, name)
    assert attempt.estimated_input_tokens == 801
    assert str(attempt.estimated_cost) == "0.00120150"
    assert attempt.result == AttemptResult("running", "")


def test_a_result_comes_back_with_every_field(store: Store) -> None:
    defaults = AttemptResult("running", "")
    same = [f.name for f in fields(FULL) if getattr(FULL, f.name) == getattr(defaults, f.name)]
    assert same == [], "FULL leaves a field at its default, so this test wouldn't see it"
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", FULL)
    assert attempt_of(store).result == FULL
    assert str(attempt_of(store).result.cost) == str(FULL.cost)


@pytest.mark.parametrize("digits", ["0", "0.10", "1E-7", "123456789012345678901234567890.01", "-1"])
def test_money_comes_back_digit_for_digit(store: Store, digits: str) -> None:
    store.conversations.begin_turn("me", turn(estimated_cost=Decimal(digits)))
    store.conversations.finish("me", "t1", replace(DONE, cost=Decimal(digits)))
    assert str(attempt_of(store).estimated_cost) == digits
    assert str(attempt_of(store).result.cost) == digits


def test_what_is_unknown_stays_none_and_not_zero(store: Store) -> None:
    store.conversations.begin_turn(
        "me", turn(estimated_cost=None, estimated_input_tokens=None, prices={})
    )
    store.conversations.finish("me", "t1", AttemptResult("ok", "x"))
    attempt = attempt_of(store)
    assert attempt.estimated_cost is None
    assert attempt.estimated_input_tokens is None
    assert attempt.prices == {}
    assert attempt.result == AttemptResult("ok", "x")


def test_times_of_another_zone_come_back_in_utc(store: Store) -> None:
    local = START.astimezone(timezone(timedelta(hours=8)))
    store.conversations.begin_turn("me", turn(started_at=local))
    back = attempt_of(store).started_at
    assert back == START
    assert back.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="zone"):
        store.conversations.begin_turn("me", turn(started_at=datetime(2026, 1, 1)))
    assert store.history.count("me") == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("half a pair \ud83d here", "half a pair \ufffd here"),
        ("at the end \ud83d", "at the end \ufffd"),
        ("a pair \ud83d\ude00", "a pair \U0001f600"),
        ("nul \0 nul", "nul \ufffd nul"),
        ("图问 \U0001f600 \r\n\t'; DROP TABLE images;--", None),
    ],
)
def test_an_answer_is_kept_whatever_characters_are_in_it(
    store: Store, text: str, kept: str | None
) -> None:
    store.conversations.begin_turn("me", turn(text=text, title=text))
    store.conversations.finish("me", "t1", replace(DONE, text=text))
    found = store.conversations.conversation("me", "c1")
    assert found
    assert [found.title, *(m.text for m in found.messages)] == [kept or text] * 3


def test_a_repeated_turn_changes_nothing(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", DONE)
    before = rows_of(store)
    clock.pass_(60)
    store.conversations.begin_turn("me", turn(text="other", title="other"))
    assert rows_of(store) == before


def test_turns_follow_each_other_in_one_conversation(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("me", turn("2", conversation_id="c1", title="ignored"))
    found = store.conversations.conversation("me", "c1")
    assert found
    assert found.title == "Title 1"
    assert [m.id for m in found.messages] == ["u1", "a1", "u2", "a2"]
    parents = {row[1]: row[3] for row in rows_of(store)["messages"]}
    assert parents == {"u1": None, "a1": "u1", "u2": "a1", "a2": "u2"}


def test_a_second_answer_to_the_same_question_asks_it_once(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", AttemptResult("interrupted", "A ca"))
    store.conversations.begin_turn("me", turn(answer_message_id="a2", attempt_id="t2"))
    store.conversations.finish("me", "t2", DONE)
    found = store.conversations.conversation("me", "c1")
    assert found
    assert [(m.id, m.text) for m in found.messages][1:] == [("a1", "A ca"), ("a2", "A cat.")]
    assert store.history.page("me")[0].messages == 3
    assert store.history.page("me")[0].images == 1


def test_a_second_attempt_at_the_same_answer_is_the_one_shown_and_both_are_kept(
    store: Store,
) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish(
        "me", "t1", AttemptResult("interrupted", "A ca", cost=Decimal("0.1"))
    )
    store.conversations.begin_turn("me", turn(attempt_id="t2"))
    store.conversations.finish("me", "t2", replace(DONE, cost=Decimal("0.2")))
    found = store.conversations.conversation("me", "c1")
    assert found
    assert [m.id for m in found.messages] == ["u1", "a1"]
    assert found.messages[1].text == "A cat."
    assert len(rows_of(store)["attempts"]) == 2
    assert store.history.page("me")[0].cost == Decimal("0.3")


def test_a_turn_is_written_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(ValueError, match="no bytes"):
        store.conversations.begin_turn("me", turn(contents=[]))
    assert not any(rows_of(store).values())


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    kept = content("same")
    same = {"contents": [kept, kept], "images": [shown(kept), shown(kept)]}
    store.conversations.begin_turn("me", turn("1", **same))
    store.conversations.begin_turn("me", turn("2", **same))
    store.conversations.begin_turn("me", turn("3", images=[shown(kept)], contents=[]))
    assert len(rows_of(store)["images"]) == 1
    assert store.conversations.image("me", kept.hash) == kept
    assert store.conversations.thumbnail("me", kept.hash) == kept.thumbnail


def test_a_summary_tells_what_is_in_a_conversation(store: Store, clock: Clock) -> None:
    later = content("2")
    store.conversations.begin_turn(
        "me", turn("1", images=[shown(None, url="https://x.org/a.png")], contents=[])
    )
    store.conversations.finish("me", "t1", replace(DONE, cost=Decimal("0.10")))
    clock.pass_(5)
    images = [shown(later), shown(content("3"))]
    contents = [later, content("3")]
    store.conversations.begin_turn(
        "me", turn("2", conversation_id="c1", model="gpt", images=images, contents=contents)
    )
    expected = ConversationSummary(
        id="c1",
        title="Title 1",
        created_at=START,
        updated_at=clock.now,
        model="gpt",
        messages=4,
        images=3,
        cost=Decimal("0.10"),
        cost_known=False,
        running=True,
        first_image=later.hash,
    )
    assert store.history.page("me") == [expected]
    clock.pass_(5)
    store.conversations.finish("me", "t2", replace(DONE, cost=Decimal("0.2")))
    done = replace(
        expected, updated_at=clock.now, cost=Decimal("0.30"), cost_known=True, running=False
    )
    assert store.history.page("me") == [done]


def test_the_history_is_newest_change_first_and_comes_in_pages(store: Store, clock: Clock) -> None:
    for n in range(5):
        clock.pass_(1)
        store.conversations.begin_turn("me", turn(str(n)))
    clock.pass_(1)
    store.conversations.finish("me", "t0", DONE)
    in_order = ["c0", "c4", "c3", "c2", "c1"]
    assert [s.id for s in store.history.page("me")] == in_order
    pages = [store.history.page("me", limit=2, offset=o) for o in (0, 2, 4, 6)]
    assert [[s.id for s in page] for page in pages] == [["c0", "c4"], ["c3", "c2"], ["c1"], []]
    assert store.history.count("me") == 5


def test_a_store_keeps_everything_when_it_is_closed_and_opened_again(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", FULL)
    before = store.conversations.conversation("me", "c1")
    store.close()
    again = open_store(url_of(store))
    assert again.conversations.conversation("me", "c1") == before
    again.close()
