"""What goes to the viewer and what comes back from the crop."""

import json

import pytest

from components.ui.compare.crop import checked
from components.ui.streamlit_seam.viewer_transport import pack


def unpacked(block: bytes) -> tuple[dict[str, object], dict[str, bytes]]:
    length = int.from_bytes(block[:4], "big")
    header = json.loads(block[4 : 4 + length])
    parts, at = {}, 4 + length
    for name, _, size in header["parts"]:
        parts[name] = block[at : at + size]
        at += size
    assert at == len(block)
    return header, parts


def test_a_header_and_pictures_go_in_one_block() -> None:
    block = pack(
        {"why": "因为", "boxes": [(1, 2, 3, 4)]}, {"a": b"\x00\x01", "heat": None, "b": b""}
    )
    header, parts = unpacked(block)
    assert header["why"] == "因为"
    assert header["boxes"] == [[1, 2, 3, 4]]
    assert parts == {"a": b"\x00\x01", "b": b""}


def test_the_same_makes_the_same_bytes_so_that_it_is_not_sent_again() -> None:
    block = pack({"a": 1, "b": 2}, {"p": b"picture"})
    assert block == pack({"b": 2, "a": 1}, {"p": b"picture"})
    assert block != pack({"a": 1, "b": 2}, {"p": b"pictura"})


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ([10, 20, 30, 40], (10, 20, 30, 40)),
        ([-5, 20, 5000, 40], (0, 20, 100, 40)),
        ([10.6, 20, 30.2, 40], (10, 20, 30, 40)),
        ([0, 0, 100, 80], None),
        ([30, 20, 10, 40], None),
        ([200, 20, 300, 40], None),
        ([10, 20, 30], None),
        ([10, 20, 30, "40"], None),
        ([10, 20, 30, True], None),
        ([10, 20, float("nan"), 40], None),
        ([10, 20, 1e300, 40], None),
        ("10,20,30,40", None),
        ({"left": 1}, None),
        (None, None),
    ],
)
def test_a_box_from_the_browser_is_looked_at_before_it_is_used(
    said: object, box: tuple[int, ...] | None
) -> None:
    assert checked(said, (100, 80)) == box
