"""Text in pictures that only went to a model is found by the search later."""

import hashlib
import io
import threading
import time

from PIL import Image

from components.providers.base import ImagePart, Message, VisionRequest
from components.providers.builtin_reader.reading_process import ReadingProcess
from components.samples import samples
from components.services.ocr_queue import Reading
from tests.support.waiting import until


def request_about(picture: bytes) -> VisionRequest:
    part = ImagePart("sign.webp", "high", original=picture)
    return VisionRequest("m", (Message("user", "What is this?", (part,)),))


def sign(shade: int) -> bytes:
    """A sample with one pixel of its own, so that nobody has read it before."""
    content = next(s for s in samples() if s.id == "shop_sign").pictures()[0][1]
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    picture.putpixel((0, 0), (shade, 7, 11))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_that_went_to_a_model_is_read_once_nothing_runs() -> None:
    kept: list[tuple[str, str, str]] = []
    busy = threading.Event()
    busy.set()
    reading = Reading(lambda *row: kept.append(row), busy.is_set, ReadingProcess())
    picture = sign(201)
    reading.after("me", request_about(picture))
    time.sleep(0.3)
    assert not kept
    busy.clear()
    until(lambda: kept, 60)  # a process is started for it
    reading.stop()
    owner, digest, text = kept[0]
    assert (owner, digest) == ("me", hashlib.sha256(picture).hexdigest())
    assert len(text) > 3


def test_nothing_is_read_where_that_is_switched_off() -> None:
    kept: list[tuple[str, str, str]] = []
    reading = Reading(lambda *row: kept.append(row), lambda: False, ReadingProcess(), later=False)
    reading.after("me", request_about(sign(202)))
    time.sleep(0.3)
    assert not kept
