"""What the calculator was given outlives a restart, up to what a table takes."""

from typing import Any

import pytest

from components.pricing.whatif import Scenario
from components.pricing.whatif.types import MAX_NAME
from components.ui.app import unsent
from components.ui.cost.row_table import MOST_EDITED
from tests.pages.cost.calculating import Reckoner
from tests.pages.cost.test_cost_files import png, sizes
from tests.pages.giving_back import Memory

GIVEN = {"session": "a", "images": [], "form": None}
LINK = {"v": "1", "m": "gpt-4o", "a": "100"}


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    found = Memory()
    monkeypatch.setattr(unsent, "_unsent", found)
    return found


def listed(rows: int) -> tuple[str, bytes]:
    """A CSV file of so many sizes."""
    lines = [f"{100 + n},200" for n in range(rows)]
    return "sizes.csv", "\n".join(["width,height", *lines]).encode()


def test_as_many_rows_as_the_table_takes_are_there_after_a_restart(memory: Memory) -> None:
    person = Reckoner(lang="en").open().upload(listed(MOST_EDITED))
    before = person.asked
    given = memory.given["cost"]
    again = memory.give_back(Reckoner(lang="en").open(), "cost", given)
    assert len(again.asked.rows) == MOST_EDITED
    assert again.asked == before
    assert "No longer here" not in again.says


def test_of_more_rows_it_is_said_that_they_are_gone_and_the_rest_is_kept(memory: Memory) -> None:
    person = Reckoner(lang="en").open().upload(listed(MOST_EDITED + 1)).model("gpt-4o-mini")
    person.set("answer", 321)
    person.at.text_input(key="cost_prompt").set_value("How many?")
    given = person.look() and memory.given["cost"]
    assert "rows" not in given["form"]
    again = memory.give_back(Reckoner(lang="en").open(), "cost", given)
    assert f"No longer here: {MOST_EDITED + 1} rows of sizes. Add them again." in again.says
    asked = again.asked
    assert (asked.model, asked.answer, asked.prompt) == ("gpt-4o-mini", 321, "How many?")
    assert asked.rows == Scenario("gpt-4o-mini").rows
    again.upload(("a.png", png(30, 40)))  # in the example's place
    assert sizes(again) == [(30, 40, 1)]


def row(*changes: tuple[int, object]) -> list[object]:
    found: list[object] = [640, 480, 1, None, "a.png", 9]
    for at, other in changes:
        found[at] = other
    return found


NO_FORMS: dict[str, Any] = {
    "none": None,
    "a text": "v=1",
    "no link": {"rows": [row()]},
    "a link of other kinds": {"link": {"v": 1}},
    "another version": {"link": {"v": "2", "m": "gpt-4o"}},
    "numbers beyond": {"link": LINK | {"a": "9" * 5000}},
    "no rows": {"link": LINK, "rows": [1, 2]},
    "short rows": {"link": LINK, "rows": [[640, 480]]},
    "long rows": {"link": LINK, "rows": [[*row(), 1]]},
    "no name": {"link": LINK, "rows": [row((4, {"a": 1}))]},
    "no bytes": {"link": LINK, "rows": [row((5, 1.5))]},
    "no number": {"link": LINK, "rows": [row((5, float("nan")))]},
    "a truth for bytes": {"link": LINK, "rows": [row((5, True))]},
    "no side": {"link": LINK, "rows": [row((0, 0))]},
    "a list for a side": {"link": LINK, "rows": [row((0, [640]))]},
    "a side beyond": {"link": LINK, "rows": [row((1, 10**400))]},
    "no count": {"link": LINK, "rows": [row((2, -1))]},
    "no detail": {"link": LINK, "rows": [row((3, "finest"))]},
    "a list for a detail": {"link": LINK, "rows": [row((3, ["low"]))]},
}


@pytest.mark.parametrize("name", NO_FORMS)
def test_what_is_no_form_of_the_calculator_changes_nothing(memory: Memory, name: str) -> None:
    person = Reckoner(lang="en").open()
    before = person.asked
    memory.give_back(person, "cost", GIVEN, form=NO_FORMS[name])
    assert person.asked == before
    assert person.errors == []
    assert person.upload(("a.png", png(30, 40))).asked.rows[-1].name == "a.png"


def test_what_nothing_could_show_or_keep_is_mended_and_cut(memory: Memory) -> None:
    rows = [row((4, "a\ud800b\x00" + "x" * 1000), (5, -(10**30)))] * (MOST_EDITED + 5)
    form = {"link": LINK, "rows": rows, "prompt": "half \udfff", "example": "no"}
    person = memory.give_back(Reckoner(lang="en").open(), "cost", GIVEN, form=form)
    assert person.errors == []
    assert len(person.asked.rows) == MOST_EDITED
    first = person.asked.rows[0]
    assert (first.bytes, len(first.name), first.name[:4]) == (0, MAX_NAME, "a\ufffdb\ufffd")
    assert person.asked.prompt == "half \ufffd"
    assert person.calculator.example is False
