"""Two pictures compared pixel by pixel."""

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from components.pixels.align import align
from components.pixels.describe import same_shape
from components.pixels.difference import changed, difference
from components.pixels.limits import NOISE, REGIONS, SPECK, WORKING_SIDE
from components.pixels.load import Source, full_size, identical, opened
from components.pixels.matrices import after, scale_of, scaling
from components.pixels.regions import find_regions
from components.pixels.similarity import ssim
from components.pixels.types import Mask, Matrix, PixelComparison, Pixels, Plane
from components.pixels.warp import lay

_FINER = 1.05


def compare(
    a: Source,
    b: Source,
    *,
    names: tuple[str, str] = ("A", "B"),
    noise: int = NOISE,
    at_most: int = REGIONS,
    side: int = WORKING_SIDE,
) -> PixelComparison:
    """What differs between two pictures: files, or upright sRGB pictures.

    names: of the files, for errors. noise: steps (0 to 255) up to which a difference is none.
    at_most: regions that are listed. side: pixels of the long side to work at, less where B has
    fewer. Raises ImageError for a file that can't be opened. Touches nothing that is shared: may
    run in any thread.
    """
    sizes = full_size(a, names[0]), full_size(b, names[1])
    # Shrunk once, and not again to A's size: each time blurs.
    b_side = min(side, max(sizes[0])) if same_shape(*sizes) else side
    first, second = opened(a, side, names[0]), opened(b, b_side, names[1])
    same = identical(a, b, (first, second), names)
    pixels = np.asarray(second)
    alignment = align(np.asarray(first), pixels, sizes=sizes)
    if alignment.matrix is None:
        return PixelComparison(same, alignment, sizes[0], first.size, first, second)
    first, matrix = _no_finer(first, alignment.matrix)
    laid, covered = lay(matrix, pixels, first.size)
    return _compared(
        PixelComparison(same, alignment, sizes[0], first.size, first, Image.fromarray(laid)),
        (np.asarray(first), laid, covered),
        noise,
        at_most,
    )


def _compared(
    plain: PixelComparison, aligned: tuple[Pixels, Pixels, Mask], noise: int, at_most: int
) -> PixelComparison:
    """`plain` with all figures. aligned: A, B, and where B reaches."""
    a, b, covered = aligned
    apart = difference(a, b)
    apart[~covered] = 0
    differs = changed(apart, noise)
    regions, more = find_regions(differs, plain.size, at_most=at_most)
    lights = _light(a), _light(b)
    plainly = np.asarray(cv2.absdiff(a, b), np.uint8)
    stand_out = differs.copy()
    if not plain.alignment.steps:  # else each sharp edge does
        stand_out |= covered & (plainly.max(axis=2) > SPECK)
    return replace(
        plain,
        ssim=ssim(*lights, covered),
        share=float(differs.sum()) / max(1, int(covered.sum())),
        mean_difference=_mean(plainly, covered),
        brightness=_mean(lights[1], covered) - _mean(lights[0], covered),
        regions=regions,
        more=more,
        specks=0 if regions else int(stand_out.sum()),
        difference=apart,
        changed=differs,
        covered=covered,
    )


def _no_finer(a: Image.Image, matrix: Matrix) -> tuple[Image.Image, Matrix]:
    """A as coarse as B, and the matrix for it: enlarging B instead would make a difference of
    every sharp edge."""
    scale = scale_of(matrix)
    if scale < _FINER:
        return a, matrix
    size = max(1, round(a.width / scale)), max(1, round(a.height / scale))
    return a.resize(size, Image.Resampling.LANCZOS), after(scaling(a.size, size), matrix)


def _light(pixels: Pixels) -> Plane:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _mean(values: Pixels | Plane, covered: Mask) -> float:
    means = cv2.mean(values, covered.astype(np.uint8))
    channels = values.shape[2] if values.ndim == 3 else 1
    return float(sum(means[:channels])) / channels
