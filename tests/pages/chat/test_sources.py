"""Pages of PDFs and photos of the camera, on their way into the tray."""

import io

import pytest
from PIL import Image

from tests.pages.visiting import Person
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture
from tests.unit.pdf.documents import bomb, document, locked

REPORT = ("report.pdf", document("first words", "second words", "", "fourth words"))


@pytest.fixture
def person(person: Person) -> Person:
    return person.look()


def write(person: Person, pages: str) -> Person:
    key = f"pdf-written-{person.remembers.chat.pdfs[0].id}"
    person.at.text_input(key=key).set_value(pages)
    return person.look()


def tick(person: Person, page: int) -> Person:
    box = person.at.checkbox(key=f"pdf-page-{person.remembers.chat.pdfs[0].id}-{page}")
    box.set_value(not box.value)
    return person.look()


def spec_text(person: Person) -> Person:
    person.at.toggle(key=f"pdf-text-{person.remembers.chat.pdfs[0].id}").set_value(True)
    return person.look()


def add(person: Person) -> str:
    return str(person.at.button(key="pdf_add").label)


def test_a_dropped_pdf_shows_its_pages(person: Person) -> None:
    person.drop(REPORT)
    assert "report.pdf · 4 pages" in person.says
    assert [box.label for box in person.at.checkbox] == [f"Page {n}" for n in (1, 2, 3, 4)]
    assert person.draft == []
    assert add(person) == "Add 4 pages"


def test_picked_pages_become_images_named_after_their_page(person: Person) -> None:
    tick(tick(person.drop(REPORT), 2), 3)
    assert add(person) == "Add 2 pages"
    person.press("pdf_add")
    assert [image.name for image in person.draft] == ["report.pdf · page 1", "report.pdf · page 4"]
    drawn = Image.open(io.BytesIO(person.draft[0].content or b""))
    assert (drawn.format, drawn.size) == ("PNG", (1700, 2200))
    assert person.remembers.chat.pdfs == []
    assert "report.pdf · 4 pages" not in person.says


def test_the_button_says_what_the_pages_will_come_to(endpoint: Loopback) -> None:
    person = write(Person(lang="en").look().pick("gpt-4o").drop(REPORT), "1-2")
    assert add(person) == "Add 2 pages · about 1,530 tokens"
    assert add(write(person, "1")) == "Add 1 page · about 765 tokens"
    words = 11  # "Text of page 1 of report.pdf:" and the page's own two
    assert add(spec_text(person)) == f"Add 1 page · about {765 + words} tokens"
    person.press("pdf_add")
    assert "1 image 765" in person.estimate


def test_pages_can_be_written_and_ticked_alike(person: Person) -> None:
    write(person.drop(REPORT), "1-2, 4")
    assert [box.value for box in person.at.checkbox] == [True, True, False, True]
    tick(person, 2)
    assert (
        person.at.text_input(key=f"pdf-written-{person.remembers.chat.pdfs[0].id}").value == "1, 4"
    )


def test_a_page_that_is_not_there_is_named_and_nothing_changes(person: Person) -> None:
    write(write(person.drop(REPORT), "2"), "2, 9")
    assert "“report.pdf” has 4 pages, and “9” isn't among them." in person.errors[0]
    assert person.remembers.chat.pdfs[0].chosen == [2]


def test_the_first_five_pages_of_a_pdf_are_picked_already(person: Person) -> None:
    person.drop(("one.pdf", document("alone")))
    assert add(person) == "Add 1 page"
    person.press("pdf_cancel").drop(("seven.pdf", document(*["x"] * 7)))
    assert person.remembers.chat.pdfs[0].chosen == [1, 2, 3, 4, 5]
    write(person, "")
    assert person.at.button(key="pdf_add").disabled


def test_the_text_of_the_pages_goes_into_the_question(person: Person) -> None:
    write(spec_text(person.drop(REPORT)), "1-3")
    assert "tokens of text" in person.says
    person.press("pdf_add")
    assert person.typed == (
        "Text of page 1 of report.pdf:\nfirst words\n\n"
        "Text of page 2 of report.pdf:\nsecond words\n\n"
    )
    assert len(person.draft) == 3


