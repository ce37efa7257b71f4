"""What differs between two pictures: in their pixels, and in their text."""

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from PIL import Image

from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.settings import number, whole

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
    changed = _changed(first.small, second.small)
    share = float(changed.mean())
    if share >= number("compare", "all_changed"):
        return PixelDifference("everything", share)
    regions = _regions(changed, first.size)
    return PixelDifference("regions" if regions else "noise", share, regions)


def compare_text(before: Sequence[str], after: Sequence[str]) -> list[TextChange]:
    """Rows of text that were removed, added or replaced, in order."""
    changes: list[TextChange] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for at in range(max(a_end - a, b_end - b)):
            old = before[a + at] if a + at < a_end else None
            new = after[b + at] if b + at < b_end else None
            changes.append(TextChange(old, new))
    return changes


def rows_of_text(lines: Sequence[TextLine]) -> list[str]:
    """Text row by row, pieces of one row joined by a space."""
    rows: dict[int, list[str]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line.text)
    return [" ".join(row) for row in rows.values()]


def _changed(first: Image.Image, second: Image.Image) -> Any:
    """Which pixels of the small pictures differ by more than noise."""
    laid_over = second.resize(first.size, Image.Resampling.BOX)
    a, b = (np.asarray(one, np.int16) for one in (first, laid_over))
    return np.abs(a - b).max(axis=2) > whole("compare", "noise")


def _regions(changed: Any, size: tuple[int, int]) -> tuple[Region, ...]:
    """The largest connected parts; single specks are left out."""
    import cv2

    width = whole("compare", "join")
    joined = cv2.dilate(changed.astype(np.uint8), np.ones((width, width), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    largest = np.argsort(-stats[1:, cv2.CC_STAT_AREA])[: 2 * whole("compare", "regions")] + 1
    scale = size[0] / changed.shape[1]
    found = []
    for label in largest:
        rows, columns = np.nonzero(changed & (labels == label))
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        left, top, right, bottom = (round(float(at) * scale) for at in box)
        if len(rows) / changed.size >= number("compare", "min_region"):
            found.append(
                (len(rows), Region(_where(box, changed.shape), (left, top, right, bottom)))
            )
    found.sort(key=lambda one: -one[0])
    return tuple(region for _, region in found[: whole("compare", "regions")])


def _where(box: tuple[int, int, int, int], shape: tuple[int, int]) -> str:
    across = _ACROSS[min(2, int((box[0] + box[2]) / 2 / shape[1] * 3))]
    down = _DOWN[min(2, int((box[1] + box[3]) / 2 / shape[0] * 3))]
    return "_".join(part for part in (down, across) if part) or "middle"
