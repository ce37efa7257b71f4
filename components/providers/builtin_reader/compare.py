"""What differs between two pictures: in their pixels, and in their text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.settings import number, whole
from components.texts import compare_lines

_ACROSS = ("left", "", "right")
_DOWN = ("upper", "", "lower")


@dataclass(frozen=True)
class Shot:
    """A picture as it is compared: size in pixels, hash of its pixels, and a small copy."""

    size: tuple[int, int]
    digest: bytes
    small: Image.Image


@dataclass(frozen=True)
class Region:
    """A changed part. where: "upper_left" ... "middle" ... "lower_right"; box in pixels of the
    first picture: left, top, right, bottom."""

    where: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class PixelDifference:
    """kind: "identical", "shape" (too different in shape to be laid over each other), "noise"
    (nothing but noise), "regions", or "everything". share: of changed pixels, 0 to 1."""

    kind: Literal["identical", "shape", "noise", "regions", "everything"]
    share: float = 0.0
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True)
class TextChange:
    """One change of text: removed from the first picture, added in the second, or replaced."""

    before: str | None
    after: str | None


def shot(image: Image.Image) -> Shot:
    """What comparing needs of an RGB picture."""
    side = whole("compare", "side")
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.BOX)
    return Shot(image.size, hashlib.sha256(image.tobytes()).digest(), small)


def compare_pixels(first: Shot, second: Shot) -> PixelDifference:
    """Differences of two upright pictures; the second is laid over the first at its size."""
    if first.size == second.size and first.digest == second.digest:
        return PixelDifference("identical")
    shapes = (first.size[0] / first.size[1]) / (second.size[0] / second.size[1])
    if abs(shapes - 1) > number("compare", "ratio_tolerance"):
        return PixelDifference("shape")
    # OpenCV takes a moment to load; not when the app starts.
    from components.pixels import difference

    laid_over = second.small.resize(first.small.size, Image.Resampling.BOX)
    apart = difference(np.asarray(first.small), np.asarray(laid_over))
    changed = apart > whole("compare", "noise")
    share = float(changed.mean())
    if share >= number("compare", "all_changed"):
        return PixelDifference("everything", share)
    regions = _regions(changed, first.size)
    return PixelDifference("regions" if regions else "noise", share, regions)


def compare_text(before: Sequence[str], after: Sequence[str]) -> list[TextChange]:
    """Rows of text that were removed, added or replaced, in order."""
    return [
        TextChange(line.text_before, line.text_after)
        for line in compare_lines(before, after)
        if line.kind != "same"
    ]


def rows_of_text(lines: Sequence[TextLine]) -> list[str]:
    """Text row by row, pieces of one row joined by a space."""
    rows: dict[int, list[str]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line.text)
    return [" ".join(row) for row in rows.values()]


def _regions(changed: NDArray[np.bool_], size: tuple[int, int]) -> tuple[Region, ...]:
    from components.pixels import find_regions

    found, _ = find_regions(
        changed,
        size,
        join=number("compare", "join"),
        least=number("compare", "min_region"),
        at_most=whole("compare", "regions"),
    )
    return tuple(Region(_where(one.box, size), one.box) for one in found)


def _where(box: tuple[int, int, int, int], size: tuple[int, int]) -> str:
    across = _ACROSS[min(2, int((box[0] + box[2]) / 2 / size[0] * 3))]
    down = _DOWN[min(2, int((box[1] + box[3]) / 2 / size[1] * 3))]
    return "_".join(part for part in (down, across) if part) or "middle"
