"""What a model thought, folded: it can be looked at, and is no part of the answer."""

import streamlit as st

from components.ui.app.language import counted
from components.ui.widgets import prose


def folded(reasoning: str, key: str) -> None:
    """Nothing where there is none. It is sent to the page once it is opened: it can be many times
    as long as the answer."""
    if not reasoning:
        return
    label = counted("ui.reasoning.shown", len(reasoning), length=f"{len(reasoning):,}")
    box = st.expander(
        label, key=f"reasoning-{key}", icon=":material/psychology:", on_change="rerun"
    )
    if box.open:
        with box:
            prose.show(reasoning)
