"""The ways in for images besides dropping them: the camera, and pages of PDFs."""

from datetime import UTC, datetime

import streamlit as st

from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.attachments import pdf_picker, tray
from components.ui.chat.model_picker import Choice
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import when

_ENDINGS = {"image/png": "png", "image/webp": "webp"}


@block("chat.bar")
def bar() -> None:
    """The bar to drop, paste and pick into, and the camera beside it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sources"):
        with st.container(width="stretch", gap=None):
            tray.drop_bar()
        is_open = current_session().chat.camera
        st.button(
            text("ui.camera.close" if is_open else "ui.camera.open"),
            key="camera_open",
            icon=":material/no_photography:" if is_open else ":material/photo_camera:",
            type="tertiary",
            on_click=_toggle,
        )


@block("chat.sources")
def show(choice: Choice) -> None:
    """What is open: the pages of a PDF, the camera. In fixed slots, as all of the composer."""
    pages, camera = st.empty(), st.empty()
    if current_session().chat.pdfs:
        with pages.container():
            pdf_picker.show(current_session().chat.pdfs[0], choice)
    if current_session().chat.camera:
        with camera.container():
            _camera()


def _camera() -> None:
    """Drawn on demand only: the browser asks for its permission as soon as it is."""
    key = f"camera-{current_session().chat.photos}"
    st.camera_input(
        text("ui.camera.label"),
        key=key,
        resolution="1080p",
        width=360,
        on_change=_taken,
        args=(key,),
    )


def _taken(key: str) -> None:
    """The photo lands in the tray like a dropped file, and the camera is off again."""
    photo, session = value(key), current_session()
    if photo is None:
        return
    ending = _ENDINGS.get(photo.type, "jpg")  # type: ignore[attr-defined]
    name = text("ui.camera.name", time=f"{when.local(datetime.now(UTC)):%H.%M.%S}", ending=ending)
    session.chat.camera, session.chat.refused = False, []
    tray.add([(name, photo.getvalue())])  # type: ignore[attr-defined]
    session.chat.photos += 1


def _toggle() -> None:
    current_session().chat.camera = not current_session().chat.camera
