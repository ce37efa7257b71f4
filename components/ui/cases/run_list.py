"""The runs of a set, newest first."""

import streamlit as st

from components import services
from components.cases.report.words import setting_name
from components.cases.store.runs import RunSummary
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cases.run_form import open_run
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options, when
from components.ui.widgets.money import money

_MOST = 20


def runs_of(set_id: str) -> list[RunSummary]:
    """The latest of a set."""
    found = services.app().store().case_runs.run_page(current_session().owner, set_id=set_id)
    return found[:_MOST]


@block("cases.runs")
def show(set_id: str) -> None:
    """Nothing where the set was never asked."""
    found = runs_of(set_id)
    if not found:
        return
    st.header(text("cases.run.runs"), anchor=False)
    with st.container(key="run_list", gap=None):
        for each in found:
            _row(each)


def label(found: RunSummary) -> str:
    """When, and of which models."""
    lang = current_session().lang
    names = ", ".join(setting_name(lang, setting) for setting in found.run.settings)
    return options.cut(f"{when.minute(found.run.created_at)} · {names}", 100)


def _row(found: RunSummary) -> None:
    key = f"run-{found.run.id}"
    with st.container(key=f"row-{key}", gap=None):
        st.button(
            options.distinct({key: label(found)}, markdown=True, most=100)[key],
            key=f"open-{key}",
            type="tertiary",
            icon=":material/progress_activity:" if found.running else ":material/fact_check:",
            on_click=open_run,
            args=(found.run.id,),
        )
        parts = [
            text("cases.run.counts", right=found.right, n=found.answers),
            money(found.cost),
        ]
        if found.unsure:
            parts.append(text("cases.out.count.unsure_short", n=found.unsure))
        if found.ended < found.answers and not found.running:
            parts.append(text("cases.run.open", n=found.answers - found.ended))
        st.caption(" · ".join(parts))
