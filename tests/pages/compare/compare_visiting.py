"""What a person does on the compare page, in a simulated tab."""

import io
import re
import time
import zipfile

from PIL import Image, ImageDraw

from components import services
from components.compare.store import StoredComparison
from components.ui.compare.page_state import ComparePage
from tests.pages.visiting import Person

QUESTION = "What differs?"


def photo(n: int = 0, size: tuple[int, int] = (320, 240), **options: int) -> bytes:
    """A picture that is another for each n."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(picture).rectangle((20, 20, 60 + 8 * n, 90), fill="#c04030")
    kept = io.BytesIO()
    picture.save(kept, "PNG", **options)
    return kept.getvalue()


def photos(count: int) -> list[tuple[str, bytes]]:
    return [(f"p{n}.png", photo(n)) for n in range(count)]


def zipped(*files: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return kept.getvalue()


def compare_page(person: Person, *files: tuple[str, bytes]) -> Person:
    """On the compare page, with these files dropped."""
    person.look().go("compare")
    return person.drop(*files) if files else person


def here(person: Person) -> ComparePage:
    return person.remembers.compare


def names(person: Person) -> list[str]:
    return [image.name for image in here(person).images]


def of(person: Person, *models: str) -> Person:
    """Choose models of the loopback server."""
    person.at.multiselect(key="compare_models").set_value([f"loop/{m}" for m in models])
    return person.look()


def type_question(person: Person, question: str = QUESTION) -> Person:
    person.at.text_area(key="compare_question").set_value(question)
    return person.look()


def tab(person: Person, mode: str) -> Person:
    """Open the form of a mode."""
    person.at.segmented_control(key="compare_mode").set_value(mode)
    return person.look()


def matrix(person: Person) -> list[list[str]]:
    """What is read in the cells on the screen: by row, by model."""
    rows = [h.value for h in person.at.html if 'class="tuwen-cells"' in h.value]
    cells = re.compile(r'<div class="tuwen-cell".*?(?=<div class="tuwen-cell"|$)', re.DOTALL)
    return [[re.sub("<[^>]*>", " ", cell) for cell in cells.findall(row)] for row in rows]


def price(person: Person, key: str = "compare_cost") -> str:
    return "\n".join(c.value for c in person.at.container(key=key).caption)


def start(person: Person, key: str = "compare_run") -> Person:
    """Press the button; returns when all cells have ended."""
    person.press(key)
    run = services.app().runs().run("local", here(person).run_id or "")
    version, deadline = -1, time.monotonic() + 20
    while run and not run.done:
        assert time.monotonic() < deadline, "the comparison doesn't end"
        version, _ = run.wait(version, 1)
    return person.look()


def kept(person: Person) -> StoredComparison:
    """The comparison on the screen, as the store has it."""
    found = services.app().store().comparisons.comparison("local", here(person).run_id or "")
    assert found
    return found
