"""A picture as a person sees it, to be looked at rather than sent."""

from PIL import Image

from components.images.decode import decode
from components.images.formats.header import swap
from components.images.formats.repair import cleaned
from components.images.formats.scan import scan
from components.images.geometry import fit
from components.images.pixels import Rendered, render


def decode_upright(content: bytes, longest: int | None, name: str = "") -> Image.Image:
    """`content` upright, RGB in sRGB, transparency flattened; of an animation the first frame.

    longest: pixels that the long side has at most, None for all of them; never enlarged.
    Decoding a JPEG at half its size or less takes less time. Raises ImageError.
    """
    return shown(content, longest, name).image.convert("RGB")


def shown(content: bytes, longest: int | None, name: str = "") -> Rendered:
    """As decode_upright, L where it is grey, with what became of its transparency."""
    header = scan(content, name)
    size = header.upright if longest is None else fit(header.upright, (longest, longest))
    clean = cleaned(content, header, name)
    return render(decode(clean, header, name, swap(size, header.orientation)), header, size)
