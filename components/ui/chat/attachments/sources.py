"""The ways in for images besides dropping them: the menu of all ways, the camera, pages of PDFs."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import samples
from components.ui.chat.attachments import by_url, pdf_picker, tray
from components.ui.chat.model_picker import Choice
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import when

_ENDINGS = {"image/png": "png", "image/webp": "webp"}


@block("chat.bar")
def menu(choice: Choice) -> None:
    """All ways in, behind one sign. What picks files is pressed in the browser, see composer.js."""
    is_open = current_session().chat.camera
    with (
        st.popover(text("ui.add.title"), type="tertiary", icon=":material/add:", key="add_menu"),
        st.container(key="add_ways", gap="xxsmall"),
    ):
        _way("add_files", "ui.add.file", "add_photo_alternate")
        _way(
            "camera_open",
            "ui.camera.close" if is_open else "ui.camera.open",
            "no_photography" if is_open else "photo_camera",
            _toggle,
        )
        _way("add_pdf", "ui.add.pdf", "picture_as_pdf")
        _way("add_samples", "ui.add.samples", "auto_awesome_mosaic", samples.open_window)
        if by_url.offered(choice):
            by_url.field(choice)


def _way(key: str, label: str, icon: str, on_click: Callable[[], None] | None = None) -> None:
    st.button(
        text(label),
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=on_click,
        width="stretch",
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
