"""Thousands of damaged files: nothing but ImageError may come of them, and quickly."""

import random
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field

from PIL import Image

from components.errors import ImageError
from components.images import DEFAULT, ImagePolicy, prepare_image
from tests.unit.images.make import encoded, exif, frames, p3_profile, quadrants

_POLICIES = (DEFAULT, DEFAULT, ImagePolicy(first_frame=True), ImagePolicy(as_is=True))
_SLICE = 64


@dataclass
class Outcome:
    """What came of a run. strays: exceptions other than ImageError, with what made them."""

    prepared: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    strays: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0

    def __str__(self) -> str:
        refused = ", ".join(f"{code} {n}" for code, n in self.refused.most_common())
        return (
            f"prepared {self.prepared}; refused {self.refused.total()} ({refused}); "
            f"strays {self.strays[:5]}; slowest {self.slowest * 1e3:.0f} ms"
        )


def originals() -> list[bytes]:
    """Small files of every format and of most features."""
    im = quadrants(80, 60)
    noise = Image.effect_noise((48, 40), 80)
    block = exif(6, place=True)
    return [
        encoded(im, "JPEG", exif=block, icc_profile=p3_profile()),
        encoded(noise.convert("RGB"), "JPEG", progressive=True, quality=70),
        encoded(im.convert("CMYK"), "JPEG"),
        encoded(noise, "JPEG", restart_marker_blocks=2),
        encoded(im, "MPO", save_all=True, append_images=[im]),
        encoded(im, "PNG", exif=block, icc_profile=p3_profile()),
        encoded(im.convert("RGBA"), "PNG"),
        encoded(im.convert("P"), "PNG", transparency=0),
        encoded(noise.convert("I;16"), "PNG"),
        frames(3, "PNG"),
        encoded(im, "WEBP", exif=block, icc_profile=p3_profile()),
        encoded(im.convert("RGBA"), "WEBP", lossless=True),
        frames(3, "WEBP"),
        encoded(im, "GIF"),
        frames(3, "GIF"),
        encoded(im, "AVIF", exif=block, speed=10),
        encoded(im, "HEIF", exif=block),
    ]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """`data` damaged in one to four places: bytes changed, filled, cut out or repeated."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if not found:
            break
        at = rng.randrange(len(found))
        # Headers decide most, so half of the damage goes there.
        at = min(at, rng.randrange(1, 300)) if rng.random() < 0.5 else at
        size = rng.randint(1, _SLICE)
        match rng.randrange(12):
            case 0:
                del found[at : at + size]
            case 1:
                found[at:at] = found[at : at + size]
            case 2:
                found[at : at + size] = bytes([rng.choice((0, 0xFF))]) * size
            case 3:
                found = found[: at + 1] if rng.random() < 0.3 else found
            case kind:
                value = rng.randrange(256) if kind % 2 else rng.choice((0, 1, 0x7F, 0x80, 0xFF))
                found[at : at + 1] = bytes([value])
    damaged = bytes(found or b"\0")
    # Otherwise a PNG's checksums would hide what lies behind them.
    return checksummed(damaged) if rng.random() < 0.8 else damaged


def checksummed(data: bytes) -> bytes:
    """A PNG with its checksums made right again; anything else as it is."""
    found, pos = bytearray(data), 8
    while data[:4] == b"\x89PNG" and pos + 12 <= len(data):
        end = pos + 8 + int.from_bytes(data[pos : pos + 4], "big")
        if end + 4 > len(data):
            break
        found[end : end + 4] = zlib.crc32(data[pos + 4 : end]).to_bytes(4, "big")
        pos = end + 4
    return bytes(found)


def run_mutations(count: int, seed: int) -> Outcome:
    """Prepare `count` mutated files."""
    rng, outcome, sources = random.Random(seed), Outcome(), originals()
    for i in range(count):
        data = mutate(sources[i % len(sources)], rng)
        start = time.perf_counter()
        try:
            prepare_image(data, "m", model="gpt-4o", policy=rng.choice(_POLICIES))
            outcome.prepared += 1
        except ImageError as error:
            outcome.refused[error.code] += 1
        except Exception as error:
            outcome.strays.append((i, repr(error)[:200]))
        outcome.slowest = max(outcome.slowest, time.perf_counter() - start)
    return outcome
