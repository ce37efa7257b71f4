"""What comes out of a comparison. Pixels are those of the first picture, upright."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""
Plane = NDArray[np.uint8]
"""Shape (height, width), 0 to 255."""
Mask = NDArray[np.bool_]
"""Shape (height, width)."""
Matrix = NDArray[np.float64]
"""Shape (2, 3): (x, y, 1) of one picture -> (x, y) of another, pixel centres on whole numbers."""

Box = tuple[int, int, int, int]
"""left, top, right, bottom; right and bottom are outside."""
Step = Literal["mirrored", "scaled", "shifted", "turned"]
Reason = Literal["", "ratio", "no_match"]


@dataclass(frozen=True, eq=False)
class Alignment:
    """How B lies on A. Texts: `compare.pixels.step.<step>` and `compare.pixels.reason.<reason>`.

    reason: "" when it does; "ratio": too different in shape, nothing can be laid over;
    "no_match": they seem to show different things, B lies on A as it is. steps: what was done,
    in order; what follows "mirrored" is done to B's mirror image. scale: pixels of A per pixel
    of B. shift: (right, down) in pixels of A from A's
    upper left corner to B's, before B is turned about its own centre; turn: degrees clockwise.
    overlap: share of A that B covers. matrix: B onto A, None with "ratio".
    """

    reason: Reason = ""
    steps: tuple[Step, ...] = ()
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0
    overlap: float = 1.0
    matrix: Matrix | None = field(default=None, repr=False)

    @property
    def possible(self) -> bool:
        """Whether B could be laid over A at all."""
        return self.matrix is not None


@dataclass(frozen=True)
class Region:
    """A part that differs. box: in pixels of the first picture. changed: pixels of it that
    differ, in pixels of the first picture, too."""

    box: Box
    changed: int


@dataclass(frozen=True, eq=False)
class PixelComparison:
    """Two pictures compared pixel by pixel.

    identical: "bytes" (one and the same file), "pixels" (each pixel alike at full size), or "".
    size: of A in pixels; working_size: at which they were compared. ssim: -1 to 1, 1 is alike;
    share: of the overlapping pixels that differ by more than noise, 0 to 1; mean_difference: of
    the channels, 0 to 255, noise included; brightness: of B minus A, -255 to 255. All None when
    nothing can be laid over. regions: largest box first; more: how many aren't listed. specks:
    pixels at the working size that stand out where there is no region.

    a, b: RGB at the working size, B aligned, grey where it doesn't reach; b isn't aligned when
    that is impossible. difference: 0 to 255 per pixel; changed: above noise; covered: by B.
    """

    identical: Literal["", "bytes", "pixels"]
    alignment: Alignment
    size: tuple[int, int]
    working_size: tuple[int, int]
    a: Image.Image = field(repr=False)
    b: Image.Image = field(repr=False)
    ssim: float | None = None
    share: float | None = None
    mean_difference: float | None = None
    brightness: float | None = None
    regions: tuple[Region, ...] = ()
    more: int = 0
    specks: int = 0
    difference: Plane | None = field(default=None, repr=False)
    changed: Mask | None = field(default=None, repr=False)
    covered: Mask | None = field(default=None, repr=False)
