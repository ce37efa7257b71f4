"""The image tray: pictures are known to the server the moment they are dropped or pasted.

A chat input tells the server nothing before it is sent, so it can't show a price. The bar drawn
here (assets/tray.*) hands what is pasted, dropped or picked anywhere on the page to a file
uploader; its callback moves the files into the visit, where they outlive a change of page.
"""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import streamlit as st

from components.chat.draft import DraftImage, take_in, take_url
from components.errors import ImageError
from components.images.limits import MAX_ORIGINAL_BYTES
from components.images.pool import shared_pool
from components.ui import pdfs
from components.ui.language import text
from components.ui.state import Refused, value, visit

_ASSETS = Path(__file__).parent / "assets"
_bar = st.components.v2.component(
    "tuwen_tray",
    html=(_ASSETS / "tray.html").read_text("utf-8"),
    css=(_ASSETS / "tray.css").read_text("utf-8"),
    js=(_ASSETS / "tray.js").read_text("utf-8"),
    isolate_styles=False,
)


def drop_bar() -> None:
    """The bar to drop, paste or pick into, and the uploader behind it."""
    uploads = visit().uploads
    st.file_uploader(
        text("ui.tray.label"),
        accept_multiple_files=True,
        key=f"image_files_{uploads}",
        label_visibility="collapsed",
        on_change=_uploaded,
        args=(f"image_files_{uploads}",),
    )
    _bar(
        key="tray_bar",
        data={
            "label": text("ui.tray.label"),
            "hint": text("ui.tray.hint"),
            "drop": text("ui.tray.drop"),
            "reading": text("ui.tray.reading"),
            "too_large": text("ui.tray.too_large"),
            "limit": MAX_ORIGINAL_BYTES,
            "round": uploads,
        },
    )


def add(files: list[tuple[str, bytes]], *, first_frame: bool = False) -> None:
    """Put files into the draft; those that can't be used are named, the others stay."""
    here = visit()
    looked: list[tuple[bytes, Future[DraftImage]]] = [
        (content, shared_pool().run(take_in, content, name, first_frame=first_frame))
        for name, content in files
    ]
    for content, future in looked:
        try:
            here.draft.append(future.result())
        except ImageError as error:
            kept = content if error.code == "image_animated" else None
            here.refused.append(Refused(error, kept))


def add_url(url: str) -> None:
    """Put an image that the endpoint downloads itself into the draft."""
    visit().draft.append(take_url(url))


def remove(image_id: str) -> None:
    here = visit()
    here.draft = [image for image in here.draft if image.id != image_id]


def change(image_id: str, **changes: object) -> None:
    """Replace fields of one draft image (detail, as_is)."""
    here = visit()
    here.draft = [
        replace(i, **changes) if i.id == image_id else i  # type: ignore[arg-type]
        for i in here.draft
    ]


def dismiss() -> None:
    """Take the refusals away."""
    visit().refused = []


def take_first_frame(position: int) -> None:
    """Take a refused animation after all, its first frame."""
    refused = visit().refused.pop(position)
    if refused.content is not None:
        add([(refused.error.name, refused.content)], first_frame=True)


def _uploaded(key: str) -> None:
    files = value(key) or []
    here = visit()
    here.refused = []
    dropped = [(file.name, file.getvalue()) for file in files]  # type: ignore[attr-defined]
    add(pdfs.take_in(dropped))
    # A fresh uploader: the old one's files would stay in memory and come again.
    here.uploads += 1
