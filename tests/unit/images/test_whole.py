"""What is sent as it came is whole and strict decoders take it; else it is made anew."""

import re
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.errors import ImageError
from components.images import ImagePolicy, PreparedImage, prepare_image
from tests.support.fuzzing import examples
from tests.support.paths import SHARED as SHARED_FILES
from tests.unit.images.make import chunk, encoded, frames, jpeg_with, opened, png

pytestmark = pytest.mark.conform

pyvips = pytest.importorskip("pyvips")
AS_IS = ImagePolicy(as_is=True)
FOUND = SHARED_FILES / "data/found/stray-marker.jpg"


def photo(width: int = 160, height: int = 96) -> Image.Image:
    """Nothing in it is flat, so that what is lost shows."""
    rng = np.random.default_rng(7)
    coarse = Image.fromarray(rng.integers(0, 255, (12, 20, 3), dtype=np.uint8))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def strictly(content: bytes) -> np.ndarray:
    """RGB by a decoder that takes any warning for an error; raises for one."""
    im = pyvips.Image.new_from_buffer(content, "", fail_on="warning")
    return np.asarray(im.colourspace("srgb").numpy())[..., :3].astype(int)


def tolerantly(data: bytes) -> np.ndarray:
    with Image.open(BytesIO(data)) as im:
        return np.asarray(im.convert("RGB")).astype(int)


def told(made: PreparedImage) -> set[str]:
    return {note.code for note in made.notes}


def prepared(data: bytes, policy: ImagePolicy | None = None) -> PreparedImage | None:
    """None where it is refused; what isn't is strictly right and shows what there is."""
    try:
        made = prepare_image(data, "a", model="gpt-4o", policy=policy or ImagePolicy())
    except ImageError:
        return None
    assert np.abs(strictly(made.content) - tolerantly(data)).mean() < 5
    return made


def scan_of(data: bytes) -> tuple[int, int]:
    """Where the coded data of the first scan begin and end."""
    head = data.index(b"\xff\xda")
    start = head + 2 + int.from_bytes(data[head + 2 : head + 4], "big")
    following = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]").search(data, start)
    assert following
    return start, following.start()


def restarting() -> bytes:
    return encoded(photo(), "JPEG", quality=85, restart_marker_blocks=5)


STRAYS = (b"\xff\x02", b"\xff\xbf\x12", b"\xff\xe5\x00\x09", b"\xff\xfe\x00\x04", b"\xff\xd8",
          b"\xff\xd3", b"\xff\xc8\x00\x02", b"\xff\xf0", b"\xff\x01", b"\xff\xd9")  # fmt: skip


