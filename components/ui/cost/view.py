"""The cost page: what is asked on the left, what it comes to on the right, all models below."""

from collections.abc import Callable

import streamlit as st

from components.models import find_model, reference_model
from components.pricing.whatif import Figures, ModelLine, Scenario, all_models, work_out
from components.ui import choice, errors, sharing
from components.ui.cost import (
    call,
    charts,
    cheaper,
    evidence,
    heavy,
    mine,
    models,
    pace,
    result,
    row_table,
    rows,
    saved,
    share,
    worked,
)
from components.ui.cost.fields import calculator
from components.ui.language import text
from components.ui.preflight import sizes


def show() -> None:
    share.follow_address(_default())
    _calculator()


def _default() -> Scenario:
    """The seeds' example, with the model chosen in the chat where its images can be counted."""
    chosen = choice.chosen(choice.choices())
    info = find_model(chosen.model)
    counted = info.image_rule is not None and info.vision and info.endpoint_kind == "openai"
    return Scenario(chosen.model if counted else reference_model())


@st.fragment
def _calculator() -> None:
    """One fragment: a change of any field draws this again, and nothing else of the page."""
    try:
        _draw()
    except Exception as error:
        errors.show(errors.unexpected(error))


def _draw() -> None:
    """The figures first, whatever stands above them: they are what a change is made for."""
    here = calculator()
    figures = here.once("figures", lambda: work_out(here.asked))
    head = st.container(horizontal=True, vertical_alignment="center", gap="small")
    asked, answer = st.columns([5, 6], gap="large")
    with answer:
        result.show(figures)
    with head:
        st.title(text("cost.page.title"), width="stretch")
        share.links(figures)
    with asked:
        rows.ways_in()
        call.model()
        row_table.table(figures)
        sizes.show(figures)
    with answer:
        cheaper.best()
    call.call()
    saved.compared(figures)
    st.subheader(text("cost.page.all_models"))
    lines: list[ModelLine] = []
    if heavy.wanted("models"):
        with st.spinner(text("cost.page.working")):
            lines = here.once("models", lambda: all_models(here.asked))
        models.show(lines)
    _tabs(figures, lines)
    share.write_address()
    sharing.dialog()


def _tabs(figures: Figures, lines: list[ModelLine]) -> None:
    """Only the tab that is open is worked out."""
    drawn: dict[str, Callable[[], None]] = {
        "worked": lambda: worked.show(figures.rows),
        "charts": lambda: charts.show(figures, lines),
        "cheaper": cheaper.show,
        "pace": lambda: pace.show(figures),
        "mine": mine.show,
        "right": evidence.how_right,
    }
    labels = [text(f"cost.tab.{name}") for name in drawn]
    for tab, draw in zip(
        st.tabs(labels, key="cost_tabs", on_change="rerun"), drawn.values(), strict=True
    ):
        with tab:
            if tab.open:
                draw()
            else:  # what is seen from the click until it is drawn
                st.caption(text("cost.page.working"))
