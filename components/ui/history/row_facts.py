"""What a row of the history shows, and how it says by whom and for how much."""

from decimal import Decimal

import streamlit as st

from components import services
from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options
from components.ui.widgets.money import money

_SIDE = 40  # px


def thumbnail(digest: str | None, title: str) -> None:
    """The first image, or its empty place: titles begin below each other."""
    found = None
    if digest:
        found = services.app().store().conversations.thumbnail(current_session().owner, digest)
    with st.container(width=_SIDE, height=_SIDE, border=False):
        if found:
            st.image(found, width=_SIDE, alt=options.cut(title))
        else:
            st.markdown(":gray[:material/chat_bubble:]")


def model_name(model: str) -> str:
    return text("ui.model.builtin_short") if model == "builtin-reader" else escape_markdown(model)


def cost_of(cost: Decimal, known: bool) -> str:
    """known: nothing is missing in `cost` (USD)."""
    if not cost:
        return text("ui.cost.free" if known else "ui.cost.unknown")
    return money(cost) + ("" if known else f" + {text('ui.cost.unknown')}")
