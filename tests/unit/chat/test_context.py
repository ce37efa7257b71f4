"""What goes again: choices per image, and the rule when it is too much."""

from dataclasses import replace

import pytest

from components.chat.context import ANSWER_RESERVE, carried, image_key, logged_image_tokens
from components.models import find_model
from tests.unit.chat.making import conversation, message, picture

TALK = conversation(
    message("q1", "user", "one", None, (picture("a.png"), picture("b.png"))),
    message("a1", "assistant", "1", "q1"),
    message("q2", "user", "two", "a1", (picture("c.png"),)),
    message("a2", "assistant", "2", "q2"),
)


def names(history: object) -> list[str]:
    return [i.name for m in history.messages for i in m.images]  # type: ignore[attr-defined]


def test_everything_goes_again_unless_one_decides() -> None:
    goes = carried(TALK, "gpt-4o", {})
    assert goes.history == TALK
    assert goes.left_out == 0


def test_a_dropped_image_stays_behind_and_its_question_goes() -> None:
    goes = carried(TALK, "gpt-4o", {image_key("q1", 0): "drop"})
    assert names(goes.history) == ["b.png", "c.png"]
    assert [m.text for m in goes.history.messages] == ["one", "1", "two", "2"]


def test_an_image_can_go_again_in_low_detail() -> None:
    goes = carried(TALK, "gpt-4o", {image_key("q1", 1): "low"})
    details = [i.detail for m in goes.history.messages for i in m.images]
    assert details == ["high", "low", "high"]
    low = goes.history.messages[0].images[1]
    counted = logged_image_tokens("gpt-4o", low)
    assert counted is not None
    assert counted.tokens == 85


def test_the_oldest_turns_stay_behind_when_it_is_too_much() -> None:
    context = find_model("gpt-4").context
    assert context == 8192
    long = "word " * 2500  # about 2,500 tokens
    turns = [
        m
        for n in range(4)
        for m in (
            message(f"q{n}", "user", long, f"a{n - 1}" if n else None),
            message(f"a{n}", "assistant", "yes", f"q{n}"),
        )
    ]
    goes = carried(conversation(*turns), "gpt-4", {})
    assert goes.left_out == 2
    assert [m.id for m in goes.history.messages] == ["q1", "a1", "q2", "a2", "q3", "a3"]


def test_what_fits_exactly_is_kept_whole() -> None:
    one = message("q", "user", "word " * 100, None)
    goes = carried(conversation(one), "gpt-4", {})
    assert goes.left_out == 0


def test_a_model_of_unknown_context_gets_everything() -> None:
    long = message("q", "user", "word " * 50_000, None)
    assert carried(conversation(long), "some-local-model", {}).left_out == 0


@pytest.mark.parametrize("reserve", [ANSWER_RESERVE])
def test_room_is_left_for_the_answer(reserve: float) -> None:
    budget = int(8192 * (1 - reserve))
    just_over = "word " * budget  # one token each, and the message's own
    talk = conversation(
        message("q1", "user", just_over, None), message("a1", "assistant", "1", "q1")
    )
    assert carried(talk, "gpt-4", {}).left_out == 2


def test_a_url_image_has_no_known_tokens() -> None:
    url = replace(picture(), hash=None, url="https://x.test/a.png", original_width=None)
    assert logged_image_tokens("gpt-4o", url) is None


def test_a_model_without_eyes_gets_the_texts_alone() -> None:
    goes = carried(TALK, "gpt-3.5-turbo", {})
    assert goes.blind
    assert names(goes.history) == []
    assert [m.text for m in goes.history.messages] == ["one", "1", "two", "2"]
    assert not carried(TALK, "gpt-4o", {}).blind
