"""The main colours of a picture, with names."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.providers.builtin_reader.settings import load, number, whole

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Colour:
    """name: a key of colours.toml; hex: "#rrggbb", the most frequent shade; share: 0 to 1."""

    name: str
    hex: str
    share: float


def main_colours(image: Image.Image) -> list[Colour]:
    """Up to five colours of an RGB picture, largest share first.

    Shades are grouped (median cut), named in CIE Lab, and shades of one name added up.
    """
    side = whole("colours", "sample_side")
    # Nearest, because mixing neighbours would invent colours along every edge.
    sample = image.resize(
        (min(side, image.width), min(side, image.height)), Image.Resampling.NEAREST
    )
    shades = sample.quantize(whole("colours", "clusters"), method=Image.Quantize.MEDIANCUT)
    palette = np.array(shades.getpalette() or [], np.uint8).reshape(-1, 3)
    counts = np.bincount(np.asarray(shades).ravel(), minlength=len(palette))
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for rgb, count in zip(palette, counts, strict=False):
        if count:
            named[name_of(rgb)].append((int(count), "#{:02x}{:02x}{:02x}".format(*rgb)))
    total = int(counts.sum())
    colours = [
        Colour(name, max(shades)[1], sum(count for count, _ in shades) / total)
        for name, shades in named.items()
    ]
    colours.sort(key=lambda colour: -colour.share)
    enough = [colour for colour in colours if colour.share >= number("colours", "min_share")]
    return enough[: whole("colours", "shown")]


def name_of(rgb: NDArray[np.uint8]) -> str:
    """The name (a key of colours.toml) nearest to an RGB value 0-255."""
    names, labs = _named()
    return names[int(np.linalg.norm(labs - _lab(rgb[None]), axis=1).argmin())]


@cache
def _named() -> tuple[list[str], _Floats]:
    names, values = [], []
    for name, shades in load("colours").items():
        assert isinstance(shades, list)
        for shade in shades:
            names.append(name)
            values.append([int(shade[at : at + 2], 16) for at in (1, 3, 5)])
    return names, _lab(np.array(values, np.uint8))


def _lab(rgb: NDArray[np.uint8]) -> _Floats:
    """sRGB 0-255 (n x 3) as CIE L*a*b*, D65 (IEC 61966-2-1, CIE 15)."""
    part = rgb.astype(np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = bent.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)
