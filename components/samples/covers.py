"""Small covers of the samples, all of one shape, for a gallery."""

import io
from functools import cache

from PIL import Image, ImageOps

from components.samples import samples

SIZE = (400, 280)  # pixels


@cache
def cover(sample_id: str) -> bytes:
    """A WebP of SIZE: the sample's first picture, cut to shape from its upper part.

    Raises KeyError for an unknown id. Twelve of them take about 150 kB.
    """
    sample = {s.id: s for s in samples()}[sample_id]
    _, content = sample.pictures()[0]
    with Image.open(io.BytesIO(content), formats=["WEBP", "PNG"]) as picture:
        fitted = ImageOps.fit(picture.convert("RGB"), SIZE, Image.Resampling.LANCZOS, 0, (0.5, 0.2))
    kept = io.BytesIO()
    fitted.save(kept, "WEBP", quality=82)
    return kept.getvalue()
