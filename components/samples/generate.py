"""Draws the sample pictures again: `python -m components.samples.generate [folder]`.

Nobody who uses the app needs to run this; the pictures are kept in `pictures/`. It needs the
fonts named in drawing/fonts.py. The same Pillow and fonts give the same pixels.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from components.samples.drawing import (
    cars,
    chart,
    code,
    comic,
    dogs,
    fonts,
    pair,
    paper,
    physics,
    seeds,
    shop_sign,
    sketch,
    stadium_sign,
)

PICTURES = Path(__file__).with_name("pictures")
_SINGLE: dict[str, Callable[[], Image.Image]] = {
    "shop_sign": shop_sign.draw,
    "stadium_sign": stadium_sign.draw,
    "seeds": seeds.draw,
    "cars": cars.draw,
    "dogs": dogs.draw,
    "chart": chart.draw,
    "sketch": sketch.draw,
    "comic": comic.draw,
    "paper": paper.draw,
    "code": code.draw,
    "physics": physics.draw,
}
# Sharp edges are smaller and cleaner without loss, in as many colours as are needed (None: all).
# The pair must have no traces of compression: it differs only where it is said to.
_LOSSLESS = {"chart": 64, "paper": 64, "pair_a": None, "pair_b": None}
_QUALITY = 80


def drawn() -> Iterator[tuple[str, Image.Image]]:
    """Every picture as (file name without ending, picture), freshly drawn."""
    for name, draw in _SINGLE.items():
        yield name, draw()
    first, second = pair.draw()
    yield "pair_a", first
    yield "pair_b", second


def save(name: str, picture: Image.Image, folder: Path) -> Path:
    """Write a picture as WebP into `folder`."""
    path = folder / f"{name}.webp"
    if name in _LOSSLESS:
        if colours := _LOSSLESS[name]:
            picture = picture.quantize(colours, Image.Quantize.MAXCOVERAGE).convert("RGB")
        picture.save(path, lossless=True, quality=100, method=6)
    else:
        picture.save(path, quality=_QUALITY, method=6)
    return path


def main(folder: Path = PICTURES) -> None:
    if lacking := fonts.missing():
        sys.exit(f"Fonts not found on this machine: {', '.join(lacking)}")
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, picture in drawn():
        path = save(name, picture, folder)
        total += path.stat().st_size
        print(f"{path.name:20} {picture.width:4} x {picture.height:4} {path.stat().st_size:8,} B")
    print(f"{'together':20} {total:20,} B")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
