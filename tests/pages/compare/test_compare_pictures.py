"""Pictures that a model made, in the cells of a comparison and on its shared page."""

import io

import pytest
from PIL import Image

from tests.pages.chat.asking_routes import get
from tests.pages.compare.compare_visiting import (
    compare_page,
    here,
    kept,
    matrix,
    of,
    photos,
    start,
    tab,
    type_question,
)
from tests.pages.visiting import Person
from tests.support.loopback.pictured import FORMS, pictured
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture

PICTURE = picture(60, 40)


def drawn(person: Person, key: str) -> list[str]:
    """The texts that are read aloud for the pictures in a container of the page."""
    found = person.at.container(key=key).get("image")
    return [image.alt for each in found for image in each.proto.imgs]


def shared(person: Person) -> list[tuple[int, int]]:
    """Sizes in px of the pictures on the shared page, in order."""
    person.press("compare_share").press("share_make")
    (link,) = (c.value for c in person.at.code if "/shared?t=" in c.value)
    page = get("/shared", link.partition("?")[2])
    assert page.status == 200
    assert "A house." in page.page.read
    bodies = [get("/shared/picture", src.partition("?")[2]).body for src in page.page.pictures]
    return [Image.open(io.BytesIO(body)).size for body in bodies]


@pytest.mark.parametrize("form", FORMS)
def test_a_column_shows_the_picture_below_its_answer_and_so_does_the_shared_page(
    person: Person, endpoint: Loopback, form: str
) -> None:
    endpoint.enqueue(pictured(form, "A house.", PICTURE))
    of(type_question(compare_page(person, *photos(2))), "gpt-4o")
    start(person)
    (cell,) = kept(person).cells
    assert cell.state == "ok"
    assert cell.answer.strip() == "A house."
    assert drawn(person, "compare_column-0") == ["answer-1.png"]
    assert "base64" not in person.says
    assert shared(person) == [(320, 240), (320, 240), (60, 40)]


@pytest.mark.parametrize("form", FORMS)
def test_a_matrix_says_that_there_is_one_and_its_cell_shows_it(
    person: Person, endpoint: Loopback, form: str
) -> None:
    endpoint.enqueue(pictured(form, "A house.", PICTURE))
    of(type_question(tab(compare_page(person, *photos(1)), "each")), "gpt-4o")
    start(person)
    ((said,),) = matrix(person)
    assert " ".join(said.split()) == "gpt-4o [1 image] A house."
    here(person).picked = "0/0"
    assert drawn(person.look(), "compare_cell") == ["A: p0.png", "answer-1.png"]
    assert shared(person) == [(320, 240), (60, 40)]
