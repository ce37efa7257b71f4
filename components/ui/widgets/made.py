"""Pictures that a model made, below its answer."""

from collections.abc import Sequence

import streamlit as st

from components import services
from components.chat.store import StoredImage
from components.compare.store import CellPicture


def show(owner: str, pictures: Sequence[StoredImage | CellPicture], key: str) -> None:
    """Those of one answer. key: of the answer, once on a page."""
    if not pictures:
        return
    with st.container(key=f"made-{key}", gap="small"):
        for picture in pictures:
            digest = picture.hash
            kept = services.app().store().conversations.image(owner, digest) if digest else None
            if kept:
                st.image(kept.content, width="content", alt=picture.name)
