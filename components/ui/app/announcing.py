"""What screen readers are told of what happens on a page by itself. Of errors only those of answers
(see answers.js): the others' boxes are alerts, which are read as they appear."""

import streamlit as st

from components.ui.app.navigation import script
from components.ui.streamlit_seam.session import current_session

_region = st.components.v2.component(
    "tuwen_announcing", js=script("announcing.js"), isolate_styles=False
)


def say(said: str) -> None:
    """To be told once, when this run is drawn; what is said later in it takes its place."""
    session = current_session()
    session.told = session.told[0] + 1, said


def show() -> None:
    """Tell the browser, which knows by the number what it has told already."""
    session = current_session()
    number, said = session.told
    _region(key="announcing", data={"number": f"{session.id} {number}", "said": said})
