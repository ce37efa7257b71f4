"""The cost page: what is asked as a sentence, what it comes to, all models; then the rest."""

from collections.abc import Callable

import streamlit as st

from components.models import find_model, reference_model
from components.pricing.whatif import Figures, ModelLine, Scenario, all_models, work_out
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import model_picker
from components.ui.cost import (
    bars,
    call,
    charts,
    cheaper,
    counting,
    evidence,
    expensive,
    explanation,
    models,
    my_history,
    result,
    row_table,
    rows,
    saved,
    sentence,
    share,
    throughput,
    unsent,
)
from components.ui.cost.fields import current_calculator
from components.ui.preflight import sizes
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import share_dialog


def show() -> None:
    _address()
    calculator = current_calculator()
    calculator.whole = True
    try:
        _calculator()
    finally:
        calculator.whole = False
    if calculator.pending:
        current_session().last = counting.follow


@block("cost.address", lambda: _begin())
def _address() -> None:
    share.follow_address(_default())


def _begin() -> None:
    """With something, whatever the address says."""
    calculator = current_calculator()
    calculator.default = calculator.default or Scenario(reference_model())
    if calculator.scenario is None:
        calculator.scenario = calculator.default
        calculator.redraw()


def _default() -> Scenario:
    """The seeds' example, with the model chosen in the chat where its images can be counted."""
    chosen = model_picker.chosen(model_picker.choices())
    info = find_model(chosen.model)
    counted = info.image_rule is not None and info.vision and info.endpoint_kind == "openai"
    return Scenario(chosen.model if counted else reference_model())


@st.fragment
def _calculator() -> None:
    """One fragment: a change of any field draws this again, and nothing else of the page. The
    figures first, whatever stands above them: they are what a change is made for. Without them
    the fields stand all the same, so that something can be changed."""
    current_calculator().pending = ()
    _texts()
    head = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with st.container(border=True, gap="small", key="cost_asked"):
        asked = st.container(gap="xsmall")
        figures = _figures()
        if figures:
            result.show(figures)
    with asked:
        sentence.show()
        rows.problems()
    with head:
        st.title(text("cost.page.title"), width="stretch", anchor=False)
        if figures:
            share.links(figures)
    rows.ways_in()
    left, right = st.columns(2)
    with left:
        if figures:
            row_table.table(figures)
    with right:
        call.show()
    if figures:
        sizes.show(figures)
        cheaper.best()
        saved.compared(figures)
        st.header(text("cost.page.all_models"), anchor=False)
        lines = _all_models()
        bars.show(figures, lines)
        explanation.show(figures)
        _tabs(figures, lines)
    _written()
    unsent.remember()
    share_dialog.dialog()
    if not current_calculator().whole:
        counting.follow()


@block("cost.texts")
def _texts() -> None:
    counting.begin()


@block("cost.figures")
def _figures() -> Figures | None:
    calculator = current_calculator()
    return calculator.once("figures", lambda: work_out(calculator.sized))


@block("cost.all_models", lambda: [])
def _all_models() -> list[ModelLine]:
    calculator = current_calculator()
    if not expensive.wanted("models"):
        return []
    with st.spinner(text("cost.page.working")):
        return calculator.once("models", lambda: all_models(calculator.sized))


@block("cost.written")
def _written() -> None:
    share.write_address()


def _tabs(figures: Figures, lines: list[ModelLine]) -> None:
    """Only the tab that is open is worked out."""
    drawn: dict[str, Callable[[], None]] = {
        "cheaper": cheaper.show,
        "table": lambda: models.show(lines),
        "charts": lambda: charts.show(figures, lines),
        "pace": lambda: throughput.show(figures),
        "mine": my_history.show,
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
