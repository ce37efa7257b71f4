"""Images and CSV files on the cost page."""

import io

import pytest
from PIL import Image

from tests.pages.cost.calculating import Reckoner
from tests.support.paths import SHARED as SHARED_FILES

SHARED = SHARED_FILES / "data/images"


@pytest.fixture
def reckoner() -> Reckoner:
    return Reckoner(lang="en", v="1", m="gpt-4o", a="0").open()


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def sizes(person: Reckoner) -> list[tuple[int, int, int]]:
    return [(row.width, row.height, row.count) for row in person.asked.rows]


def test_the_first_images_take_the_place_of_the_example() -> None:
    person = Reckoner(lang="en").open()
    person.upload(("a.png", png(2048, 4096)), ("b.png", png(512, 512)))
    assert sizes(person) == [(2048, 4096, 1), (512, 512, 1)]
    assert [row.name for row in person.asked.rows] == ["a.png", "b.png"]
    person.upload(("c.png", png(10, 20)))
    assert sizes(person)[2:] == [(10, 20, 1)]


def test_the_header_alone_is_read(reckoner: Reckoner) -> None:
    content = png(2000, 3000)
    at = content.index(b"IDAT") + 4
    unreadable = content[:at] + bytes(32) + content[at + 32 :]
    with pytest.raises(Exception, match=r"."):
        Image.open(io.BytesIO(unreadable)).load()
    reckoner.upload(("odd.png", unreadable))
    assert sizes(reckoner)[-1:] == [(2000, 3000, 1)]


def test_a_photo_counts_upright(reckoner: Reckoner) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 300)).save(out, "JPEG", exif=exif)
    reckoner.upload(("turned.jpg", out.getvalue()))
    assert sizes(reckoner)[-1:] == [(300, 400, 1)]


def test_a_file_that_is_no_image_is_named_and_the_others_are_kept(reckoner: Reckoner) -> None:
    before = len(reckoner.asked.rows)
    reckoner.upload(("notes.png", b"hello"), ("good.png", png(30, 40)))
    assert "notes.png" in " ".join(reckoner.errors)
    assert sizes(reckoner)[before:] == [(30, 40, 1)]


@pytest.mark.parametrize(
    "content",
    [
        "宽度,高度,张数\n4032,3024,10\n1920,1080,5\n".encode("gbk"),
        "\ufeffwidth;height;count\n4032;3024;10\n1920;1080;5\n".encode(),
        b"size\tcount\n4032x3024\t10\n1920x1080\t5\n",
    ],
    ids=["GBK", "UTF-8 with BOM, semicolons", "one column of sizes, tabs"],
)
def test_a_csv_is_read_whatever_wrote_it(content: bytes) -> None:
    person = Reckoner(lang="en").open().upload(("sizes.csv", content))
    assert sizes(person) == [(4032, 3024, 10), (1920, 1080, 5)]
    assert "2 rows added." in person.told


def test_bad_rows_of_a_csv_are_named_and_the_good_ones_kept() -> None:
    rows = "width,height\n10,20\n0,5\nx,3\n30,40\n"
    person = Reckoner(lang="en").open().upload(("sizes.csv", rows.encode()))
    assert sizes(person) == [(10, 20, 1), (30, 40, 1)]
    assert "Row 3: " in person.told
    assert "Row 4: " in person.told


def test_many_bad_rows_are_counted() -> None:
    rows = "width,height\n" + "0,5\n" * 30 + "30,40\n"
    person = Reckoner(lang="en").open().upload(("sizes.csv", rows.encode()))
    assert "25 more rows couldn't be read." in person.told


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("other.csv", b"foo,bar\nhello,world\n", "Its columns are foo, bar"),
        ("nothing.csv", b"", "There is no size in"),
        ("book.xlsx", b"PK\x03\x04....", "is a spreadsheet, not a CSV file"),
    ],
)
def test_a_file_without_sizes_says_why(
    reckoner: Reckoner, name: str, content: bytes, said: str
) -> None:
    before = reckoner.figures
    assert said in " ".join(reckoner.upload((name, content)).errors)
    assert reckoner.figures == before


def test_many_rows_are_shown_by_size_and_can_be_removed() -> None:
    rows = "width,height\n" + "512,512\n" * 99_000 + "1024,1024\n" * 1000
    person = Reckoner(lang="en", v="1", m="gpt-4o").open()
    person.type("").upload(("many.csv", rows.encode()))
    assert person.figures[0] == f"{99_000 * 255 + 1000 * 765:,}"
    assert "100,000 rows of 2 sizes." in person.told
    remove = next(b for b in person.at.button if b.label == "Remove all")
    remove.click()
    assert person.look().figures[0] == "0"


def test_very_many_different_sizes_wait_for_a_click_with_the_models() -> None:
    rows = "width,height\n" + "".join(f"{n},{n}\n" for n in range(1, 1500))
    person = Reckoner(lang="en", v="1", m="gpt-4o").open().upload(("many.csv", rows.encode()))
    assert person.keys.count("cost_heavy-models") == 1
    assert "1,499 different sizes" in person.told
    person.press("cost_heavy-models")
    assert "gpt-4o" in person.models()["model"]
    person.look()
    assert "cost_heavy-models" not in person.keys


def test_after_many_rows_the_field_takes_further_ones() -> None:
    rows = "width,height\n" + "10,10\n" * 20
    person = Reckoner(lang="en").open().upload(("many.csv", rows.encode()))
    assert person.field == ""
    person.type("20x20")
    assert sizes(person) == [(10, 10, 1)] * 20 + [(20, 20, 1)]
    assert person.field == ""


def test_every_real_image_has_a_size_or_a_sentence(reckoner: Reckoner) -> None:
    if not SHARED.is_dir():
        pytest.skip("the real images are not beside the repository")
    files = sorted(
        path for path in SHARED.rglob("*.*") if path.suffix not in {".md", ""} and path.is_file()
    )[::9]
    before = len(reckoner.asked.rows)
    reckoner.upload(*((path.name, path.read_bytes()) for path in files))
    taken = {row.name for row in reckoner.asked.rows[before:]}
    left = [path.name for path in files if path.name[:60] not in taken]
    assert len(left) == reckoner.calculator.bad
    assert len(taken) > len(files) / 2
