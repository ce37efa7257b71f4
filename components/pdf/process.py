"""Asks the worker: one process a call, its answers as they came."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from components.pdf import limits

_WORKER = Path(__file__).with_name("worker.py")
_FREE = BoundedSemaphore(limits.AT_ONCE)


@dataclass(frozen=True)
class Reported:
    """One answer of the worker. facts: "pages", "width", ... or "error"."""

    facts: dict[str, Any]
    content: bytes = field(default=b"", repr=False)


def ask_worker(
    do: str,
    content: bytes,
    pages: list[int],
    *,
    scale: float = 1.0,
    side: int = limits.MAX_PAGE_SIDE,
    seconds: float = limits.SECONDS,
) -> tuple[list[Reported], bool]:
    """(what it told, whether it came to its end). It doesn't when time or memory ran out, or
    when the file made it crash; what it told before that is there."""
    request = {
        "do": do,
        "pages": pages,
        "scale": scale,
        "side": side,
        "pixels": limits.MAX_PAGE_PIXELS,
        "text": limits.MAX_TEXT,
        "most": limits.MAX_PAGES,
        "memory": limits.MEMORY,
        "seconds": seconds,
    }
    sent = json.dumps(request).encode() + b"\n" + content
    with _FREE:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_WORKER)],
                input=sent,
                capture_output=True,
                timeout=seconds,
                # The environment may hold keys, which are no business of a stranger's file.
                env={} if os.name == "posix" else None,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return _told(late.stdout or b""), False
    return _told(done.stdout), done.returncode == 0


def _told(said: bytes) -> list[Reported]:
    """The complete answers of what may be cut off anywhere."""
    found = []
    while (end := said.find(b"\n")) >= 0:
        facts = json.loads(said[:end])
        stop = end + 1 + facts["bytes"]
        if stop > len(said):
            break
        found.append(Reported(facts, said[end + 1 : stop]))
        said = said[stop:]
    return found
