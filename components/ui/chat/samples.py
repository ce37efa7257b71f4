"""The first sight of an empty chat: what this is, and the samples, each one click away."""

import streamlit as st

from components.samples import Sample, samples
from components.samples.covers import version
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import doors
from components.ui.chat.attachments import tray
from components.ui.streamlit_seam.session import current_session


@block("chat.gallery")
def show() -> None:
    """An invitation and the gallery of samples."""
    st.header(text("ui.empty.title"), anchor=False)
    doors.show(lambda: _take(samples()[0]))
    st.markdown(text("ui.empty.body"))
    with st.container(key="sample_gallery"):
        _gallery()


def open_window() -> None:
    """`window` shows the samples on the next run."""
    current_session().chat.samples = True


@block("chat.samples")
def window() -> None:
    """The samples in a window, where they were asked for."""
    session = current_session()
    wanted, session.chat.samples = session.chat.samples, False
    if wanted:
        st.dialog(text("ui.add.samples"), width="large")(_gallery)("in_window-")


def _gallery(where: str = "") -> None:
    """where: "" on the page, else a part of the keys."""
    lang, may_ask = current_session().lang, current_session().person.may_ask
    with st.grid(4, min_column_width=150, gap="small"):
        for sample in samples():
            with st.container(border=True, gap="xsmall", key=f"sample_card-{where}{sample.id}"):
                # A plain address (routes.py answers it): no bytes and no decoding on a rerun.
                address = f"samples/{sample.id}.webp?v={version(sample.id)}"
                st.markdown(f"![{sample.title[lang]}]({address})")
                if (
                    st.button(
                        sample.title[lang],
                        key=f"sample-{where}{sample.id}",
                        on_click=_take,
                        args=(sample,),
                        type="tertiary",
                        disabled=not may_ask,
                    )
                    and where
                ):
                    st.rerun()  # closes the window


def _take(sample: Sample) -> None:
    session = current_session()
    session.chat.draft, session.chat.refused = [], []
    tray.add(list(sample.pictures()))
    session.chat.fill = sample.question[session.lang]
    session.chat.focus += 1