@pytest.mark.parametrize("stray", STRAYS, ids=bytes.hex)
@pytest.mark.parametrize("kind", ["plain", "restarts", "progressive"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_stray_marker_in_a_scan_takes_nothing_from_what_decoders_show(
    stray: bytes, kind: str, share: float
) -> None:
    data = {
        "plain": lambda: encoded(photo(), "JPEG", quality=85),
        "restarts": restarting,
        "progressive": lambda: encoded(photo(), "JPEG", quality=85, progressive=True),
    }[kind]()
    start, end = scan_of(data)
    at = start + int((end - start) * share)
    at += data[at - 1] == 0xFF
    damaged = data[:at] + stray + data[at:]
    for policy in (ImagePolicy(), AS_IS):
        made = prepared(damaged, policy)
        if made is not None:
            assert made.content != damaged
            assert "damaged" in told(made)


@pytest.mark.skipif(not FOUND.exists(), reason="the file that was found isn't here")
def test_the_file_that_was_found_shows_all_that_a_browser_shows() -> None:
    made = prepared(FOUND.read_bytes())
    assert made is not None
    assert "damaged" in told(made)


def swapped(data: bytes) -> bytes:
    return data.replace(b"\xff\xd1", b"\xff\xd5", 1)


@pytest.mark.parametrize(
    "damage",
    [
        swapped,
        lambda data: data.replace(b"\xff\xd2", b"", 1),
        lambda data: data.replace(b"\xff\xd0", b"\xff\xd0\xff\xd0", 1),
        lambda data: data.replace(b"\xff\xd3", b"\x11\x22\x33\xff\xd3", 1),
    ],
    ids=["out of order", "one missing", "one twice", "bytes before one"],
)
def test_restart_markers_that_are_wrong_are_not_passed_on(damage: object) -> None:
    data = restarting()
    damaged = damage(data)  # type: ignore[operator]
    assert damaged != data
    made = prepared(damaged)
    assert made is None or made.content != data


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("left", [0.2, 0.6, 0.95])
def test_a_jpeg_cut_off_whose_end_marker_was_put_back_is_not_passed_on(
    progressive: bool, left: float
) -> None:
    data = encoded(photo(), "JPEG", quality=85, progressive=progressive)
    damaged = data[: int(len(data) * left)].rstrip(b"\xff") + b"\xff\xd9"
    made = prepared(damaged)
    assert made is None or (made.content != damaged and "damaged" in told(made))


def test_an_interval_that_is_cut_short_is_not_passed_on() -> None:
    data = restarting()
    at = data.index(b"\xff\xd2")
    made = prepared(data[: at - 20] + data[at:])
    assert made is not None
    assert "damaged" in told(made)


def test_bytes_between_segments_and_behind_the_end_are_left_out_without_loss() -> None:
    data = encoded(photo(), "JPEG", quality=85)
    head = data.index(b"\xff\xdb")
    for odd in (data[:head] + b"\x00\x12\x34" + data[head:], data + b"behind the end" * 9):
        made = prepared(odd)
        assert made is not None
        assert made.content == data


def test_a_jpeg_that_is_right_is_passed_on_whatever_its_scans() -> None:
    for data in (
        restarting(),
        encoded(photo(161, 97), "JPEG", subsampling=2, restart_marker_rows=1),
        encoded(photo(), "JPEG", progressive=True, restart_marker_blocks=7),
        encoded(photo().convert("L"), "JPEG", restart_marker_blocks=3),
        jpeg_with(encoded(photo(), "JPEG"), 0xEE, b"Adobe\0d\0\0\0\0\1"),
    ):
        made = prepared(data)
        assert made is not None
        assert made.content == data
        assert not told(made)


def chunks(data: bytes) -> list[tuple[int, int]]:
    """(start, end) of a PNG's chunks."""
    found, pos = [], 8
    while pos < len(data):
        end = pos + 12 + int.from_bytes(data[pos : pos + 4], "big")
        found.append((pos, end))
        pos = end
    return found


def small_png() -> bytes:
    return encoded(photo(40, 30).quantize(32), "PNG", transparency=None, dpi=(72, 72))


@pytest.mark.parametrize("n", range(5))
@pytest.mark.parametrize("policy", [ImagePolicy(), AS_IS])
def test_a_wrong_checksum_of_any_chunk_is_not_passed_on(n: int, policy: ImagePolicy) -> None:
    data = small_png()
    found = chunks(data)
    assert len(found) == 5
    end = found[n][1]
    damaged = data[: end - 1] + bytes([data[end - 1] ^ 0x55]) + data[end:]
    made = prepare_image(damaged, "a", model="gpt-4o", policy=policy)
    assert (strictly(made.content) == tolerantly(data)).all()
    assert "damaged" in told(made)


ROWS = b"".join(b"\0" + bytes(min(255, 2 * x + 5 * y) for x in range(60)) for y in range(20))


def with_data(packed: bytes) -> bytes:
    data = png(20, 20, 8, 2, ROWS)
    start, end = chunks(data)[1]
    return data[:start] + chunk(b"IDAT", packed) + data[end:]


@pytest.mark.parametrize(
    "packed",
    [
        zlib.compress(ROWS)[:-1] + b"\x07",
        zlib.compress(ROWS)[:-4],
        zlib.compress(ROWS[:610]),
        zlib.compress(ROWS)[:200],
        zlib.compress(ROWS + bytes(99)),
        zlib.compress(ROWS) + b"behind the end",
        zlib.compress(ROWS[:61] + b"\x09" + ROWS[62:]),
    ],
    ids=["adler", "no adler", "too few rows", "cut", "too many", "more behind", "filter"],
)
def test_png_data_that_are_not_just_right_are_not_passed_on(packed: bytes) -> None:
    damaged = with_data(packed)
    made = prepared(damaged)
    assert made is None or (made.content != damaged and "damaged" in told(made))


def test_a_png_without_its_end_is_mended_without_loss() -> None:
    data = small_png()
    made = prepare_image(data[:-12], "a", model="gpt-4o")
    assert (strictly(made.content) == tolerantly(data)).all()
    assert "mended" in told(made)


@pytest.mark.parametrize("order", [(0, 2, 1, 3, 4), (0, 1, 1, 2, 3, 4), (0, 0, 1, 2, 3, 4)])
def test_png_chunks_out_of_order_or_twice_are_not_passed_on(order: tuple[int, ...]) -> None:
    data = encoded(photo(40, 30).quantize(32), "PNG", dpi=(72, 72))
    found = [data[a:b] for a, b in chunks(data)]
    assert [part[4:8] for part in found][:2] == [b"IHDR", b"PLTE"]
    try:
        made = prepare_image(data[:8] + b"".join(found[i] for i in order), "a", model="gpt-4o")
    except ImageError:
        return
    strictly(made.content)


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
@pytest.mark.parametrize("interlaced", [False, True])
def test_a_png_that_is_right_is_passed_on(depth: int, interlaced: bool) -> None:
    if interlaced:
        im = pyvips.Image.new_from_memory(photo(37, 23).tobytes(), 37, 23, 3, "uchar")
        data = im.pngsave_buffer(interlace=True, keep="none")
    else:
        data = encoded(photo(37, 23).quantize(2**depth), "PNG", bits=depth)
    made = prepare_image(data, "a", model="gpt-4o")
    assert (strictly(made.content) == strictly(data)).all()
    assert not told(made)


@pytest.mark.parametrize("change", [-9, -2, 2, 40, 10**6])
@pytest.mark.parametrize("lossless", [False, True])
def test_a_webp_whose_length_is_wrong_is_mended_or_refused(change: int, lossless: bool) -> None:
    data = encoded(photo(), "WEBP", lossless=lossless)
    length = int.from_bytes(data[4:8], "little") + change
    damaged = data[:4] + length.to_bytes(4, "little") + data[8:]
    for policy in (ImagePolicy(), AS_IS):
        made = prepare_image(damaged, "a", model="gpt-4o", policy=policy)
        assert made.content == data
        assert "damaged" in told(made)


def test_a_webp_whose_picture_is_cut_is_refused() -> None:
    data = encoded(photo(), "WEBP")
    half = len(data) // 2
    body = data[20:half]
    for claimed in (len(data) - 20, len(body)):
        cut = b"WEBPVP8 " + claimed.to_bytes(4, "little") + body
        riff = b"RIFF" + len(cut).to_bytes(4, "little") + cut
        with pytest.raises(ImageError):
            prepare_image(riff, "a", model="gpt-4o")


def gif_parts() -> tuple[bytes, bytes, bytes]:
    """A GIF up to its coded data, those without their lengths, and what follows."""
    data = encoded(photo(60, 40).quantize(16), "GIF")
    start = data.index(b"\x2c", 13 + 48) + 11
    coded, pos = b"", start
    while data[pos]:
        coded += data[pos + 1 : pos + 1 + data[pos]]
        pos += 1 + data[pos]
    return data[:start], coded, data[pos:]


def gif(coded: bytes, after: bytes) -> bytes:
    pieces = (coded[i : i + 255] for i in range(0, len(coded), 255))
    return gif_parts()[0] + b"".join(bytes([len(p)]) + p for p in pieces) + after


def test_a_gif_whose_data_end_early_or_are_broken_is_not_passed_on() -> None:
    _, coded, after = gif_parts()
    width = gif_parts()[0][-1] + 1
    early = bytearray(coded[:1] + bytes(8))
    early[0] = 1 << width - 1 & 0xFF
    end = (1 << width - 1) + 1
    bits = (1 << width - 1) | (3 << width) | (end << 2 * width)
    for broken in (coded[: len(coded) // 2], coded[:90] + b"\xff" * 9 + coded[99:],
                   bits.to_bytes(4, "little")):  # fmt: skip
        damaged = gif(broken, after)
        made = prepared(damaged)
        assert made is None or (made.content != damaged and "damaged" in told(made))
    whole = prepared(gif(coded, after)[:-1])
    assert whole is not None
    assert whole.content == gif(coded, after)


def test_frames_that_are_refused_stay_refused() -> None:
    with pytest.raises(ImageError):
        prepare_image(frames(2, "GIF"), "a", model="gpt-4o")


@settings(max_examples=examples(150))
@given(
    kind=st.sampled_from(["JPEG", "PROGRESSIVE", "PNG"]),
    at=st.floats(0, 1),
    change=st.integers(1, 255),
    policy=st.sampled_from([ImagePolicy(), AS_IS]),
)
def test_one_wrong_byte_is_refused_or_shows_as_decoders_show_it(
    kind: str, at: float, change: int, policy: ImagePolicy
) -> None:
    """Beside what only the coded bits say: any bits are a picture of some kind."""
    data = {
        "JPEG": restarting,
        "PROGRESSIVE": lambda: encoded(photo(), "JPEG", progressive=True),
        "PNG": lambda: encoded(photo(40, 30), "PNG"),
    }[kind]()
    place = int(at * (len(data) - 1))
    damaged = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    try:
        made = prepare_image(damaged, "a", model="gpt-4o", policy=policy)
        shown = tolerantly(damaged)
    except (ImageError, OSError, SyntaxError):
        return
    sent = tolerantly(made.content)
    if sent.shape == shown.shape:
        assert np.abs(sent - shown).mean() < 6
    assert opened(made.content).size == (made.width, made.height)
