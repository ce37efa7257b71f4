"""Files of other people, read in a process of its own."""

import os
import sys
from importlib import import_module

import pytest

from components import worker
from components.errors import ImageError
from components.worker import WorkerError
from components.worker.run import _FREE, AT_ONCE, SMALL
from tests.unit.worker import works


def test_what_is_found_comes_in_order_and_as_often_as_it_is_asked_for() -> None:
    with worker.run(works.parts, b"abcdefg", 3) as found:
        assert len(found) == 3
        assert list(found) == [b"abc", b"def", b"g"]
        assert found[1] == b"def"
        assert list(found) == [b"abc", b"def", b"g"]


def test_nothing_found_is_nothing() -> None:
    with worker.run(works.parts, b"", 3) as found:
        assert list(found) == []


def test_an_error_comes_as_it_was_raised() -> None:
    with pytest.raises(ImageError) as raised:
        worker.run(works.refused, b"x")
    error = raised.value
    assert (error.code, error.name) == ("image_format", "红.bmp")
    assert error.data == {"name": "红.bmp", "format": "BMP"}
    assert str(error) == str(ImageError("image_format", name="红.bmp", format="BMP"))


def test_a_fault_of_ours_is_no_persons_file() -> None:
    with pytest.raises(RuntimeError):
        worker.run(works.faulty, b"x")


def test_a_process_that_was_ended_gives_one_sentence_and_nothing_else() -> None:
    with pytest.raises(WorkerError, match="file_too_complex"):
        worker.run(works.killed, b"x")
    with pytest.raises(WorkerError, match="file_too_complex"):
        worker.run(works.endless, b"x", seconds=2.0)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit no address space")
def test_so_does_one_that_needs_too_much_memory() -> None:
    with pytest.raises(WorkerError, match="file_too_complex"):
        worker.run(works.enormous, b"x")


def test_others_that_are_being_read_are_waited_for_and_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("components.worker.run"), "WAIT", 0.01)
    taken = [_FREE.acquire() for _ in range(AT_ONCE)]
    try:
        with pytest.raises(WorkerError, match="file_busy"):
            worker.run(works.parts, b"x", 1)
    finally:
        for _ in taken:
            _FREE.release()
    with worker.run(works.parts, b"x", 1) as found:
        assert list(found) == [b"x"]


def test_keys_of_the_server_are_no_business_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-1")
    with worker.run(works.environment, b"x") as found:
        assert "sk-canary-1" not in str(list(found))


def test_a_small_file_needs_no_process() -> None:
    with worker.results(works.process, b"x") as found:
        assert list(found) == [os.getpid()]
    with worker.results(works.process, b"x" * (SMALL + 1)) as found:
        assert list(found) != [os.getpid()]
