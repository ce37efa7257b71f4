"""What the chat page says before a question goes, and under descriptions."""

import io

import pytest
from PIL import Image

from tests.pages.visiting import Person
from tests.support.loopback.server import Loopback


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    """At gpt-4o."""
    return Person(lang="en").look()


def wide(width: int = 6000, height: int = 600) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def fix(person: Person, words: str) -> str:
    """The key of a fix's button that says so."""
    return next(b.key for b in person.at.button if b.key and words in b.label and "_fix-" in b.key)


def test_a_panorama_is_said_and_cut_into_overlapping_parts(person: Person) -> None:
    person.drop(("wide.jpg", wide()))
    assert ":1 panorama: of 6000 × 600 px the model gets 2048 × 20" in person.says
    person.press(fix(person, "Cut into"))
    person.look()
    names = [image.name for image in person.draft]
    assert len(names) > 1
    assert all(name.startswith("wide-split-") for name in names)


def test_a_detail_that_costs_much_more_is_said_and_changed(person: Person) -> None:
    person.pick("gpt-4o")
    person.drop(("large.jpg", wide(2000, 4000)))
    assert "times what" in person.says
    person.press(fix(person, "Use “low” detail"))
    assert [image.detail for image in person.draft] == ["low"]


def test_a_description_carries_a_quiet_line_and_a_count_does_not(person: Person) -> None:
    person.pick("fake-vision")
    person.drop(("wide.jpg", wide(900, 600)))
    person.ask("Describe this picture.")
    assert "Descriptions can be wrong" in person.says
    person.drop(("wide.jpg", wide(900, 600)))
    person.press("new_chat")
    person.ask("How many dots are there?")
    assert "Descriptions can be wrong" not in person.says
