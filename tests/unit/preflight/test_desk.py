"""Facts are worked out once, off the caller's thread where they take long."""

import threading

from components.images import decode_upright
from components.preflight import ImageAnalyzer, ImageToCheck
from components.preflight.readings import Readings
from components.providers.builtin_reader import TextLine
from components.providers.builtin_reader.reading_process import Lines
from components.providers.builtin_reader.worker import Stop
from tests.bench.support.pictures import photograph
from tests.unit.preflight.drawn import encoded, page


class Counted:
    """Reads one line from every picture, and remembers which it was given; waits when told to."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, content: bytes, side: int | None, stop: Stop) -> Lines:
        self.gate.wait(20)
        stop.check()
        image = decode_upright(content, side)
        self.sizes.append(image.size)
        width, height = image.size
        box = ((0.0, 0.0), (width / 2, 0.0), (width / 2, height / 100), (0.0, height / 100))
        return (TextLine("one line of text", box, height / 100, 0.99, 0.0, 0),)


PICTURE = ImageToCheck(encoded(page(20)), "a.png", "gpt-4o", "low")


def test_a_picture_is_read_once_and_once_more_at_each_size() -> None:
    reader = Counted()
    analyzer = ImageAnalyzer(Readings(reader))
    for detail in ("low", "low", "high", "low"):
        analyzer.facts(ImageToCheck(PICTURE.content, "other name", "gpt-4o", detail), wait=True)
    assert reader.sizes == [(1600, 1200), (512, 384), (1024, 768)]


def test_text_comes_when_it_is_ready_and_nobody_waits_for_it() -> None:
    reader = Counted()
    reader.gate.clear()
    analyzer = ImageAnalyzer(Readings(reader))
    first = analyzer.facts(PICTURE)
    assert first.pending
    assert first.lines is None
    assert first.look is not None
    reader.gate.set()
    last = analyzer.facts(PICTURE, wait=True)
    assert not last.pending
    assert last.lines is not None
    assert last.lines[0].measured


def test_pictures_that_are_not_shrunk_are_read_once() -> None:
    reader = Counted()
    small = ImageToCheck(encoded(page(20, size=(500, 300))), "a", "gpt-4o", "low")
    facts = ImageAnalyzer(Readings(reader)).facts(small, wait=True)
    assert reader.sizes == [(500, 300)]
    assert not facts.pending


def test_a_picture_that_left_is_not_read_any_further() -> None:
    reader = Counted()
    reader.gate.clear()
    analyzer = ImageAnalyzer(Readings(reader))
    analyzer.facts(PICTURE)
    analyzer.forget(PICTURE)
    reader.gate.set()
    assert analyzer.facts(PICTURE, wait=True).lines is not None
    assert reader.sizes[0] == (1600, 1200)
    assert len(reader.sizes) == 2


def test_a_reader_that_fails_leaves_the_rest_of_the_facts() -> None:
    def broken(content: bytes, side: int | None, stop: Stop) -> Lines:
        raise RuntimeError("native library")

    facts = ImageAnalyzer(Readings(broken)).facts(PICTURE, wait=True)
    assert (facts.failed, facts.pending, facts.lines) == (True, False, None)
    assert facts.look is not None


def test_boxes_are_in_pixels_of_the_original_whatever_was_read() -> None:
    reader = Counted()
    large = ImageToCheck(encoded(photograph(6000, 3000), "JPEG"), "a", "gpt-4o", "low")
    facts = ImageAnalyzer(Readings(reader)).facts(large, wait=True)
    assert reader.sizes[0] == (4096, 2048)
    assert facts.lines is not None
    assert facts.lines[0].line.box == (0, 0, 3000, 30)
    assert abs(facts.lines[0].line.height - 30) < 0.1


def test_other_bytes_are_other_facts() -> None:
    analyzer = ImageAnalyzer(Readings(Counted()))
    one = analyzer.facts(PICTURE, read=False)
    other = analyzer.facts(ImageToCheck(encoded(page(30)), "a.png", "gpt-4o", "low"), read=False)
    assert one.digest != other.digest
    assert one.look != other.look