def test_pages_without_text_say_so(person: Person) -> None:
    write(spec_text(person.drop(REPORT)), "3")
    assert "These pages have no selectable text" in person.says
    assert person.press("pdf_add").typed == ""


def test_long_pdfs_show_a_dozen_pages_at_a_time_and_take_any(person: Person) -> None:
    person.drop(("long.pdf", document(*[f"page {n}" for n in range(1, 31)])))
    assert len(person.at.checkbox) == 12
    write(person, "30").press("pdf_add")
    assert [image.name for image in person.draft] == ["long.pdf · page 30"]


def test_too_many_pages_at_once_are_not_added(person: Person) -> None:
    write(person.drop(("long.pdf", document(*["x"] * 30))), "1-21")
    assert "21 pages of “long.pdf” are selected. The limit is 20 at once." in person.errors[0]
    assert person.at.button(key="pdf_add").disabled


def test_two_pdfs_and_a_picture_come_one_after_the_other(person: Person) -> None:
    person.drop(REPORT, ("square.png", picture()), ("other.pdf", document("x")))
    assert [image.name for image in person.draft] == ["square.png"]
    person.press("pdf_cancel")
    assert "other.pdf · 1 page" in person.says
    person.press("pdf_add")
    assert [image.name for image in person.draft] == ["square.png", "other.pdf · page 1"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (locked(), "“a.pdf” is locked with a password."),
        (b"%PDF-1.7 and no more", "“a.pdf” is damaged"),
        (b"no pdf", "“a.pdf” is damaged"),
        (document(*["x"] * 501), "“a.pdf” has 501 pages"),
    ],
)
def test_a_pdf_that_cannot_be_used_is_named_with_its_reason(
    person: Person, content: bytes, said: str
) -> None:
    person.drop(("a.pdf", content), ("square.png", picture()))
    assert said in person.errors[0]
    assert person.remembers.chat.pdfs == []
    assert len(person.draft) == 1


def test_a_pdf_by_another_name_is_a_pdf(person: Person) -> None:
    person.drop(("scan.png", REPORT[1]))
    assert "scan.png · 4 pages" in person.says


def test_a_bomb_has_no_preview_and_the_page_stays(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from components.pdf import process

    monkeypatch.setattr(process.limits, "SECONDS", 2.0)
    real = process.ask_worker
    monkeypatch.setattr(
        "components.pdf.reader.ask_worker", lambda *a, **k: real(*a, **{**k, "seconds": 2.0})
    )
    person.drop(("bomb.pdf", bomb()))
    assert "no preview" in person.says
    person.press("pdf_add")
    assert "takes too much time or memory" in person.errors[0]
    assert person.draft == []
    assert len(person.remembers.chat.pdfs) == 1


def test_names_are_text_and_never_markup(person: Person) -> None:
    person.drop(("![x](http://evil.test/a.png).pdf", REPORT[1]))
    assert "![x](" not in "\n".join(m.value for m in person.at.markdown)


def test_the_camera_is_there_only_when_it_is_asked_for(person: Person) -> None:
    assert len(person.at.camera_input) == 0
    person.press("camera_open")
    assert len(person.at.camera_input) == 1
    person.press("camera_open")
    assert len(person.at.camera_input) == 0


def test_a_photo_lands_in_the_tray_and_the_camera_goes_off(person: Person) -> None:
    person.press("camera_open")
    photo = ("camera.jpg", picture(640, 480, "JPEG"), "image/jpeg")
    person.at.camera_input[0].set_value(photo)
    person.look()
    (image,) = person.draft
    assert image.name.startswith("photo ")
    assert image.name.endswith(".jpg")
    assert "640 × 480" in person.card(image)
    assert len(person.at.camera_input) == 0
    assert len(person.look().draft) == 1
