"""What the calculator was given outlives its page: also what its address has no room for, which
are texts, names of files and more sizes than a link takes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from components.pricing.whatif import CostError, Row, Scenario, from_params, to_params
from components.pricing.whatif.files.numbers import DETAILS, checked_row
from components.pricing.whatif.types import MAX_NAME
from components.ui.app import unsent
from components.ui.app.language import counted
from components.ui.cost.fields import current_calculator
from components.ui.cost.row_table import MOST_EDITED

_LONGEST = 200_000  # characters of a text
_WORDS = ("prompt", "system")


def remember() -> None:
    """Draw it on the cost page."""
    calculator = current_calculator()
    asked, too_many = calculator.asked, []
    if asked is calculator.default:
        unsent.remember("cost", [], _bring_back)
        return
    form: dict[str, Any] = {"link": to_params(replace(asked, rows=()))}
    form |= {name: v for name in _WORDS if isinstance(v := getattr(asked, name), str)}
    if len(asked.rows) <= MOST_EDITED:
        form["rows"] = [
            [row.width, row.height, row.count, row.detail, row.name, row.bytes]
            for row in asked.rows
        ]
    else:
        too_many = [counted("cost.page.rows_gone", len(asked.rows))]
    form["example"] = calculator.example
    unsent.remember("cost", too_many, _bring_back, form)


def _bring_back(_: str, back: unsent.Back) -> Iterable[str]:
    """Unless the address leads to another scenario."""
    calculator, form = current_calculator(), unsent.form_of(back)
    try:
        found = _scenario(form, back)
    except (CostError, TypeError, ValueError):
        return []
    given = calculator.scenario
    if given is None or given is calculator.default or _alike(given, found):
        calculator.scenario = found
        # In the place of rows that were too many stands the example.
        calculator.example = form.get("example") is True or not isinstance(form.get("rows"), list)
        calculator.redraw()
    return []


def _scenario(form: unsent.Back, back: unsent.Back) -> Scenario:
    """Raises CostError, TypeError, ValueError for what is none."""
    link = form.get("link")
    if not isinstance(link, dict) or not all(isinstance(v, str) for v in link.values()):
        raise TypeError("no link")
    scenario = from_params(link)
    rows = form.get("rows")
    if isinstance(rows, list):
        scenario = replace(scenario, rows=tuple(_row(*each) for each in rows[:MOST_EDITED]))
    else:
        scenario = replace(scenario, rows=Scenario(scenario.model).rows)
    for name in _WORDS:
        said = unsent.text_of(back, f"cost_{name}") or form.get(name)
        if isinstance(said, str) and said:
            scenario = replace(scenario, **{name: said[:_LONGEST]})  # type: ignore[arg-type]
    return scenario


def _row(width: object, height: object, count: object, detail: object, *file: object) -> Row:
    name, size = file
    if not isinstance(name, str) or type(size) is not int or detail not in (None, *DETAILS):
        raise TypeError("no row")
    level = detail if isinstance(detail, str) else None
    row = checked_row((str(width), str(height)), str(count), "", None, level)
    return replace(row, name=name[:MAX_NAME], bytes=max(0, size))


def _alike(one: Scenario, other: Scenario) -> bool:
    try:
        return to_params(one) == to_params(other)
    except CostError:
        return False
