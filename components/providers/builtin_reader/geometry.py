"""Where lines of text stand: direction, height, and the order in which a person reads them."""

import math
from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from components.providers.builtin_reader.engine import Pixels, Quad

_TALL = 1.5  # height to width from which a box holds text turned by a quarter
_PARAGRAPH = 8  # lines this many times wider than high are running text, not cells of a table

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
    return _split(list(range(len(rects))), rects)


def _split(members: list[int], rects: Sequence[Rect]) -> list[list[int]]:
    columns = _columns(members, rects)
    if len(columns) > 1:
        return [row for column in columns for row in _split(column, rects)]
    bands = _bands(members, rects)
    if len(bands) > 1 and any(len(_columns(band, rects)) > 1 for band in bands):
        return [row for band in bands for row in _split(band, rects)]
    return _rows(members, rects)


def _columns(members: list[int], rects: Sequence[Rect]) -> list[list[int]]:
    """Groups side by side with an empty gutter, if each is running text of three lines or more."""
    groups = _gaps(members, rects, axis=0)
    running = [
        len(group) >= 3
        and float(np.median([_flatness(rects[member]) for member in group])) >= _PARAGRAPH
        for group in groups
    ]
    return groups if len(groups) > 1 and all(running) else [members]


def _bands(members: list[int], rects: Sequence[Rect]) -> list[list[int]]:
    """Members cut at the widest empty band across, e.g. below a title."""
    groups = _gaps(members, rects, axis=1)
    if len(groups) < 2:
        return [members]
    gap = [
        min(rects[i][1] for i in after) - max(rects[i][3] for i in before)
        for before, after in pairwise(groups)
    ]
    cut = int(np.argmax(gap)) + 1
    return [list(chain(*groups[:cut])), list(chain(*groups[cut:]))]


def _gaps(members: list[int], rects: Sequence[Rect], *, axis: int) -> list[list[int]]:
    groups: list[list[int]] = []
    reach = -math.inf
    for member in sorted(members, key=lambda i: rects[i][axis]):
        if rects[member][axis] >= reach:
            groups.append([])
        groups[-1].append(member)
        reach = max(reach, rects[member][axis + 2])
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
