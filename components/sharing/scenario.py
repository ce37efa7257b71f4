"""A named scenario of the calculator on a shared page."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import parse_qsl

from components.chat.store import SavedScenario
from components.i18n import t
from components.pricing.whatif import CostError, Scenario, from_params, work_out
from components.pricing.whatif.files.report import rejection_lines, rows_table, totals_table
from components.sharing.figures import table
from components.sharing.store import Share

_MOST_ROWS = 200


def scenario(saved: SavedScenario, share: Share, lang: str) -> Iterator[str]:
    """Its figures as they are today, in HTML. Without costs: tokens alone; without names: the
    model isn't told."""
    try:
        asked = from_params(dict(parse_qsl(saved.params, keep_blank_values=True)))
        figures = work_out(asked)
    except (CostError, ValueError):  # kept by another version
        yield f"<p>{escape(t(lang, 'sharing.page.unreadable'))}</p>\n"
        return
    yield f'<p class="facts">{escape(" · ".join(_about(asked, share, lang)))}</p>\n'
    shown = replace(figures, rows=figures.rows[:_MOST_ROWS])
    header, lines = rows_table(shown, lang)
    yield table([header, *lines])
    header, lines = totals_table(asked, figures, lang)
    columns = len(header) if share.with_costs else 2  # what, tokens, conversation, month
    yield table([line[:columns] for line in [header, *lines]])
    for line in rejection_lines(figures, lang):
        yield f"<p>{escape(line)}</p>\n"


def _about(asked: Scenario, share: Share, lang: str) -> Iterator[str]:
    if share.with_names:
        yield asked.model
    yield t(lang, "sharing.page.turns", n=asked.turns)
    yield t(lang, "sharing.page.calls", n=asked.calls, days=asked.days)
