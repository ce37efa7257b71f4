"""Pictures that a model made, below its answer in a cell."""

import streamlit as st

from components import services
from components.compare.store import Cell
from components.ui.app.blocks import block
from components.ui.streamlit_seam.session import current_session

_WIDEST = 480  # px


@block("compare.pictures")
def show(cell: Cell) -> None:
    """Those of one answer."""
    for picture in cell.pictures:
        kept = services.store().conversations.image(current_session().owner, picture.hash)
        if kept:
            st.image(kept.content, width=min(picture.width, _WIDEST), alt=picture.name)
