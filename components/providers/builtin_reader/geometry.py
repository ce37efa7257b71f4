"""Where lines of text stand: direction, height, and the order in which a person reads them."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from components.providers.builtin_reader.engine import Pixels, Quad

_TALL = 1.5  # height to width from which a box holds text turned by a quarter
_PARAGRAPH = 8  # lines this many times wider than high are running text, not cells of a table

_MARGIN = 0.2  # of a box's height that lies around the text on every side

Rect = tuple[float, float, float, float]  # left, top, right, bottom


def is_tall(quad: Quad) -> bool:
    """The line runs up or down rather than across (the crop is turned then)."""
    across, down = _sides(quad)
    return down >= _TALL * across


def text_angle(quad: Quad, *, flipped: bool) -> float:
    """Degrees clockwise from upright, above -180 up to 180. flipped: the crop is on its head."""
    along = quad[3] - quad[0] if is_tall(quad) else quad[1] - quad[0]
    angle = math.degrees(math.atan2(float(along[1]), float(along[0]))) + (180 if flipped else 0)
    return angle - 360 if angle > 180 else angle


def ink_height(line: Pixels) -> float:
    """Pixels from the highest to the lowest stroke of a straightened line.

    Boxes are wider than the text by a margin that depends on the scale; the ink isn't.
    """
    import cv2

    grey = cv2.cvtColor(line, cv2.COLOR_BGR2GRAY)
    _, light = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = light if light.mean() < 0.5 else 1 - light
    rows = np.flatnonzero(ink.mean(axis=1) > 0.01)
    return float(rows[-1] - rows[0] + 1) if len(rows) else float(line.shape[0])


def upright_rect(quad: Quad, quarter: int, size: tuple[int, int]) -> Rect:
    """The box's bounds in the picture turned so that text of `quarter` degrees is upright."""
    width, height = size
    x, y = quad[:, 0], quad[:, 1]
    if quarter == 90:
        x, y = y, width - x
    elif quarter == 180:
        x, y = width - x, height - y
    elif quarter == 270:
        x, y = height - y, x
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def reading_rows(rects: Sequence[Rect]) -> list[list[int]]:
    """Indices in reading order: rows from top to bottom, columns of running text one by one."""
    bands = _gaps(range(len(rects)), rects, axis=1)
    rows: list[list[int]] = []
    at = 0
    while at < len(bands):
        end, columns = _column_block(bands, at, rects)
        for column in columns:
            rows += _rows(column, rects)
        at = end
    return rows


def _column_block(
    bands: list[list[int]], at: int, rects: Sequence[Rect]
) -> tuple[int, list[list[int]]]:
    """The most bands from `at` on that stand in columns together: (end, columns).

    A band without columns is one column of its own.
    """
    end, found = at + 1, [bands[at]]
    members: list[int] = []
    for number, band in enumerate(bands[at:], at + 1):
        members += band
        columns = _gaps(members, rects, axis=0)
        if len(columns) < 2:  # a line across closes the gutter, which can't open again
            break
        if all(_is_running_text(column, rects) for column in columns):
            end, found = number, columns
    return end, found


def _is_running_text(members: list[int], rects: Sequence[Rect]) -> bool:
    """Three lines or more that are mostly much wider than high: no cells of a table."""
    widths = [rects[member][2] - rects[member][0] for member in members]
    wide = [_flatness(rects[member]) >= _PARAGRAPH for member in members]
    running = sum(width for width, is_wide in zip(widths, wide, strict=True) if is_wide)
    return sum(wide) >= 3 and running > sum(widths) / 2


def _gaps(members: Iterable[int], rects: Sequence[Rect], *, axis: int) -> list[list[int]]:
    """Members in groups with nothing but empty space between them along `axis`."""
    groups: list[list[int]] = []
    reach = -math.inf
    for member in sorted(members, key=lambda i: rects[i][axis]):
        rect = rects[member]
        margin = _MARGIN * (rect[3] - rect[1])
        if rect[axis] + margin >= reach:
            groups.append([])
        groups[-1].append(member)
        reach = max(reach, rect[axis + 2] - margin)
    return groups


def _rows(members: list[int], rects: Sequence[Rect]) -> list[list[int]]:
    """Members side by side (one's middle is inside the other's height) form a row."""
    rows: list[list[int]] = []
    for member in sorted(members, key=lambda i: rects[i][1] + rects[i][3]):
        middle = (rects[member][1] + rects[member][3]) / 2
        last = rects[rows[-1][0]] if rows else None
        if last and last[1] < middle < last[3]:
            rows[-1].append(member)
        else:
            rows.append([member])
    return [sorted(row, key=lambda i: rects[i][0]) for row in rows]


def _flatness(rect: Rect) -> float:
    return (rect[2] - rect[0]) / max(1.0, rect[3] - rect[1])


def _sides(quad: Quad) -> tuple[float, float]:
    across = max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2]))
    down = max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))
    return float(across), float(down)
