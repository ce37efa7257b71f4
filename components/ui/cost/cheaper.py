"""What could be changed to pay less; one click makes the change."""

import streamlit as st

from components.pricing.whatif import Suggestion
from components.pricing.whatif import cheaper as suggestions
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost import expensive
from components.ui.cost.fields import current_calculator
from components.ui.cost.result import amount

_SHOWN = 8
_QUICK = 5_000  # rows; the tab looks at more of them


@block("cost.cheaper")
def show() -> None:
    if current_calculator().pending:
        st.caption(text("cost.page.working"))
        return
    if not expensive.wanted("cheaper"):
        return
    with st.spinner(text("cost.page.working")):
        found = _found()
    if not found:
        st.caption(text("cost.page.nothing_cheaper"))
        return
    st.caption(text("cost.page.cheaper_about"))
    with st.container(key="cost_cheaper", gap="small"):
        for n, suggestion in enumerate(found[:_SHOWN]):
            _line(n, suggestion)


@block("cost.best")
def best() -> None:
    """What saves most, beside the result."""
    calculator = current_calculator()
    if calculator.pending or len(calculator.asked.rows) > _QUICK or not expensive.quick("cheaper"):
        return
    found = _found()
    if found:
        with st.container(key="cost_best"):
            _line(-1, found[0])


def _found() -> list[Suggestion]:
    return current_calculator().once("cheaper", lambda: suggestions(current_calculator().asked))


def _line(n: int, suggestion: Suggestion) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, gap="small"):
        said = text(f"cost.cheaper.{suggestion.code}", **suggestion.data)
        saves = text("cost.page.saves", money=amount(suggestion.saving), share=suggestion.share)
        st.markdown(f"**{saves}**  \n{said}", width="stretch")
        st.button(
            text("cost.page.take_over"),
            key=f"cost_take-{n}",
            on_click=_take,
            args=(suggestion,),
        )


def _take(suggestion: Suggestion) -> None:
    calculator = current_calculator()
    calculator.scenario = suggestion.scenario
    calculator.example = False
    calculator.redraw()
