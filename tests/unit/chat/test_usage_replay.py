"""My own traffic once more, under another model, detail or rule."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.chat.estimate import estimate
from components.chat.recount import AS_IT_WAS, Recount, Rule, Unknown
from components.chat.store import AttemptResult
from components.chat.tree import before
from components.chat.usage_replay import replay_usage
from components.chat.usage_replay_types import MoneyGap
from components.i18n import LANGUAGES, placeholders, texts
from components.pricing import Price
from components.providers.base import Parameters
from components.tokens import count_request_text_tokens
from db.store import Store, open_store
from tests.support.fuzzing import examples
from tests.unit.chat.used import OLD, answer, bill, photo, used

SAID = "A cat on a sill."


def now(_model: str) -> Price:
    return Price(Decimal(1), Decimal("0.5"), Decimal(2), source="now")


def input_of(store: Store, rule: Rule | None = None, **other: str) -> list[int]:
    """Input tokens of each answer by itself under a setting."""
    found = [replay_usage([use], rule=rule, price=now, **other).total for use in used(store)]  # type: ignore[arg-type]
    return [total.what_if.input for total in found]


def test_a_question_is_counted_to_the_token(store: Store) -> None:
    answer(store, 1, (photo(),))
    found = replay_usage(used(store)).total
    texts_ = count_request_text_tokens("gpt-4o", ["Be brief.", "What is on picture 1?"])
    assert found.as_estimated.input == 765 + texts_
    assert found.what_if == found.as_estimated


def test_it_counts_what_the_chat_estimates_before_sending(store: Store) -> None:
    answer(store, 1, (photo(2048, 4096), photo(300, 200, "low")))
    answer(store, 2)
    whole = store.conversations.conversation("me", "c")
    assert whole
    shown = estimate(
        "gpt-4o", [], Parameters(system="Be brief."), before(whole, "u2"), "What is on picture 2?"
    )
    assert Recount().input_tokens(used(store)[1], AS_IT_WAS) == shown.total


def test_rules_say_what_of_the_history_goes_again(store: Store) -> None:
    for number in (1, 2, 3):
        answer(store, number, (photo(),))
    first, second, third = input_of(store, "all")
    turn = second - first - 765  # a question and its answer, without the image
    assert input_of(store) == [first, second, third]
    assert third == first + 2 * (turn + 765)
    assert input_of(store, "drop") == [first, first + turn, first + 2 * turn]
    assert input_of(store, "low") == [first, first + turn + 85, first + 2 * (turn + 85)]
    assert input_of(store, 0) == [first] * 3
    assert input_of(store, 1) == [first, second, second]
    assert input_of(store, 2) == input_of(store, 99) == [first, second, third]


def test_what_was_chosen_then_counts_unless_a_rule_is_tried(store: Store) -> None:
    answer(store, 1, (photo(),))
    answer(store, 2, parameters={"context": {"u1:0": "drop"}})
    chosen, kept = input_of(store)[1], input_of(store, "all")[1]
    assert kept - chosen == 765
    both = replay_usage(used(store)[1:], rule="all").total
    assert (both.as_estimated.input, both.what_if.input) == (chosen, kept)


def test_another_detail_is_for_all_images_old_ones_too(store: Store) -> None:
    answer(store, 1, (photo(),))
    answer(store, 2, (photo(),))
    high, low = input_of(store), input_of(store, detail="low")
    assert [a - b for a, b in zip(high, low, strict=True)] == [765 - 85, 2 * (765 - 85)]


def test_an_old_image_that_goes_again_in_low_detail_stays_low_under_another_detail(
    store: Store,
) -> None:
    answer(store, 1, (photo(),))
    answer(store, 2)
    assert input_of(store, "low", detail="high") == input_of(store, "low")


def test_then_is_priced_as_then_and_another_model_as_today(store: Store) -> None:
    answer(store, 1, (photo(),))
    found = replay_usage(used(store), model="gpt-4o-mini", price=now).total
    then, other = found.as_estimated, found.what_if
    assert then.cost == (then.input * Decimal("2.50") + 100 * 10) / 1_000_000
    assert other.cost == (other.input * 1 + 100 * 2) / Decimal(1_000_000)
    assert found.share == pytest.approx(float(other.cost / then.cost) - 1)


def test_the_same_model_keeps_its_price_of_then(store: Store) -> None:
    answer(store, 1)
    found = replay_usage(used(store), model="gpt-4o", price=now).total
    assert found.what_if == found.as_estimated


def test_both_sides_have_the_share_of_cached_input_that_was_billed(store: Store) -> None:
    answer(store, 1, result=bill(1000, 100, cached_tokens=500))
    found = replay_usage(used(store), model="gpt-4o-mini", price=now).total
    tokens = found.as_estimated.input
    cached = tokens // 2
    full = tokens - cached
    assert found.as_estimated.cost == (full * OLD.input + cached * OLD.cached_input + 1000) / 10**6  # type: ignore[operator]
    assert found.what_if.cost == (full + cached * Decimal("0.5") + 200) / 10**6


def test_bills_stand_beside_the_estimates_of_the_very_same_answers(store: Store) -> None:
    answer(store, 1, (photo(),), bill(800, 50, "0.0025"))
    answer(store, 2, (), bill(9999, 10, None, usage_source="estimated"))
    answer(store, 3, (), bill(1700, 70, None))
    found = replay_usage(used(store)).total
    each = input_of(store)
    assert found.as_estimated.answers == 3
    assert (found.billed.answers, found.billed.input, found.billed.output) == (2, 2500, 120)
    assert found.billed_estimate.input == each[0] + each[2]
    assert (found.billed.priced, found.billed.cost) == (1, Decimal("0.0025"))
    assert found.billed_estimate.cost == (each[0] * Decimal("2.50") + 500) / 10**6


def unknown(store: Store, **setting: str) -> dict[Unknown, int]:
    return replay_usage(used(store), price=now, **setting).total.unknown  # type: ignore[arg-type]


def test_what_is_not_known_is_counted_by_its_reason_and_in_no_sum(store: Store) -> None:
    answer(store, 1, conversation_id="good")
    answer(store, 2, (photo(None, None),), conversation_id="url")
    answer(store, 3, result=AttemptResult("stopped", "A c"), conversation_id="stopped")
    answer(store, 4, (photo(),), conversation_id="rule", model="some-model-nobody-knows")
    answer(store, 5, (photo(20000, 9000, "original"),), conversation_id="large")
    found = replay_usage(used(store)).total
    assert found.unknown == {"no_size": 1, "no_usage": 1, "no_rule": 1}
    assert (found.answers, found.as_estimated.answers, found.what_if.answers) == (5, 2, 2)
    assert unknown(store, model="gpt-6-luna") == {"no_size": 1, "no_usage": 1, "no_rule": 1} | {
        "rejected": 1
    }
    assert unknown(store, model="gpt-4")["no_vision"] == 1, "the others weren't known before"


def test_a_question_larger_than_the_other_models_context_is_named(store: Store) -> None:
    answer(store, 1, text="word " * 9000)
    assert unknown(store, model="gpt-4") == {"too_long": 1}
    assert unknown(store) == {}


def test_a_model_that_takes_no_images_answers_without_the_historys(store: Store) -> None:
    answer(store, 1, (photo(),))
    answer(store, 2)
    found = replay_usage(used(store)[1:], model="gpt-4", price=now).total
    assert found.unknown == {}
    said = ["Be brief.", "What is on picture 1?", SAID, "What is on picture 2?"]
    assert found.what_if.input == count_request_text_tokens("gpt-4", said)


def test_without_a_price_on_either_side_there_is_no_money_on_both(store: Store) -> None:
    answer(store, 1)
    answer(store, 2, prices={}, conversation_id="free")
    found = replay_usage(used(store), model="gpt-4o-mini", price=now).total
    assert found.gaps == {"no_price_then": 1}
    assert (found.as_estimated.answers, found.as_estimated.priced, found.what_if.priced) == (
        2,
        1,
        1,
    )
    nothing = replay_usage(used(store), model="llava", price=lambda _: None).total
    assert nothing.gaps == {"no_price": 1, "no_price_then": 1}
    assert (nothing.as_estimated.cost, nothing.what_if.cost, nothing.share) == (0, 0, None)


def test_thinking_is_not_charged_where_there_is_none_and_named_where_it_is_not_known(
    store: Store,
) -> None:
    answer(store, 1, model="gpt-5", result=bill(1000, 100, reasoning_tokens=80))
    answer(store, 2, model="gpt-4o", conversation_id="other")
    plain = replay_usage(used(store), model="gpt-4o-mini", price=now).total
    assert (plain.as_estimated.output, plain.what_if.output) == (200, 120)
    thinking = replay_usage(used(store), model="o3", price=now).total
    assert thinking.gaps == {"thinking": 1}
    assert (thinking.what_if.output, thinking.what_if.priced) == (200, 2)


def test_models_stand_apart_the_dearest_first_with_the_stores_own_drift(store: Store) -> None:
    answer(store, 1, (photo(),), bill(850), conversation_id="a", estimated_input_tokens=800)
    answer(store, 2, (photo(detail="low"),), bill(90), conversation_id="b", model="gpt-4o-mini")
    answer(store, 3, (), bill(30), conversation_id="c", estimated_input_tokens=30)
    found = replay_usage(used(store), model="gpt-4o-mini")
    assert [(m.model, m.answers) for m in found.models] == [("gpt-4o-mini", 1), ("gpt-4o", 2)]
    for model in found.models:
        assert model.drift == tuple(store.answers.drift("me", model.model or ""))
    assert (
        sum((m.what_if for m in found.models[1:]), found.models[0].what_if) == found.total.what_if
    )


def test_no_answers_come_to_nothing(store: Store) -> None:
    found = replay_usage(used(store), model="gpt-4o-mini", rule="drop")
    assert (found.models, found.total.answers, found.total.share) == ((), 0, None)


def test_a_negative_number_of_turns_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        replay_usage([], rule=-1)


SIZES = st.tuples(st.integers(1, 5000), st.integers(1, 5000))
IMAGES = st.lists(st.builds(lambda s, d: photo(*s, d), SIZES, st.sampled_from(("low", "high"))))
RENDERS = st.lists(
    st.tuples(
        IMAGES.map(lambda some: tuple(some[:3])),
        st.sampled_from(("gpt-4o", "gpt-5", "o3", "gpt-4o-mini")),
        st.booleans(),
    ),
    max_size=5,
)
SLOW = settings(
    max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(RENDERS)
def test_whatever_was_said_the_same_setting_gives_the_same_and_less_history_never_more(
    tmp_path_factory: pytest.TempPathFactory,
    turns: list[tuple],  # type: ignore[type-arg]
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('rehearse')}/log.db")
    for number, (images, model, cached) in enumerate(turns):
        answer(store, number, images, bill(cached_tokens=400 * cached), model=model)
    uses = used(store)
    store.close()
    assert len(uses) == len(turns)
    alike = replay_usage(uses, rule="all").total
    assert alike.what_if == alike.as_estimated
    assert alike.answers == alike.as_estimated.answers + sum(alike.unknown.values())
    for use in uses:
        same = replay_usage([use], model=use.attempt.model, rule="all").total
        assert same.what_if == same.as_estimated
    sums = [replay_usage(uses, rule=n).total.what_if.input for n in range(len(turns))]
    assert sums == sorted(sums)
    dropped = replay_usage(uses, rule="drop").total.what_if
    assert dropped.input <= alike.what_if.input
    assert dropped.cost <= alike.what_if.cost


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_and_rule_has_words(lang: str) -> None:
    for group, names in (("unknown", get_args(Unknown)), ("money", get_args(MoneyGap))):
        for name in names:
            assert placeholders(texts(lang)[f"cost.history.{group}.{name}"]) == {"answers"}
    for name in ("all", "low", "drop", "turns"):
        assert texts(lang)[f"cost.history.rule.{name}"]


ASTRA = {"input": "10", "cached_input": "1", "cache_write": "12.5", "output": "50", "source": "s"}


def test_what_was_written_to_the_cache_is_on_both_sides(store: Store) -> None:
    words = "word " * 2000
    whole = bill(2000, 100, cached_tokens=0, cache_write_tokens=2000)
    answer(store, 1, result=whole, model="gpt-6-astra", prices=ASTRA, text=words)
    found = replay_usage(used(store), detail="low").total
    tokens = found.as_estimated.input
    assert found.as_estimated.cost == (tokens * Decimal("12.5") + 100 * 50) / 10**6
    assert found.as_estimated.most == found.as_estimated.cost
    assert found.what_if.cost == found.as_estimated.cost


def test_a_model_that_may_write_to_its_cache_is_given_as_a_range(store: Store) -> None:
    answer(store, 1, text="word " * 2000)
    found = replay_usage(used(store), model="gpt-6-astra").total
    tokens = found.what_if.input
    assert found.as_estimated.most == found.as_estimated.cost
    assert found.what_if.cost == (tokens * 10 + 100 * 50) / Decimal(10**6)
    assert found.what_if.most == (tokens * Decimal("12.5") + 100 * 50) / 10**6


def test_a_model_that_writes_nothing_by_itself_is_charged_no_writing(store: Store) -> None:
    whole = bill(2000, 100, cache_write_tokens=2000)
    answer(store, 1, result=whole, model="gpt-6-astra", prices=ASTRA, text="word " * 2000)
    found = replay_usage(used(store), model="gpt-4o-mini", price=now).total
    assert found.what_if.cost == (found.what_if.input + 200) / Decimal(10**6)
