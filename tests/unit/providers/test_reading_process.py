"""Pictures read in a process of its own, which lets everything else go first."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from components.errors import ImageError
from components.providers.builtin_reader import already_read, read_text
from components.providers.builtin_reader.reading_process import ReadingProcess
from components.providers.builtin_reader.worker import Stop, Stopped
from components.worker.main import NICE
from tests.support.waiting import until
from tests.unit.preflight.drawn import encoded, page


def children() -> list[psutil.Process]:
    found = []
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if any("reading_main" in part for part in each.cmdline()):
                found.append(each)
    return found


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    made = ReadingProcess()
    yield made
    made.close()


def test_it_reads_what_is_read_here_and_that_is_known_here_then(process: ReadingProcess) -> None:
    content = encoded(page(21))
    assert already_read(content) is None
    lines = process.read(content, 4096)
    assert [line.text for line in lines]
    assert already_read(content) == list(lines) == read_text(content)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no niceness")
def test_one_process_reads_all_and_everything_else_goes_first(process: ReadingProcess) -> None:
    before = {each.pid for each in children()}
    for size in (22, 23):
        assert process.read(encoded(page(size)), None)
    (mine,) = [each for each in children() if each.pid not in before]
    assert mine.nice() == psutil.Process().nice() + NICE
    assert not mine.environ() or os.name != "posix"


def test_no_picture_is_no_text_and_the_next_one_is_read(process: ReadingProcess) -> None:
    with pytest.raises(ImageError):
        process.read(b"no picture", 4096)
    assert process.read(encoded(page(24)), 4096)


def test_it_stands_still_while_something_else_goes_first(process: ReadingProcess) -> None:
    assert process.read(encoded(page(25)), 4096)  # it is loaded
    sent = threading.Event()
    process.hold = lambda: not sent.is_set()
    read: list[object] = []
    reading = threading.Thread(
        target=lambda: read.append(process.read(encoded(page(14, size=(3000, 2400))), 4096))
    )
    reading.start()
    time.sleep(3)
    assert not read
    sent.set()
    until(lambda: read, 60)
    reading.join()


def test_what_nobody_wants_any_more_is_stopped_also_while_it_stands_still(
    process: ReadingProcess,
) -> None:
    stop = Stop()
    process.hold = lambda: True
    threading.Timer(2, stop.set).start()
    with pytest.raises(Stopped):
        process.read(encoded(page(14, size=(3000, 2400))), 4096, stop)
    process.hold = lambda: False
    assert process.read(encoded(page(26)), 4096)


def test_one_that_was_ended_is_started_anew(process: ReadingProcess) -> None:
    before = {each.pid for each in children()}
    assert process.read(encoded(page(27)), 4096)
    for each in children():
        if each.pid not in before:
            each.kill()
    assert process.read(encoded(page(28)), 4096)
