"""Starts the process, waits for it, and gives what it found."""

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Generic, TypeVar

from components.errors import AppError
from components.worker.main import NO_MEMORY, REFUSED

_MAIN = Path(__file__).with_name("main.py")
_LOG = logging.getLogger(__name__)

# What reading one file may take. All of it is ours.
SECONDS = 120.0  # the longest file that is taken needs half of it on a slow machine
MEMORY = 1_500_000_000  # bytes of address space; macOS and Windows know no such limit
AT_ONCE = 2  # processes at a time, of all people
WAIT = 60.0  # seconds for one of them to become free
SMALL = 300_000  # bytes of a file of sizes or images that is read where it is asked for

_FREE = BoundedSemaphore(AT_ONCE)
_HEAD = 8  # bytes that tell a result's length

T = TypeVar("T")


class WorkerError(AppError):
    """A file whose reading was ended, or didn't begin. Nothing of it was taken."""

    codes = frozenset({"file_too_complex", "file_busy"})


class Results(Generic[T]):
    """What was found, in order. It waits in a file without a name, and each is made when it is
    asked for, as often as it is: all of them at once may be more than fits into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at: list[tuple[int, int]] = []  # where each begins, and its bytes
        at, end = 0, file.seek(0, os.SEEK_END)
        while at < end:
            file.seek(at)
            size = int.from_bytes(file.read(_HEAD), "big")
            self._at.append((at + _HEAD, size))
            at += _HEAD + size

    def __len__(self) -> int:
        return len(self._at)

    def __getitem__(self, number: int) -> T:
        start, size = self._at[number]
        self._file.seek(start)
        # Written by our own code (main.py), as this process would have made it.
        found: T = pickle.loads(self._file.read(size))
        return found

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in range(len(self)))

    def __enter__(self) -> "Results[T]":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def run(
    work: Callable[..., Iterator[T]],
    content: bytes,
    *arguments: object,
    seconds: float | None = None,
    memory: int = MEMORY,
) -> Results[T]:
    """What `work(content, *arguments)` yields, in a process of its own; to be closed (`with`).

    work: a function of a module. It, its arguments and what it yields must be picklable.
    seconds, memory: after so much time (None: SECONDS), or beyond so many bytes, it is
    ended.

    Raises the AppError that `work` raised; WorkerError file_too_complex for a process that was
    ended, by whomever, and file_busy where others are being read for a long time; RuntimeError
    for a fault of ours. Nothing is given in any of these.
    """
    seconds = SECONDS if seconds is None else seconds
    if not _FREE.acquire(timeout=WAIT):
        raise WorkerError("file_busy")
    found = tempfile.TemporaryFile()  # noqa: SIM115 it outlives this function
    try:
        done = subprocess.run(
            [
                *(sys.executable, "-I", str(_MAIN)),
                *(work.__module__, work.__qualname__, str(memory), str(int(seconds))),
            ],
            input=pickle.dumps(arguments) + content,
            stdout=found,
            stderr=subprocess.PIPE,
            timeout=seconds,
            # The environment may hold keys, which are no business of a stranger's file.
            env={} if os.name == "posix" else None,
            check=False,
        )
        if done.returncode:
            raise _error(done.returncode, done.stderr)
        return Results(found)
    except subprocess.TimeoutExpired:
        found.close()
        raise WorkerError("file_too_complex") from None
    except BaseException:
        found.close()
        raise
    finally:
        _FREE.release()


@contextmanager
def results(
    work: Callable[..., Iterator[T]], content: bytes, *arguments: object
) -> Iterator[Iterable[T]]:
    """As `run`, but right here for a file so small that starting a process takes longer."""
    if len(content) <= SMALL:
        yield work(content, *arguments)
        return
    with run(work, content, *arguments) as found:
        yield found


def _error(status: int, said: bytes) -> Exception:
    if status == REFUSED:
        error: AppError = pickle.loads(said)
        return error
    if status < 0 or status == NO_MEMORY:
        return WorkerError("file_too_complex")
    _LOG.error(
        "a process that read a file ended with %s: %s", status, said.decode(errors="replace")
    )
    return RuntimeError(f"status {status}")
