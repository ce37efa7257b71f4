"""Files that trip image code up, made on the spot: nothing here is stored."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 220), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, WHITE)


def quadrants(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green / blue, white: every turn and mirror looks different."""
    im = Image.new("RGB", (width, height), WHITE)
    im.paste(RED, (0, 0, width // 2, height // 2))
    im.paste(GREEN, (width // 2, 0, width, height // 2))
    im.paste(BLUE, (0, height // 2, width // 2, height))
    return im


def encoded(im: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    im.save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    im = Image.open(BytesIO(content))
    im.load()
    return im


def corners(content: bytes) -> list[tuple[int, ...]]:
    """The colours in the middle of the quadrants, in reading order."""
    im = opened(content).convert("RGB")
    places = [(x, y) for y in (1, 3) for x in (1, 3)]
    found = [im.getpixel((x * im.width // 4, y * im.height // 4)) for x, y in places]
    return [tuple(c) for c in found if isinstance(c, tuple)]


def near(one: tuple[int, ...], other: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def oriented(kind: str, orientation: int, size: tuple[int, int] = (96, 64)) -> bytes:
    """`quadrants` stored so that `orientation` turns them upright."""
    backwards = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    im = quadrants(*size)
    if orientation in backwards:
        im = im.transpose(backwards[orientation])
    return encoded(im, kind, exif=exif(orientation), quality=95)


def exif(orientation: int, *, place: bool = False) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    if place:
        tags.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 14.0), 3: "E", 4: (11.0, 34.0, 31.0)})
    return tags.tobytes()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int,
    height: int,
    depth: int,
    colour: int,
    rows: bytes,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A PNG written by hand: `rows` with their filter bytes, `before` and `after` the data."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(rows))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + data + after + chunk(b"IEND", b"")
    )


def jpeg_with(data: bytes, marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment, right after its start."""
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


def frames(count: int, kind: str) -> bytes:
    """An animation, every frame different."""
    first, *more = [Image.new("RGB", (40, 30), (i * 40 % 256, 90, 200)) for i in range(count)]
    return encoded(first, kind, save_all=True, append_images=more, duration=50)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def lab_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def p3_profile() -> bytes:
    """Display P3: the sRGB profile with other primaries (Bradford-adapted to D50)."""
    profile = bytearray(srgb_profile())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for i in range(struct.unpack_from(">I", profile, 128)[0]):
        tag, offset, _ = struct.unpack_from(">4sII", profile, 132 + 12 * i)
        if tag in primaries:
            values = (round(v * 65536) for v in primaries[tag])
            struct.pack_into(">3i", profile, offset + 8, *values)
    return bytes(profile)
