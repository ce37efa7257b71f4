"""Two pictures compared pixel by pixel, without a model.

`compare` lays B over A (sizes, small shifts and turns removed) and says what differs: a
similarity figure, the share of changed pixels, boxes. `draw` makes pictures of it. The reader's
own comparison uses `difference`, `changed` and `find_regions`. Imports images and nothing above.
"""

from components.pixels.align import align
from components.pixels.compare import compare
from components.pixels.difference import changed, difference
from components.pixels.draw import (
    boxes_on_a,
    boxes_on_b,
    heat_map,
    overlay,
    picture_a,
    picture_b,
)
from components.pixels.regions import find_regions
from components.pixels.similarity import ssim
from components.pixels.types import Alignment, PixelComparison, Region

__all__ = [
    "Alignment",
    "PixelComparison",
    "Region",
    "align",
    "boxes_on_a",
    "boxes_on_b",
    "changed",
    "compare",
    "difference",
    "find_regions",
    "heat_map",
    "overlay",
    "picture_a",
    "picture_b",
    "ssim",
]
