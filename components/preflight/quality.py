"""Sharpness, light and contrast of a picture, at no more pixels than the model sees.

What a person can't make out at that size the model can't either, so a sharp photo that arrives
as a stamp is judged as a stamp. Quick enough to be done while the page is drawn: a JPEG gives up
its brightness alone, scaled while it is decoded.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

from components.errors import ImageError
from components.images import ImageInfo, shown
from components.images.geometry import Size, fit
from components.preflight.settings import number, whole
from components.providers.builtin_reader.measure import light, sharpness

Trouble = Literal["blurred", "dark", "low_contrast"]
_ENOUGH = 0.75  # of the wanted size: a JPEG scaled to that is measured as it is


@dataclass(frozen=True)
class Look:
    """size: (width, height) in pixels that were measured. sharpness: variance of the Laplacian
    over contrast squared, None for a picture too plain to tell. brightness, contrast: percent.
    hidden: something drawn has the colour of the ground that replaces transparency."""

    size: Size
    sharpness: float | None
    brightness: float
    contrast: float
    hidden: bool = False

    @property
    def trouble(self) -> Trouble | None:
        """What is worst about the picture; a dark one's sharpness says nothing more."""
        dark = self.brightness < number("look", "dark_below")
        if dark and self.contrast < number("look", "dark_contrast"):
            return "dark"
        if self.contrast < number("look", "contrast_below"):
            return "low_contrast"
        if self.sharpness is not None and self.sharpness < number("look", "blurred_below"):
            return "blurred"
        return None


def measured_size(seen: Size) -> Size:
    """The size at which a picture is measured that the model sees at `seen`."""
    side = whole("look", "side")
    return fit(seen, (side, side))


def look(content: bytes, name: str, info: ImageInfo, seen: Size) -> Look:
    """Measure an accepted picture. info: of `content`; seen: (width, height) in pixels that the
    model gets. Raises ImageError."""
    size = fit((info.width, info.height), measured_size(seen))
    image, hidden = _small(content, name, info, size)
    found, lit = sharpness(image), light(image)
    contrast = max(lit.contrast, 1.0) / 100
    sharp = None if found.word == "flat" else found.variance / contrast**2
    return Look(image.size, sharp, lit.brightness, lit.contrast, hidden)


def _small(content: bytes, name: str, info: ImageInfo, size: Size) -> tuple[Image.Image, bool]:
    image = _grey_jpeg(content, name, size) if info.format == "jpeg" else None
    hidden = False
    if image is None:
        found = shown(content, max(size), name)
        image, hidden = found.image.convert("L"), found.hidden
    # Which way up doesn't matter here, so the longer sides are matched.
    longest = max(size)
    if max(image.size) > longest:
        image = image.resize(fit(image.size, (longest, longest)), Image.Resampling.BOX)
    return image, hidden


def _grey_jpeg(content: bytes, name: str, size: Size) -> Image.Image | None:
    """A JPEG's brightness, scaled while decoding; None for one of another colour space."""
    try:
        image = Image.open(BytesIO(content), formats=("JPEG",))
        if image.mode not in ("L", "RGB"):
            return None
        least = max(1, int(min(size) * _ENOUGH))
        longest = max(1, int(max(size) * _ENOUGH))
        wide = image.width >= image.height
        image.draft("L", (longest, least) if wide else (least, longest))
        return image.convert("L")
    except Exception as error:  # Pillow raises a dozen types on broken files
        raise ImageError("image_damaged", name=name) from error
