"""Real images that nobody on this project made: Pillow's test files and EXIF samples."""

import threading
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from components.errors import ImageError
from components.images import (
    ImagePolicy,
    PreparedImage,
    decode_upright,
    inspect_image,
    prepare_image,
)
from tests.support.paths import SHARED as SHARED_FILES
from tests.unit.images.make import opened

FOLDER = SHARED_FILES / "data/images"
SUFFIXES = {".avif", ".gif", ".jpg", ".mpo", ".png", ".webp"}
FILES = sorted(p for p in FOLDER.rglob("*") if p.suffix in SUFFIXES)
SECONDS = 2.0
MODEL = "gpt-4o"

pytestmark = pytest.mark.skipif(not FILES, reason="the real images aren't here")


@cache
def prepared(path: Path, policy: ImagePolicy) -> PreparedImage | ImageError:
    """In a thread, so that a hang fails instead of hanging the suite."""
    result: list[PreparedImage | ImageError | BaseException] = []

    def work() -> None:
        try:
            result.append(prepare_image(path.read_bytes(), path.name, model=MODEL, policy=policy))
        except BaseException as error:
            result.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    # Ten times what is allowed: a hang is caught, a busy machine isn't.
    thread.join(SECONDS * 10)
    assert result, f"{path.name} hangs"
    found = result[0]
    if isinstance(found, ImageError | PreparedImage):
        return found
    raise found


@cache
def upright_by_pillow(path: Path) -> tuple[int, int] | None:
    """Pillow's opinion of the upright size, None if it can't open the file."""
    try:
        with Image.open(path) as im:
            return ImageOps.exif_transpose(im).size
    except Exception:
        return None


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.filterwarnings("ignore")
def test_a_real_file_is_prepared_upright_or_refused_by_name(path: Path) -> None:
    for policy in (ImagePolicy(), ImagePolicy(first_frame=True, jpeg_only=True)):
        found = prepared(path, policy)
        if isinstance(found, ImageError):
            assert found.data["name"] == path.name
            continue
        original = (found.original_width, found.original_height)
        expected = upright_by_pillow(path)
        assert expected is None or original == expected
        assert opened(found.content).size == (found.width, found.height)
        assert found.width <= original[0]
        assert found.height <= original[1]
        again = prepare_image(
            found.content, path.name, model=MODEL, policy=ImagePolicy(jpeg_only=policy.jpeg_only)
        )
        assert again.content == found.content


# What Pillow opens and we refuse, and why: anything else it opens must be prepared.
REFUSED_ON_PURPOSE = {"image_animated"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.filterwarnings("ignore")
def test_what_pillow_decodes_is_not_refused_as_broken(path: Path) -> None:
    try:
        with Image.open(path) as im:
            im.load()
    except Exception:
        return
    found = prepared(path, ImagePolicy())
    assert isinstance(found, PreparedImage) or found.code in REFUSED_ON_PURPOSE


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.filterwarnings("ignore")
def test_what_is_sent_shows_what_the_file_shows(path: Path) -> None:
    found = prepared(path, ImagePolicy())
    if isinstance(found, ImageError):
        return
    size = found.width, found.height
    shown = decode_upright(path.read_bytes(), None).resize(size, Image.Resampling.LANCZOS)
    sent = decode_upright(found.content, None)
    apart = np.abs(np.asarray(shown).astype(int) - np.asarray(sent)).mean()
    assert apart < 6


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
@pytest.mark.filterwarnings("ignore")
def test_inspecting_agrees_with_preparing(path: Path) -> None:
    try:
        info = inspect_image(path.read_bytes(), path.name)
    except ImageError:
        assert isinstance(prepared(path, ImagePolicy()), ImageError)
        return
    found = prepared(path, ImagePolicy())
    if isinstance(found, PreparedImage):
        assert (info.width, info.height) == (found.original_width, found.original_height)
    if info.animated:
        assert isinstance(found, ImageError)
        assert found.code == "image_animated"


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_all_orientations_of_one_picture_look_the_same(shape: str) -> None:
    pictures = []
    for path in sorted(FOLDER.rglob(f"{shape}_?.jpg")):
        made = prepare_image(path.read_bytes(), path.name, model=MODEL, detail="low")
        small = opened(made.content).convert("RGB").resize((64, 64))
        pictures.append(np.asarray(small).astype(int))
    assert len(pictures) == 9
    for other in pictures[1:]:
        # The number of the orientation is written in the picture, hence not exactly alike.
        assert np.abs(pictures[0] - other).mean() < 12
