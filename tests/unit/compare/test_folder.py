"""A zip as a folder of images: which of it are taken, and under which names."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from components.compare.folder import unpacked
from components.errors import AppError


def picture(n: int = 0) -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", (8, 8), (n % 256, 90, 200)).save(raw, "PNG")
    return raw.getvalue()


def zipped(*names: str, content: bytes | None = None) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for n, name in enumerate(names):
            archive.writestr(name, picture(n) if content is None else content)
    return kept.getvalue()


def foreign(names: list[str], encoding: str) -> bytes:
    """A zip whose writer didn't say how its names are encoded."""
    made = [f"{n:06}".ljust(len(name.encode(encoding)), "x") for n, name in enumerate(names)]
    data = zipped(*made)
    for plain, name in zip(made, names, strict=True):
        data = data.replace(plain.encode(), name.encode(encoding).ljust(len(plain), b"x"))
    return data


def names(data: bytes, room: int = 50) -> list[str]:
    return [name for name, _ in unpacked([("a.zip", data)], room)[0]]


@pytest.mark.parametrize(
    "other",
    ["Thumbs.db", "sub/thumbs.DB", "desktop.ini", ".DS_Store", "__MACOSX/._1.png", ".hidden/1.png",
     "a/.b/c.png", "@eaDir/1.png", "$RECYCLE.BIN/1.png", "ehthumbs.db", "a/__MACOSX/b.png"],
)  # fmt: skip
def test_what_systems_put_there_takes_no_place(other: str) -> None:
    photos = [f"p{n:02}.png" for n in range(50)]
    found, left_out = unpacked(
        [("a.zip", zipped(*[f"{other}{n or ''}" for n in range(1)], *photos))]
    )
    assert [name for name, _ in found] == photos
    assert left_out == 0


def test_fifty_images_are_taken_whatever_else_is_there() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for n in range(3):
            archive.writestr(f"a{n}.txt", b"notes")
            archive.writestr(f"b{n}.png", picture()[:30])
        for n in range(54):
            archive.writestr(f"p{n:02}.png", picture(n))
    found, left_out = unpacked([("a.zip", kept.getvalue())])
    assert sum(name.startswith("p") for name, _ in found) == 50
    assert {name[0] for name, _ in found} == {"a", "b", "p"}
    assert left_out == 4


def test_room_is_shared_by_all_zips() -> None:
    first, second = zipped("a.png", "b.png"), zipped("c.png", "d.png", "e.png")
    found, left_out = unpacked([("1.zip", first), ("2.zip", second)], 3)
    assert ([name for name, _ in found], left_out) == (["a.png", "b.png", "c.png"], 2)


@pytest.mark.parametrize(
    ("encoding", "given"),
    [
        ("gbk", ["营业执照.png", "身份证/正面.png"]),
        ("gbk", ["截图.png"]),
        ("gbk", ["发票（一）.png"]),
        ("shift_jis", ["スクリーンショット.png", "写真.png"]),
        ("shift_jis", ["領収書のコピー.png"]),
        ("shift_jis", ["表示.png", "ソフト.png"]),
        ("big5", ["螢幕截圖.png", "發票影像.png"]),
        ("utf-8", ["照片一.png", "写真.png", "Käse.png"]),
        ("cp437", ["Käse.png", "été.png"]),
    ],
)
def test_names_are_read_though_nothing_says_their_encoding(encoding: str, given: list[str]) -> None:
    wanted = sorted(name.rpartition("/")[2] for name in given)
    assert sorted(names(foreign(given, encoding))) == wanted


@given(
    st.lists(
        st.text("的一是不了人我在有他这中大来上国", min_size=2, max_size=8), min_size=1, unique=True
    )
)
def test_any_common_chinese_name_is_read_in_gbk(words: list[str]) -> None:
    wanted = [f"{word}.png" for word in words]
    assert sorted(names(foreign(wanted, "gbk"), 500)) == sorted(wanted)


def test_a_unicode_path_field_is_believed() -> None:
    kept = io.BytesIO()
    name = "图.png".encode()
    with zipfile.ZipFile(kept, "w") as archive:
        entry = zipfile.ZipInfo("x.png")
        entry.extra = b"\x75\x70" + (5 + len(name)).to_bytes(2, "little") + b"\1\0\0\0\0" + name
        archive.writestr(entry, picture())
    assert names(kept.getvalue()) == ["图.png"]


def test_folders_and_path_tricks_leave_the_name_alone() -> None:
    given = ["a/b/c/1.png", "../../2.png", "/etc/3.png", "C:\\x\\4.png", "d/5\u202e.png"]
    assert sorted(names(zipped(*given))) == ["1.png", "2.png", "3.png", "4.png", "5.png"]


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    assert names(zipped("a/1.png", "b/1.png", "2.png")) == ["2.png", "a/1.png", "b/1.png"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_of_one_path_are_both_taken() -> None:
    found, _ = unpacked([("a.zip", zipped("1.png", "1.png"))])
    assert [content for _, content in found] == [picture(0), picture(1)]


def test_an_empty_zip_holds_nothing_and_a_cut_one_is_refused() -> None:
    assert unpacked([("a.zip", zipped())]) == ([], 0)
    with pytest.raises(AppError):
        unpacked([("a.zip", zipped("1.png", "2.png")[:-30])])
