"""The first sight of an empty chat: what this is, and the samples, each one click away."""

import streamlit as st

from components.images.pool import shared_pool
from components.samples import Sample, samples
from components.ui import tray
from components.ui.language import text
from components.ui.state import visit


def show() -> None:
    """An invitation and the gallery of samples."""
    st.markdown(f"## {text('ui.empty.title')}")
    st.markdown(text("ui.empty.body"))
    lang = visit().lang
    with st.container(key="sample_gallery"), st.grid(4, min_column_width=150, gap="small"):
        for sample in samples():
            with st.container(border=True, gap="xsmall"):
                st.image(_cover(sample), alt=sample.title[lang], width="stretch")
                st.button(
                    sample.title[lang],
                    key=f"sample-{sample.id}",
                    help=sample.question[lang],
                    on_click=_take,
                    args=(sample,),
                    type="tertiary",
                )


def _cover(sample: Sample) -> bytes:
    name, content = sample.pictures()[0]
    return shared_pool().thumbnail(content, name, side=360)


def _take(sample: Sample) -> None:
    here = visit()
    here.draft, here.refused = [], []
    tray.add(list(sample.pictures()))
    here.fill = sample.question[here.lang]
