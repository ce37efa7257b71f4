"""A button that copies a text in the browser, with one click and without the server.

Its look comes with every page (assets/copy.css): of its own it would come with each button.
"""

from typing import Literal

import streamlit as st

from components.ui.app.language import text
from components.ui.app.navigation import ASSETS

_copy = st.components.v2.component(
    "tuwen_copy",
    html=(ASSETS / "copy.html").read_text("utf-8"),
    js=(ASSETS / "copy.js").read_text("utf-8"),
    isolate_styles=False,
)


def show(
    copies: str,
    key: str,
    label: str,
    *,
    icon: Literal["copy", "link"] = "copy",
    bare: bool = False,
    copied: str = "",
    at_once: bool = False,
) -> None:
    """copies: what is copied. bare: an icon alone, with the label for screen readers and as its
    tooltip. copied: what is said then, where that is more than "copied". at_once: copied without
    a click when it is drawn, where the browser allows that."""
    _copy(
        key=key,
        width="content",
        height="content",
        data={
            "text": copies,
            "label": label,
            "copied": copied or text("ui.action.copied"),
            "icon": icon,
            "bare": bare,
            "at_once": at_once,
        },
    )
