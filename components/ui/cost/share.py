"""The scenario in the address; copied as a link or a table, saved as CSV, kept under a name."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components.pricing.whatif import (
    CostError,
    Figures,
    Scenario,
    from_params,
    rows_csv,
    to_markdown,
    to_params,
)
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost import saved
from components.ui.cost.fields import current_calculator
from components.ui.cost.models import per
from components.ui.cost.result import plain
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import copy_button

_MOST_COPIED = 200  # rows of the table
_OURS = {"lang"}  # parameters of the address that aren't the scenario's


def follow_address(default: Scenario) -> None:
    """The address leads: a scenario in it is opened; a bad one is named, and the default shown."""
    calculator = current_calculator()
    calculator.default = calculator.default or default
    given = {k: v for k, v in st.query_params.items() if k not in _OURS}
    if given and given != calculator.written:
        try:
            opened = from_params(given)
            if _says_something(given, opened):
                calculator.scenario, calculator.example = opened, False
                calculator.report([], 0)
        except CostError as error:
            calculator.report([error], 1)
        calculator.scenario = calculator.scenario or default
        calculator.redraw()
    elif calculator.scenario is None:
        calculator.scenario = default
        calculator.redraw()


def _says_something(given: dict[str, str], opened: Scenario) -> bool:
    """Whether an address is about a scenario: others' parameters are left alone."""
    return bool(given.keys() & {"v", "m"}) or opened != from_params({})


def write_address() -> None:
    """Put the scenario into the address, where it fits, and once its texts are counted."""
    calculator = current_calculator()
    if calculator.pending:
        return
    try:
        wanted = {} if calculator.asked is calculator.default else to_params(calculator.asked)
    except CostError:
        wanted = {}  # too many sizes for an address; `links` says so
    if wanted != {k: v for k, v in st.query_params.items() if k not in _OURS}:
        st.query_params.from_dict({"lang": current_session().lang, **wanted})
    calculator.written = wanted


@block("cost.links")
def links(figures: Figures) -> None:
    """What can be taken away from here."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="cost_share"
    ):
        _link()
        copy_button.show(_markdown(figures), "cost_copy_table", text("cost.share.table"))
        st.download_button(
            text("cost.share.csv"),
            checked(current_session().still_there(), lambda: rows_csv(figures)),
            file_name="tuwen-cost.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="cost_csv",
            type="tertiary",
        )
        with st.popover(text("cost.share.saved"), icon=":material/bookmark:", type="tertiary"):
            saved.saved()


def _markdown(figures: Figures) -> str:
    """The rows and the sums as a table, to be pasted elsewhere."""
    labels = ("name", "size", "count", "detail", "tokens_each", "tokens_all")
    rows: list[tuple[object, ...]] = [
        (
            r.row.name,
            f"{r.row.width} × {r.row.height}",
            r.row.count,
            text(f"ui.detail.{r.detail}"),
            r.each,
            r.total,
        )
        for r in figures.rows[:_MOST_COPIED]
    ]
    month = plain(figures.month.total, figures.month_at_most)
    per_call = plain(figures.conversation.total, figures.at_most)
    sums = (f"{figures.model} · {per(current_calculator().asked.turns)} {per_call}",)
    rows.append((*sums, "", sum(r.row.count for r in figures.rows), "", "", figures.images))
    rows.append((f"{text('cost.page.a_month')} {month}", "", "", "", "", ""))
    return to_markdown([text(f"cost.page.{name}") for name in labels], rows, right=(2, 4, 5))


def _link() -> None:
    asked = current_calculator().asked
    try:
        params = to_params(current_calculator().sized)
    except CostError as error:
        with st.popover(text("cost.share.link"), icon=":material/link:", type="tertiary"):
            errors.show(error)
        return
    page = urlsplit(st.context.url or "")
    query = urlencode({**params, "lang": current_session().lang}, safe=",:@*;")
    texts = isinstance(asked.prompt, str) or isinstance(asked.system, str)
    copy_button.show(
        urlunsplit((page.scheme, page.netloc, page.path, query, "")),
        "cost_copy_link",
        text("cost.share.link"),
        icon="link",
        copied=text("cost.share.no_texts" if texts else "cost.share.copied"),
    )
