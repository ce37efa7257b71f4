"""Two pictures in the browser: side by side, slider, overlay, blink, heat map.

Everything happens in the browser (assets/viewer.*): no change of mode, zoom or place runs the
page again.
"""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from components.pixels.types import Box
from components.ui.app.navigation import script
from components.ui.streamlit_seam.viewer_transport import ViewerImage, pack, words

PARTS = (
    "unpack",
    "viewer.stage",
    "viewer.hands",
    "viewer.slider",
    "viewer.blink",
    "viewer",
)
Mode = Literal["side", "slider", "overlay", "blink", "heat"]

_viewer = st.components.v2.component(
    "tuwen_viewer",
    html=script("viewer.html"),
    css=script("viewer.css"),
    js=script(*(f"{part}.js" for part in PARTS)),
)


def viewer(
    first: ViewerImage,
    second: ViewerImage,
    aligned: bytes | None,
    heat: bytes | None,
    boxes: Sequence[Box],
    *,
    key: str,
    mode: Mode = "side",
    why: str = "",
) -> None:
    """Show two pictures and what differs.

    aligned: `second` as it lies on `first`, in `first`'s proportions; None leaves side by side
    alone, and `why` is the sentence that says so. heat: the map of differences, in `first`'s
    proportions, None for none. boxes: regions that differ, in pixels of `first`'s original, in
    the order in which "next" goes through them. mode: what is shown at first; later the person
    chooses.
    """
    header = {
        "texts": words("compare.viewer."),
        "names": [_named(first), _named(second)],
        "labels": [first.label, second.label],
        "sizes": [first.size, second.size],
        "boxes": list(boxes),
        "mode": mode,
        "why": why,
    }
    parts = {"first": first.content, "second": second.content, "laid": aligned, "heat": heat}
    _viewer(key=key, data=pack(header, parts))


def _named(picture: ViewerImage) -> str:
    width, height = picture.size
    return f"{picture.label} · {picture.name} · {width} × {height} px"
