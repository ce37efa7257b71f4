"""Pictures that nobody on this project made, against themselves saved again as JPEG."""

from collections.abc import Iterator

import pytest
from PIL import Image

from components.errors import ImageError
from components.images import decode_upright
from components.pixels import compare
from tests.support.paths import SHARED as SHARED_FILES
from tests.unit.pixels.pictures import file

FOLDER = SHARED_FILES / "data/images"
SUFFIXES = {".avif", ".gif", ".jpg", ".mpo", ".png", ".webp"}
FILES = sorted(p for p in FOLDER.rglob("*") if p.suffix in SUFFIXES)

pytestmark = pytest.mark.skipif(not FILES, reason="the real images aren't here")


def opened() -> Iterator[tuple[str, Image.Image]]:
    for path in FILES:
        try:
            yield path.name, decode_upright(path.read_bytes(), 1600)
        except ImageError:
            continue


@pytest.mark.filterwarnings("ignore")
def test_compression_makes_regions_of_hardly_any_picture() -> None:
    found = {
        name: len(compare(one, file(one, "JPEG", quality=85)).regions) for name, one in opened()
    }
    assert len(found) > 400
    differing = sorted(name for name, regions in found.items() if regions)
    assert len(differing) <= 0.03 * len(found), differing
