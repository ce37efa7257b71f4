"""A page with nothing on it but the viewer and the crop, for test_viewer.py.

`?kind=`: "alike" (three changes), "shapes" (can't be aligned), "large" (about 300 kB each).
"""

import io

import numpy as np
import streamlit as st
from PIL import Image, ImageDraw

from components.pixels import compare, draw
from components.ui.app import language
from components.ui.compare.crop import crop
from components.ui.compare.viewer import viewer
from components.ui.streamlit_seam.viewer_transport import ViewerImage

CHANGES = [(60, 60, 120, 110), (700, 80, 760, 200), (400, 480, 520, 540)]


def pair(kind: str) -> tuple[Image.Image, Image.Image]:
    if kind == "large":
        noise = np.random.default_rng(1).integers(0, 255, (600, 900, 3), np.uint8)
        soft = Image.fromarray(noise)
        return soft, soft.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    first = Image.linear_gradient("L").resize((900, 600)).convert("RGB")
    pen = ImageDraw.Draw(first)
    for at in range(0, 900, 60):
        pen.line((at, 0, 900 - at, 600), fill=(40, 90, 120), width=3)
    pen.ellipse((300, 150, 600, 450), fill="#c9a227")
    second = first.copy()
    pen = ImageDraw.Draw(second)
    for box in CHANGES:
        pen.rectangle(box, fill="#1d7a3a")
    if kind == "shapes":
        second = second.resize((200, 1100))
    return first, second


@st.cache_data
def worked_out(
    kind: str,
) -> tuple[ViewerImage, ViewerImage, bytes | None, bytes | None, list[tuple[int, int, int, int]]]:
    first, second = pair(kind)
    pictures = []
    for label, name, picture in (("A", "before.png", first), ("B", "after.png", second)):
        out = io.BytesIO()
        picture.save(out, "WEBP", lossless=kind != "large", quality=80)
        pictures.append(ViewerImage(label, name, out.getvalue(), picture.size))
    found = compare(first, second)
    if not found.alignment.possible:
        return pictures[0], pictures[1], None, None, []
    boxes = [region.box for region in found.regions]
    return pictures[0], pictures[1], draw.picture_b(found), draw.heat_map(found), boxes


language.settle()
kind = st.query_params.get("kind", "alike")
first, second, laid, heat, boxes = worked_out(kind)
viewer(
    first,
    second,
    laid,
    heat,
    boxes,
    key="viewer",
    why="" if laid else "These two can't be laid over each other.",
)
st.button("Run again")
st.text(f"Chosen: {crop(first, key='crop')}")
