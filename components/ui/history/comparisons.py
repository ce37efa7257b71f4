"""Comparisons in the history: a row each, with the way back to it."""

from itertools import groupby

import streamlit as st

from components import services
from components.compare.store import ComparisonSummary
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.app.navigation import COMPARE
from components.ui.history import row_facts
from components.ui.history.row_facts import cost_of, model_name
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, when

PAGE = 20


@block("history.comparisons")
def show(count: int) -> None:
    """A page of them, newest first. count: of all."""
    pages = max(1, -(-count // PAGE))
    number = min(int(str(value("compared_page") or 1)), pages)
    rows = (
        services.app()
        .store()
        .comparisons.page(current_session().owner, limit=PAGE, offset=(number - 1) * PAGE)
    )
    with st.container(key="compared_list", gap=None):
        for period, of_period in groupby(rows, key=lambda row: when.period(row.created_at)):
            st.header(text(f"ui.nav.day.{period}"), anchor=False)
            for row in of_period:
                _row(row)
    if pages > 1:
        st.pagination(pages, key="compared_page")


@block("history.compared")
def _row(row: ComparisonSummary) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"compared-{row.id}"
    ):
        row_facts.thumbnail(row.first_image, row.title)
        with st.container(width="stretch", gap=None):
            st.page_link(
                COMPARE,
                label=escape_markdown(options.cut(row.title, 200)),
                query_params={"run": row.id, "lang": current_session().lang},
            )
            st.caption(_facts(row))
        with st.popover(text("ui.history.delete"), icon=":material/delete:", type="tertiary"):
            st.caption(text("compare.run.delete_about"))
            st.button(
                text("compare.run.delete_now"),
                key=f"compared_delete-{row.id}",
                on_click=_delete,
                args=(row.id,),
            )


def _facts(row: ComparisonSummary) -> str:
    parts = [
        when.within(row.created_at),
        text(f"compare.mode.{row.mode}"),
        counted("ui.history.images", row.images),
        ", ".join(dict.fromkeys(model_name(model) for model in row.models)),
        text("compare.run.done_of", n=row.ended, of=row.cells),
        cost_of(row.cost, row.cost_known),
    ]
    if row.order == "reversed":
        parts.append(text("compare.run.reversed"))
    if row.failed:
        parts.append(counted("compare.score.failed", row.failed))
    if row.running:
        parts.append(text("ui.history.running"))
    return " · ".join(parts)


def _delete(comparison_id: str) -> None:
    session = current_session()
    services.app().runs().stop(session.owner, comparison_id)
    services.app().store().comparisons.delete(session.owner, comparison_id)
    if session.compare.run_id == comparison_id:
        session.compare.run_id = None
