"""Sharpness, light and direction of text: figures, and the plain word for each."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.settings import number, whole


@dataclass(frozen=True)
class Sharpness:
    """word: "sharp", "soft", "blurred", or "flat" (too little in it to tell).

    variance: of the Laplacian at a long side of 1024 px, in the sharpest tenth of those parts of
    the picture that aren't plain.
    """

    word: str
    variance: float


@dataclass(frozen=True)
class Light:
    """Brightness (mean) and contrast (1st to 99th percentile of those parts that
    aren't plain) in percent, and a word for each."""

    brightness: float
    brightness_word: str
    contrast: float
    contrast_word: str


@dataclass(frozen=True)
class Direction:
    """quarter: 0, 90, 180, 270 degrees clockwise; tilt: further degrees clockwise, -45 to 45.

    mixed: a good part of the text stands another way.
    """

    quarter: int
    tilt: float
    mixed: bool


def sharpness(image: Image.Image) -> Sharpness:
    """How sharp the sharpest parts of an RGB picture are; a plain background doesn't count."""
    grey = _grey(image, whole("sharpness", "side"))
    if min(grey.shape) < 3:
        return Sharpness("flat", 0.0)
    inner = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    laplacian = around - 4 * inner
    least = number("sharpness", "flat_below")
    pairs = zip(_tiles(inner), _tiles(laplacian), strict=True)
    parts = [float(edges.var()) for part, edges in pairs if part.size and part.std() >= least]
    if not parts:
        return Sharpness("flat", 0.0)
    variance = float(np.percentile(parts, 90))
    if variance < number("sharpness", "blurred_below"):
        return Sharpness("blurred", variance)
    soft = variance < number("sharpness", "soft_below")
    return Sharpness("soft" if soft else "sharp", variance)


def light(image: Image.Image) -> Light:
    """Brightness and contrast of an RGB picture."""
    grey = _grey(image, whole("sharpness", "side")) / 2.55
    brightness = float(grey.mean())
    # A plain background, however large, says nothing about how what is on it stands out.
    least = number("sharpness", "flat_below") / 2.55
    drawn = [part.ravel() for part in _tiles(grey) if part.size and part.std() >= least]
    low, high = np.percentile(np.concatenate(drawn) if drawn else grey, [1, 99])
    contrast = float(high - low)
    return Light(
        brightness,
        _word(brightness, ("dark", "medium", "bright"), "dark_below", "bright_above"),
        contrast,
        _word(contrast, ("low", "medium", "high"), "low_contrast_below", "high_contrast_above"),
    )


def direction(lines: Sequence[TextLine]) -> Direction | None:
    """How the text stands, longer lines counting more; None with hardly any text."""
    if sum(len(line.text) for line in lines) < whole("direction", "least_text"):
        return None
    votes: Counter[int] = Counter()
    for line in lines:
        votes[_quarter(line.angle)] += len(line.text)
    quarter, most = votes.most_common(1)[0]
    # Boxes of single characters lean at random.
    long = [one for one in lines if len(one.text) >= whole("direction", "tilt_length")]
    tilts = [_tilt(line.angle) for line in long if _quarter(line.angle) == quarter]
    return Direction(quarter, float(np.median(tilts or [0.0])), most < 0.8 * votes.total())


def ratio_name(width: int, height: int) -> str:
    """The shape as a usual ratio ("3:2") when it is one within 1 %, else as in "1.85:1"."""
    for across, down in ((1, 1), (5, 4), (4, 3), (3, 2), (16, 10), (16, 9), (2, 1), (21, 9)):
        for a, b in ((across, down), (down, across)):
            if math.isclose(width / height, a / b, rel_tol=0.01):
                return f"{a}:{b}"
    ratio = max(width, height) / min(width, height)
    figure = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
    return f"{figure}:1" if width > height else f"1:{figure}"


def _tiles(values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    count = whole("sharpness", "tiles")
    bands = np.array_split(values, count, axis=0)
    return [part for band in bands for part in np.array_split(band, count, axis=1)]


def _grey(image: Image.Image, side: int) -> NDArray[np.float64]:
    small = image.convert("L")
    small.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(small, np.float64)


def _word(value: float, words: tuple[str, str, str], below: str, above: str) -> str:
    if value < number("light", below):
        return words[0]
    return words[2] if value > number("light", above) else words[1]


def _quarter(angle: float) -> int:
    return round(angle / 90) % 4 * 90


def _tilt(angle: float) -> float:
    return (angle + 45) % 90 - 45
