"""What every way of counting shares: the result, and whole-number geometry.

All of it is integer arithmetic, so that a size on a boundary never depends on how a platform
rounds a division.
"""

from typing import NamedTuple, Protocol

Size = tuple[int, int]


class Count(NamedTuple):
    """tokens: None when the API rejects the image. resized: pixels the model sees.
    grid: (columns, rows) of tiles or patches, None where there is none."""

    tokens: int | None
    resized: Size
    grid: Size | None


class Note(Protocol):
    """Is told each step of a count as it is taken: a code (its text is `cost.steps.<code>`) with
    numbers. The last step's `tokens` is the count. A step that cuts the image up has `side`,
    `columns` and `rows`; one that changes its size has `width` and `height`, in px."""

    def __call__(self, code: str, **data: int | float | str) -> None: ...


def unnoted(code: str, **data: int | float | str) -> None:
    """For counts that nobody wants explained."""


class ImageRule(Protocol):
    """Counts the tokens of one image. tolerance: the figure is right within +- this many.

    The steps that people are shown are noted where the numbers are made, so that an explanation
    can't say anything but what was counted.
    """

    @property
    def tolerance(self) -> int: ...

    def count(self, size: Size, detail: str, fidelity: str, note: Note = unnoted) -> Count: ...


def ceil_div(value: int, by: int) -> int:
    """value / by, rounded up."""
    return -(-value // by)


def fit_edge(size: Size, edge: int) -> Size:
    """`size` shrunk until its longest side is `edge`, to the nearest pixel; never enlarged.

    OpenAI's bills settle the rounding: 2049 x 513 becomes 2048 x 513, 2050 x 513 2048 x 512.
    """
    longest = max(size)
    return size if longest <= edge else scale(size, edge, longest)


def scale(size: Size, numerator: int, denominator: int) -> Size:
    """`size` times numerator / denominator, to the nearest pixel (halves up), at least 1 x 1."""
    width, height = size
    return (
        max(1, (2 * width * numerator + denominator) // (2 * denominator)),
        max(1, (2 * height * numerator + denominator) // (2 * denominator)),
    )


def squares(size: Size, side: int) -> Size:
    """(columns, rows) of squares of `side` px that cover `size`."""
    return ceil_div(size[0], side), ceil_div(size[1], side)
