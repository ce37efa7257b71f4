"""Right, or wrong and what it should have been: under each answer in the chat."""

from pathlib import Path

import pytest

from components import services
from components.labels import Label
from components.ui.chat import labelling
from tests.pages.access.test_access import AUTH, owner, secrets, signed_in
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    endpoint.enqueue(answer("There are 22 seeds.", model="gpt-4o"))
    return Person(lang="en").look().pick("gpt-4o").ask("How many seeds?")


def key(person: Person, name: str) -> str:
    """Of the newest button that begins so."""
    return [each for each in person.keys if each.startswith(name)][-1]


def labels(owner: str = "local") -> list[Label]:
    return services.app().store().labels.all(owner)


def mark_wrong(person: Person, corrected: str) -> Person:
    person.press(key(person, "label_wrong-"))
    field = next(each for each in person.at.text_area if (each.key or "").startswith("corrected-"))
    field.set_value(corrected)
    return person.press(key(person, "save_label-"))


def test_an_answer_is_marked_right_with_one_click_and_shown_so(person: Person) -> None:
    person.press(key(person, "label_right-"))
    (label,) = labels()
    assert (label.verdict, label.corrected, label.who) == ("right", "", "local")
    assert key(person, "label_right_on-")
    assert "Marked right" in person.says
    fresh = Person(lang="en", c=person.remembers.chat.conversation_id or "").look()
    assert key(fresh, "label_right_on-")
    assert "undo_label" not in fresh.keys


def test_a_wrong_one_keeps_what_would_be_right(person: Person) -> None:
    mark_wrong(person, " 23\nseeds ")
    (label,) = labels()
    assert (label.verdict, label.corrected) == ("wrong", "23\nseeds")
    assert "Right answer: 23 seeds" in person.says
    assert key(person, "label_wrong_on-")


def test_a_second_click_takes_it_back_and_undo_brings_what_was(person: Person) -> None:
    mark_wrong(person, "23")
    person.press(key(person, "label_right-"))
    assert [each.verdict for each in labels()] == ["right"]
    person.press("undo_label")
    assert [(each.verdict, each.corrected) for each in labels()] == [("wrong", "23")]
    person.press(key(person, "label_wrong_on-"))
    assert labels() == []
    assert "Mark removed" in person.says
    person.press("undo_label")
    assert [each.corrected for each in labels()] == ["23"]
    history = services.app().store().labels.history("local")
    assert [each.verdict for each in history] == ["wrong", "right", "wrong", "withdrawn", "wrong"]


def test_undo_is_offered_for_ten_seconds(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.press(key(person, "label_right-"))
    assert "undo_label" in person.keys
    now = labelling.monotonic()
    monkeypatch.setattr(labelling, "monotonic", lambda: now + labelling.UNDO_FOR)
    assert "undo_label" not in person.look().keys


def test_leaving_the_field_says_nothing(person: Person) -> None:
    person.press(key(person, "label_wrong-"))
    person.press(key(person, "fold_label-"))
    assert labels() == []
    assert not [each for each in person.at.text_area if (each.key or "").startswith("corrected-")]


def test_another_answer_to_the_question_is_unmarked(person: Person, endpoint: Loopback) -> None:
    person.press(key(person, "label_right-"))
    endpoint.enqueue(answer("23", model="gpt-4o"))
    person.press("regenerate")
    assert not [each for each in person.keys if each.startswith("label_right_on-")]
    assert [each.verdict for each in labels()] == ["right"]


def test_whoever_only_reads_marks_nothing(endpoint: Loopback, tmp_path: Path) -> None:
    secrets(tmp_path, f'[access]\nmode = "oidc"\nallow = ["example.org"]\n{AUTH}')
    endpoint.enqueue(answer("22", model="gpt-4o"))
    bob = signed_in("bob").look().pick("gpt-4o").ask("How many?")
    right = key(bob, "label_right-")
    services.app().people().give_role(owner(bob), "viewer")
    bob.press(right)  # the tab still has its button
    assert "You can read here, but not ask" in bob.says
    assert labels(owner(bob)) == []
    assert bob.at.button(key=right).disabled
    assert bob.at.button(key=key(bob, "label_wrong-")).disabled


def test_a_fault_of_the_labels_leaves_the_conversation(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        type(services.app().store().labels),
        "of_conversation",
        lambda *_: (_ for _ in ()).throw(ValueError),
    )
    assert any("22 seeds" in each for each in person.look().answers)
