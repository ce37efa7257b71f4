"""Small covers of the samples, all of one shape, for a gallery."""

import hashlib
import io
from functools import cache

from PIL import Image, ImageOps

from components.samples import sample

SIZE = (240, 168)  # pixels; the gallery shows them 154 wide at most
QUALITY = 55


@cache
def cover(sample_id: str) -> bytes:
    """A WebP of SIZE: the sample's first picture, cut to shape from its upper part.

    Raises KeyError for an unknown id. Twelve of them take about 50 kB.
    """
    _, content = sample(sample_id).pictures()[0]
    with Image.open(io.BytesIO(content), formats=["WEBP", "PNG"]) as picture:
        fitted = ImageOps.fit(picture.convert("RGB"), SIZE, Image.Resampling.LANCZOS, 0, (0.5, 0.2))
    kept = io.BytesIO()
    fitted.save(kept, "WEBP", quality=QUALITY, method=6)
    return kept.getvalue()


@cache
def version(sample_id: str) -> str:
    """Another one where the cover is another: with it in the address, browsers may keep a cover.

    Raises KeyError for an unknown id.
    """
    made_of = repr((SIZE, QUALITY)).encode() + sample(sample_id).pictures()[0][1]
    return hashlib.sha256(made_of).hexdigest()[:8]
