"""Pictures of an answer above what one keeps."""

import base64
import io

import pytest
from PIL import Image

from components.chat.made import pictures_of
from components.providers.reply.pictures import MAX_PICTURES, Pictures
from components.runner.cell import RunningCell
from components.runner.finalize import Ending


def picture(n: int) -> str:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), (n, 0, 0)).save(kept, "PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("more", [0, 1, 3])
def test_pictures_above_the_most_are_told_of(lang: str, more: int) -> None:
    found = Pictures()
    for n in range(MAX_PICTURES + more):
        found.add(picture(n))
    cell = RunningCell("c", "gpt-4o", lang=lang, pictures=list(found.found))
    ending, kept = pictures_of(Ending(cell, "Here.", None, 0))
    assert len(kept) == MAX_PICTURES
    assert ("16" in ending.text) == bool(more)
    assert (f"{more} more" in ending.text or f"有 {more} 张" in ending.text) == bool(more)
