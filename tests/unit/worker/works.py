"""What the tests let a process do."""

import os
import signal
import time
from collections.abc import Iterator

from components.errors import ImageError


def parts(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def refused(content: bytes) -> Iterator[int]:
    yield 1
    raise ImageError("image_format", name="红.bmp", format="BMP")


def faulty(content: bytes) -> Iterator[int]:
    yield 1
    raise KeyError("a fault of ours")


def killed(content: bytes) -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)


def endless(content: bytes) -> Iterator[int]:
    while True:
        yield 1
        time.sleep(0.1)


def enormous(content: bytes) -> Iterator[int]:
    yield len(bytearray(4_000_000_000))


def environment(content: bytes) -> Iterator[dict[str, str]]:
    yield dict(os.environ)


def process(content: bytes) -> Iterator[int]:
    yield os.getpid()
