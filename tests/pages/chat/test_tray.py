"""Pictures in the tray: taken in, priced, changed, kept and removed."""

import pytest

from components.models import find_model
from tests.pages.visiting import Person, words
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import animation, picture

SQUARE = ("square.png", picture(1024, 1024))
WIDE = ("wide.jpg", picture(1600, 1200, "JPEG"))


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    """At gpt-4o: 765 tokens for a picture, $2.50 a million."""
    return Person(lang="en").look()


def test_an_uploaded_file_becomes_a_card_with_its_figures(person: Person) -> None:
    person.drop(SQUARE)
    (image,) = person.draft
    assert (image.name, image.content) == SQUARE
    assert "1024 × 1024 → 768 × 768" in person.card(image)
    assert "765 tokens · $0.0019" in person.card(image)
    assert f"message: 1 image 765 + {words(7)} = 772 tokens" in person.estimate


def test_the_uploader_is_empty_afterwards_and_takes_the_next(person: Person) -> None:
    person.drop(SQUARE)
    assert person.at.file_uploader[0].value == []
    person.look()
    assert len(person.draft) == 1
    person.drop(WIDE, SQUARE)
    assert [image.name for image in person.draft] == ["square.png", "wide.jpg", "square.png"]
    assert "3 images 2,295" in person.estimate


def test_many_files_at_once_all_arrive_in_their_order(person: Person) -> None:
    files = [(f"{n}.png", picture(64 + n, 64)) for n in range(20)]
    person.drop(*files)
    assert [image.name for image in person.draft] == [name for name, _ in files]


def test_a_broken_file_is_named_and_the_others_stay(person: Person) -> None:
    person.drop(("notes.png", b"no picture at all"), SQUARE, ("cut.png", SQUARE[1][:300]))
    assert [image.name for image in person.draft] == ["square.png"]
    named = [each for each in person.errors if "notes.png" in each or "cut.png" in each]
    assert len(named) == len(person.errors) == 2
    assert "“notes.png” isn't an image. Select a PNG" in person.says


def test_the_name_of_a_file_is_text_and_never_markup(person: Person) -> None:
    evil = "![x](http://evil.test/a.png) <b>**bold**.png"
    person.drop((evil, b"no picture"), (evil, SQUARE[1]))
    assert "![x](" not in person.errors[0]
    assert "![x](" not in "\n".join(m.value for m in person.at.markdown)


def test_an_animation_offers_its_first_frame(person: Person) -> None:
    person.drop(("dance.gif", animation(4)))
    assert person.draft == []
    assert "“dance.gif” is an animation with 4 frames" in person.errors[0]
    person.press("first-frame-0")
    (image,) = person.draft
    assert (image.name, image.first_frame) == ("dance.gif", True)
    assert person.errors == []
    assert "Only the first of 4 frames is sent." in person.says


def test_of_two_animations_the_one_that_was_chosen_is_taken(person: Person) -> None:
    person.drop(("a.gif", animation(2)), ("notes.txt", b"no picture"), ("b.gif", animation(3)))
    assert [key for key in person.keys if key.startswith("first-frame")] == [
        "first-frame-0",
        "first-frame-2",
    ]
    person.press("first-frame-2")
    assert [image.name for image in person.draft] == ["b.gif"]
    assert len(person.errors) == 2


def test_a_picture_is_removed_by_its_own_button(person: Person) -> None:
    person.drop(SQUARE, WIDE)
    person.press(f"remove-{person.draft[0].id}")
    assert [image.name for image in person.draft] == ["wide.jpg"]
    assert "1 image 765" in person.estimate
    person.press(f"remove-{person.draft[0].id}")
    assert person.draft == []
    assert person.estimate == ""  # nothing is there to be sent


def test_the_detail_changes_the_figures_of_that_picture(person: Person) -> None:
    person.drop(SQUARE, WIDE)
    first, second = person.draft
    person.detail(first, "low")
    assert "→ 512 × 512" in person.card(first)
    assert "85 tokens" in person.card(first)
    assert "765 tokens" in person.card(second)
    assert "2 images 850" in person.estimate
    person.detail(first, "high")
    assert "2 images 1,530" in person.estimate


def test_another_model_changes_the_figures(person: Person) -> None:
    person.drop(SQUARE)
    person.pick("gpt-5")
    assert "630 tokens" in person.card(person.draft[0])
    person.pick("fake-vision")
    assert "cost unknown" in person.card(person.draft[0])
    assert "at least" in person.estimate
    assert "cost unknown" in person.estimate
    person.pick("builtin-reader", "builtin")
    assert "free" in person.card(person.draft[0])


def test_a_model_without_eyes_says_so(person: Person) -> None:
    assert not find_model("gpt-3.5-turbo").vision
    options = person.models
    assert [option for option in options if "no images" in option] == [options[4]]
    assert options[4].startswith("gpt-3.5-turbo")


def test_the_original_bytes_can_be_sent_instead(person: Person) -> None:
    person.drop(WIDE)
    assert "Resized from 1600 × 1200 to 1024 × 768" in person.says
    person.at.toggle(key=f"as-is-{person.draft[0].id}").set_value(True)
    person.look()
    assert person.draft[0].as_is
    assert "1600 × 1200 ·" in person.card(person.draft[0])
    assert "765 tokens" in person.card(person.draft[0])


def test_the_draft_survives_a_visit_to_the_history(person: Person) -> None:
    person.drop(SQUARE, WIDE)
    person.detail(person.draft[0], "low")
    person.go("history")
    assert person.at.title[0].value == "History"
    person.go("chat")
    assert [image.name for image in person.draft] == ["square.png", "wide.jpg"]
    assert person.at.button_group(key=f"detail-{person.draft[0].id}").value == "low"
    assert "2 images 850" in person.estimate


def test_a_new_chat_keeps_what_is_in_the_tray(person: Person) -> None:
    person.drop(SQUARE).press("new_chat")
    assert [image.name for image in person.draft] == ["square.png"]
