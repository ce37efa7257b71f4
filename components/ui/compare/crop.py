"""A rectangle that a person draws on a picture."""

import streamlit as st

from components.pixels.types import Box
from components.ui.app.navigation import script
from components.ui.streamlit_seam.viewer_transport import ViewerImage, pack, stamp, words

_crop = st.components.v2.component(
    "tuwen_crop",
    html=script("crop.html"),
    css=script("crop.css"),
    js=script("unpack.js", "crop.frame.js", "crop.js"),
)


def crop(picture: ViewerImage, *, key: str, start: Box | None = None) -> Box | None:
    """The part that is chosen, in pixels of the original; None for the whole image.

    start: what is chosen at first. It is sent with the picture, so keep it as it is while the
    component is drawn (the picture would travel again). A change runs the page (or the fragment
    around) when the person lets go.
    """
    name = f"{picture.label} · {picture.name}".removeprefix(" · ")
    header = {
        "texts": words("compare.crop."),
        "name": name,
        "size": picture.size,
        "start": start,
    }
    data = pack(header, {"picture": picture.content})
    said = _crop(key=key, data=data, on_chosen_change=lambda: None).get("chosen")
    if not isinstance(said, dict) or said.get("of") != stamp(picture.content):
        return start
    return checked(said.get("box"), picture.size)


def checked(box: object, size: tuple[int, int]) -> Box | None:
    """What came from the browser as a box within `size`, None where it isn't one.

    The whole image is None, too.
    """
    if not isinstance(box, list | tuple) or len(box) != 4:
        return None
    if not all(type(side) in (int, float) and abs(side) < 1e9 for side in box):
        return None
    left, top, right, bottom = (int(side) for side in box)
    left, top = max(0, left), max(0, top)
    right, bottom = min(size[0], right), min(size[1], bottom)
    if left >= right or top >= bottom or (left, top, right, bottom) == (0, 0, *size):
        return None
    return left, top, right, bottom
