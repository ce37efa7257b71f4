"""Answers of comparisons that hold pictures: kept as images, exported, never sent as text."""

import io
import json
import zipfile
from base64 import b64encode

import pytest

from components.compare.export import comparison_csv, comparison_html, comparison_zip
from components.compare.store import Cell
from tests.support.loopback import Loopback, answer
from tests.support.loopback.reply import Reply
from tests.unit.chat.pictures import picture
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import ended

PICTURE = picture(60, 40)
CODED = b64encode(PICTURE).decode()
URL = f"data:image/png;base64,{CODED}"


def event(**said: object) -> bytes:
    choice = {"index": 0, "delta": said, "finish_reason": None}
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"


def asked(analyzer: ImageAnalyzer, loopback: Loopback, reply: Reply, **other: object) -> Cell:
    loopback.enqueue(reply)
    run = analyzer.start("fake-vision", images=1, **other)
    now = ended(run)
    assert now.cells == analyzer.kept(run)
    return now.cells[0]


def test_a_picture_in_the_text_is_kept_as_an_image(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    cell = asked(analyzer, loopback, answer(f"Here: ![it]({URL[:90]}", f"{URL[90:]}) as wished."))
    assert cell.answer.split() == ["Here:", "as", "wished."]
    (made,) = cell.pictures
    assert (made.width, made.height) == (60, 40)
    kept = analyzer.store.conversations.image("me", made.hash)
    assert kept
    assert kept.content == PICTURE


def test_exports_have_it_beside_the_answer(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    loopback.enqueue(answer(f"![it]({URL}) Done."))
    run = analyzer.start("fake-vision", images=1)
    ended(run)
    whole = analyzer.store.comparisons.comparison("me", run.id)
    assert whole

    def image_of(digest: str) -> object:
        return analyzer.store.conversations.image("me", digest)

    assert b"".join(comparison_html(whole, image_of, "en")).count(b"<img ") == 2  # type: ignore[arg-type]
    packed = b"".join(comparison_zip(whole, image_of, "en"))  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        images = [name for name in archive.namelist() if name.startswith("images/")]
        assert len(images) == 2
        text = archive.read("comparison.md").decode()
        assert all(name in text for name in images)
        assert CODED[:40] not in text
    assert b"".join(comparison_csv(whole)).decode().rstrip().endswith(",1")


def test_the_next_round_is_not_sent_the_picture_as_text(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    cell = asked(analyzer, loopback, answer(f"![it]({URL}) Done."), repeats=2, again=True)
    assert len(cell.pictures) == 1
    second = json.dumps(loopback.asked()[1].body["messages"][1:])
    assert "Done." in second
    assert CODED[-60:] not in second


def test_a_retry_and_a_deletion_let_its_bytes_go(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    cell = asked(analyzer, loopback, answer(f"![it]({URL}) Done."))
    (made,) = cell.pictures
    (found,) = analyzer.store.comparisons.page("me")
    assert analyzer.store.comparisons.delete("me", found.id)
    assert analyzer.store.conversations.image("me", made.hash) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_no_picture_is_told(analyzer: ImageAnalyzer, loopback: Loopback, lang: str) -> None:
    broken = b64encode(PICTURE[:60]).decode() + "A" * 64
    reply = answer(f"![it](data:image/png;base64,{broken}) Done.")
    cell = asked(analyzer, loopback, reply, lang=lang)
    assert cell.pictures == ()
    assert "Done." in cell.answer
    assert "1" in cell.answer
    assert "AAAA" not in cell.answer
