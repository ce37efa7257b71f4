"""A named scenario of the calculator on a shared page."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl

from components.chat.store import SavedScenario
from components.i18n import t
from components.pricing.whatif import CostError, Scenario, from_params, work_out
from components.pricing.whatif.files.report import rejection_lines, rows_table, totals_table
from components.sharing.store import Share

_MOST_ROWS = 200


def scenario(saved: SavedScenario, share: Share, lang: str) -> dict[str, object]:
    """What scenario.html is filled with: its figures as they are today, no tables where they can't
    be worked out. Without costs: tokens alone; without names: the model isn't told."""
    try:
        asked = from_params(dict(parse_qsl(saved.params, keep_blank_values=True)))
        figures = work_out(asked)
    except (CostError, ValueError):  # kept by another version
        return {"tables": []}
    header, lines = rows_table(replace(figures, rows=figures.rows[:_MOST_ROWS]), lang)
    heads, totals = totals_table(asked, figures, lang)
    columns = len(heads) if share.with_costs else 2  # what, tokens, conversation, month
    return {
        "facts": " · ".join(_about(asked, share, lang)),
        "tables": [[header, *lines], [line[:columns] for line in [heads, *totals]]],
        "rejected": rejection_lines(figures, lang),
    }


def _about(asked: Scenario, share: Share, lang: str) -> Iterator[str]:
    if share.with_names:
        yield asked.model
    yield t(lang, "sharing.page.turns", n=asked.turns)
    yield t(lang, "sharing.page.calls", n=asked.calls, days=asked.days)
