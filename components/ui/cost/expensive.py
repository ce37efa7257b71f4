"""What takes long with very many different sizes, and so waits for a click."""

import streamlit as st

from components.pricing.whatif import Scenario
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator

QUICK = 1_000  # different sizes; every model counts a thousand of them in half a second


def sizes(scenario: Scenario) -> int:
    """How many different sizes there are."""
    return len({(row.width, row.height, row.detail) for row in scenario.rows})


def quick(name: str) -> bool:
    """Whether `name` is worked out at once, or has been already (see Calculator.once)."""
    calculator = current_calculator()
    return (
        calculator.has(name) or calculator.once("sizes", lambda: sizes(calculator.asked)) <= QUICK
    )


def wanted(name: str) -> bool:
    """The same; otherwise a button is drawn that gives True when it is pressed."""
    if quick(name):
        return True
    n = current_calculator().once("sizes", lambda: sizes(current_calculator().asked))
    st.caption(text("cost.heavy.why", sizes=n))
    return st.button(
        text(f"cost.heavy.{name}"), key=f"cost_heavy-{name}", icon=":material/play_arrow:"
    )
