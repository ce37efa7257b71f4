"""Starting the children, from the repository's root as the app is.

Each is a process of its own, forked off one that has imported all that they need: importing it
takes longer than what most of them do.
"""

import multiprocessing
import os
import sys
from types import ModuleType
from typing import TextIO
from unittest.mock import patch

from tests.support.paths import ROOT
from tests.unit.db import children

__all__ = ["ROOT", "Child", "child", "killed"]

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([children.__name__])


class Child:
    """A process of tests.unit.db.children with pipes, used as subprocess.Popen is."""

    def __init__(self, what: str, *arguments: str) -> None:
        theirs, ours = _context.Pipe(duplex=False)
        ours_back, theirs_back = _context.Pipe(duplex=False)
        self._process = _context.Process(
            target=children.run, args=(theirs, theirs_back, what, *arguments)
        )
        # A simulated page leaves its script behind as `__main__`, which a child would run first.
        with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
            self._process.start()
        theirs.close()
        theirs_back.close()
        self.stdin: TextIO = os.fdopen(os.dup(ours.fileno()), "w", encoding="utf-8")
        self.stdout: TextIO = os.fdopen(os.dup(ours_back.fileno()), encoding="utf-8")
        ours.close()
        ours_back.close()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def communicate(self, timeout: float = 60) -> tuple[str, None]:
        """Ends its input and waits for its end; what it said that wasn't read yet. Raises
        TimeoutError."""
        self.stdin.close()
        self._process.join(timeout)
        if self._process.is_alive():
            raise TimeoutError
        with self.stdout:
            return self.stdout.read(), None


def child(what: str, *arguments: str) -> Child:
    return Child(what, *arguments)


def killed(process: Child) -> list[str]:
    """Kill -9 at once; the lines it had said by then."""
    process.kill()
    # Before it is waited for: it may have said more than a pipe holds.
    said = process.stdout.read()
    process.communicate()
    return said.splitlines()
