"""Cases from labels: what was asked, as it went."""

from dataclasses import replace
from datetime import UTC, datetime

from components.cases.case import Case, Image, Message, Text
from components.cases.from_labels import from_labels
from components.chat.store import AttemptResult, StoredAttempt, StoredConversation, StoredMessage
from components.compare.store import Accepted, Comparison
from components.labels import Label, Said
from tests.unit.db.comparing import bytes_of, comparison
from tests.unit.db.make import content, shown

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def attempt(name: str, text: str, **parameters: object) -> StoredAttempt:
    return StoredAttempt(
        name, "OpenAI", "api.openai.com", "gpt-4o", parameters, AT, None, None, {},
        AttemptResult("ok", text),
    )  # fmt: skip


def talk() -> StoredConversation:
    """Two turns; the second was asked with the first image in low detail."""
    sent = {"system": "Be short.", "temperature": 0.2, "context": {"u1:0": "low"}}
    first, second = shown(content("1")), shown(content("2"), detail="auto")
    bowl = {"attempt": attempt("t1", "A bowl."), "parent_id": "u1"}
    tries = {"earlier": (attempt("t2", "22", **sent),), "attempt": attempt("t3", "24", **sent)}
    messages = (
        StoredMessage("u1", "user", "What is this?", AT, (first,)),
        StoredMessage("a1", "assistant", "A bowl.", AT, **bowl),  # type: ignore[arg-type]
        StoredMessage("u2", "user", "How many seeds?", AT, (second,), parent_id="a1"),
        StoredMessage("a2", "assistant", "24", AT, parent_id="u2", **tries),  # type: ignore[arg-type]
    )
    return StoredConversation("c", "T", AT, AT, messages)


def label(verdict: Said, attempt_id: str, corrected: str = "", **of: object) -> Label:
    told = {"conversation_id": "c", "message_id": "a2", "attempt_id": attempt_id} | of
    return Label(f"l-{attempt_id}", verdict, AT, "me", corrected, **told)  # type: ignore[arg-type]


def of_row(letter: str, corrected: str = "42", question: int = 0) -> Label:
    return Label(
        "l", "right", AT, "me", corrected, comparison_id="cmp1", question=question, letter=letter
    )


def made(given: Comparison, *labels: Label) -> list[Case]:
    return from_labels(labels, {}, {"cmp1": given}).cases


def compared(**other: object) -> Comparison:
    return comparison("1", **other)[0]  # type: ignore[arg-type]


def names(case: Case) -> list[str]:
    return [image.image for image in case.images]


def name(word: str) -> str:
    return f"images/{bytes_of(word).hash[:24]}.png"


def test_the_request_is_there_as_it_went_with_the_attempt_that_was_labelled() -> None:
    found = from_labels([label("wrong", "t2", "23 seeds")], {"c": talk()}, {})
    (case,) = found.cases
    first, second = (f"images/{content(word).hash[:24]}.png" for word in "12")
    assert case.input == (
        Message("system", (Text("Be short."),)),
        Message("user", (Text("What is this?"), Image(first, "low"))),
        Message("assistant", (Text("A bowl."),)),
        Message("user", (Text("How many seeds?"), Image(second))),
    )
    assert found.hashes == {first: content("1").hash, second: content("2").hash}
    assert case.expect == ({"grader": "number", "value": "23"},)
    assert case.source["answer"] == "22"
    assert case.source["parameters"] == {"temperature": 0.2}
    assert (found.open, found.left_out) == (0, 0)


def test_of_a_right_answer_the_answer_is_what_is_expected() -> None:
    (case,) = from_labels([label("right", "t3")], {"c": talk()}, {}).cases
    assert case.expect == ({"grader": "number", "value": "24"},)


def test_wrong_without_what_is_right_expects_nothing_yet() -> None:
    found = from_labels([label("wrong", "t3")], {"c": talk()}, {})
    assert (found.cases[0].expect, found.open) == ((), 1)


def test_labels_of_what_is_gone_are_counted() -> None:
    gone = [
        label("right", "t9"),
        label("right", "t1", message_id="a9"),
        label("right", "t1", conversation_id="x"),
    ]
    found = from_labels(gone, {"c": talk()}, {})
    assert (found.cases, found.left_out) == ([], 3)


def test_a_row_of_all_images_is_one_case_in_the_order_sent() -> None:
    (case,) = made(compared(mode="together"), of_row(""))
    assert names(case) == [name("a"), name("b")]
    (turned,) = made(compared(mode="together", order="reversed"), of_row(""))
    assert names(turned) == [name("b"), name("a")]
    assert case.input[0] == Message("system", (Text("看图"),))
    assert case.expect == ({"grader": "number", "value": "42"},)


def test_image_by_image_each_is_a_case_and_its_own_answer_goes_first() -> None:
    both = compared(accepted=(Accepted(0, "42"), Accepted(0, "7", "B")))
    cases = made(both, of_row(""), of_row("B", "7"))
    assert [(names(case), case.expect[0]["value"]) for case in cases] == [
        ([name("a")], "42"),
        ([name("b")], "7"),
    ]
    assert len({case.id for case in cases}) == 2


def test_settings_of_one_image_are_one_case_and_a_crop_keeps_its_box() -> None:
    given = compared(words=("a",))
    image = given.images[0]
    variants = tuple(replace(image, letter=x, variant=x, box=(0, 0, 9, 9)) for x in "AB")
    (case,) = made(replace(given, images=variants), of_row(""))
    assert [image.box for image in case.images] == [None]
    (cut,) = made(replace(given, images=(replace(image, box=(0, 0, 9, 9)),)), of_row("A"))
    assert [image.box for image in cut.images] == [[0, 0, 9, 9]]
