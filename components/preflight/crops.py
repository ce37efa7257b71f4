"""Where to cut: crops that keep text legible, and parts of a picture of extreme shape."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from components.errors import ImageError
from components.images.geometry import Size, target_size
from components.preflight.lines import Line
from components.preflight.settings import number, whole
from components.preflight.types import Box


def scale_at(model: str, size: Size, detail: str, host: str = "") -> float:
    """The model's pixels per pixel of a picture of `size`, 0 where it refuses it."""
    try:
        seen = target_size(model, size, detail, "", host)
    except ImageError:
        return 0.0
    return min(seen[0] / size[0], seen[1] / size[1])


def text_crops(
    lines: Sequence[Line],
    size: Size,
    model: str,
    detail: str,
    *,
    at_least: float = 0.0,
    host: str = "",
) -> tuple[Box, ...]:
    """The fewest crops of a picture of `size` in which the model can read `lines`, () where there
    are none (or too many).

    Lines too small in the original are no crop's business. at_least: a scale that every crop has
    to exceed, for lines that got lost although their height was enough.
    """
    helped = [line for line in lines if line.height >= line.needed]
    if not helped:
        return ()
    wanted = max(max(line.needed / line.height for line in helped), min(1.0, at_least))
    tallest = max(min(line.box[3] - line.box[1], line.box[2] - line.box[0]) for line in helped)
    around = _around([line.box for line in helped], round(tallest * number("crop", "margin")), size)
    for columns, rows in _grids(whole("crop", "most")):
        cells = _cells(around, columns, rows, round(tallest * number("crop", "overlap")))
        used = tuple(cell for cell in cells if any(_centre_in(line.box, cell) for line in helped))
        if all(scale_at(model, _size(cell), detail, host) >= wanted for cell in used):
            return () if used == ((0, 0, *size),) else used
    return ()


def shape_parts(size: Size, model: str, detail: str, host: str = "") -> tuple[Box, ...]:
    """Overlapping parts along the long side, each of which the model sees (almost) unshrunk, or as
    many as are allowed."""
    width, height = size
    parts: tuple[Box, ...] = ()
    for count in range(2, whole("shape", "split_most") + 1):
        grid = (count, 1) if width >= height else (1, count)
        overlap = round(max(size) / count * number("shape", "split_overlap"))
        parts = tuple(_cells((0, 0, width, height), *grid, overlap))
        keeps = min(scale_at(model, _size(part), detail, host) for part in parts)
        if keeps >= number("shape", "split_keeps"):
            break
    return parts


def _grids(most: int) -> Iterator[tuple[int, int]]:
    """(columns, rows), fewest cells first; bands before columns, because lines lie."""
    grids = [(c, r) for c in range(1, most + 1) for r in range(1, most + 1) if c * r <= most]
    yield from sorted(grids, key=lambda grid: (grid[0] * grid[1], grid[0]))


def _cells(around: Box, columns: int, rows: int, overlap: int) -> Iterator[Box]:
    left, top, right, bottom = around
    for upper, lower in _spans(top, bottom, rows, overlap):
        for start, end in _spans(left, right, columns, overlap):
            yield start, upper, end, lower


def _spans(start: int, end: int, count: int, overlap: int) -> list[tuple[int, int]]:
    """`count` equal spans, each reaching into its neighbours by `overlap`."""
    edges = [start + (end - start) * n // count for n in range(count + 1)]
    return [
        (max(start, one - overlap * (one > start)), min(end, other + overlap * (other < end)))
        for one, other in pairwise(edges)
    ]


def _around(boxes: Sequence[Box], margin: int, size: Size) -> Box:
    return (
        max(0, min(box[0] for box in boxes) - margin),
        max(0, min(box[1] for box in boxes) - margin),
        min(size[0], max(box[2] for box in boxes) + margin),
        min(size[1], max(box[3] for box in boxes) + margin),
    )


def _centre_in(box: Box, cell: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def _size(box: Box) -> Size:
    return box[2] - box[0], box[3] - box[1]
