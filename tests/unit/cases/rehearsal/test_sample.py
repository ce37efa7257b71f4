"""Which answers a person is asked to label."""

import random
from collections import Counter

from components.cases.rehearsal.sample import SAMPLE, sampled, size_of
from components.chat.store import (
    AttemptResult,
    StoredAttempt,
    StoredImage,
    StoredMessage,
    StoredUse,
)
from tests.unit.chat.used import START


def use(talk: str, model: str = "gpt-4o", side: int = 0, text: str = "23") -> StoredUse:
    """An answer in a conversation, to a question with a square image of this side, or none."""
    image = StoredImage("0" * 64, "a.png", "auto", 10, 10, side, side, None)
    attempt = StoredAttempt(
        f"t-{talk}-{model}", "loop", "host", model, {}, START, None, None, {},
        AttemptResult("ok", text),
    )  # fmt: skip
    question = StoredMessage(f"q-{talk}", "user", "?", START, (image,) if side else ())
    return StoredUse(talk, "T", attempt, question, ())


def talks(found: list[StoredUse]) -> list[str]:
    return [each.conversation_id for each in found]


def test_each_kind_of_conversation_has_its_turn_before_any_has_a_second_one() -> None:
    many = [use(f"common-{n}", side=400) for n in range(200)]
    rare = [use("large", side=2000), use("tagged", side=400), use("other", "gpt-5", 400)]
    found = sampled([*many, *rare], {"tagged": ["receipts"]}, "gpt-4o")
    assert len(found) == SAMPLE
    assert len(set(talks(found))) == SAMPLE
    assert {"large", "tagged", "other"} <= set(talks(found)[:4])
    assert found[0].attempt.model == "gpt-4o"


def test_it_is_the_same_sample_whatever_the_order_and_hardly_another_with_more() -> None:
    uses = [use(f"c{n}", random.Random(n).choice(["gpt-4o", "gpt-5"]), 400) for n in range(100)]
    turned = random.Random(1).sample(uses, len(uses))
    found = sampled(uses, {})
    assert found == sampled(turned, {})
    more = sampled([*uses, *(use(f"new-{n}", side=400) for n in range(5))], {})
    assert len(set(talks(found)) & set(talks(more))) >= SAMPLE - 5


def test_of_a_conversation_an_answer_of_the_model_is_shown_where_there_is_one() -> None:
    both = [use("c1", "gpt-5"), use("c1", "gpt-4o"), use("c2", "gpt-5"), use("c3", text=" ")]
    found = sampled(both, {}, "gpt-4o")
    assert Counter(each.attempt.model for each in found) == {"gpt-4o": 1, "gpt-5": 1}


def test_sizes_are_those_of_the_largest_image_as_it_came() -> None:
    assert [size_of(use("c", side=side)) for side in (0, 640, 1000, 3000)] == [
        "none", "small", "medium", "large",
    ]  # fmt: skip
