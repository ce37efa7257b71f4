"""Where a fence ends that holds Markdown, which may hold fences of its own.

By CommonMark's rule the first inner fence would end it; no model that writes one means that.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from components.markdown import lines as md

_MARKDOWN = {"markdown", "md", "mdx", "gfm"}


class Fence(NamedTuple):
    """A line that is one. bare: it says no language, so that it can end a fence."""

    at: int
    run: str
    bare: bool


class NestedFences:
    """Asked for every fence that is opened, in linear time altogether."""

    def __init__(self, lines: Sequence[str], *, growing: bool) -> None:
        """growing: more is to come, so that an end that isn't there may yet be."""
        self._lines, self._growing = lines, growing
        self._bare: list[int] | None = None
        self._endless = False  # one was looked for in vain: it isn't tried again

    def end(self, at: int, run: str, info: str, content: Iterator[str]) -> int | None:
        """The number of the line that ends the fence of line `at`, of which `content` are the
        lines that follow, without the marks of its containers. None: CommonMark's rule holds.
        len(lines) for a fence that goes on."""
        language = (info.split() or [""])[0].lower()
        if language not in _MARKDOWN or self._endless:
            return None
        inner = ""
        number = at
        for number, line in enumerate(content, at + 1):
            fence = _fence(number, line, run[0])
            if fence is None or len(fence.run) < len(inner or run):
                continue
            if inner:
                inner = "" if fence.bare else inner
            elif not fence.bare or self._opens(number):
                inner = fence.run
            else:
                return number
        if self._growing and number == len(self._lines) - 1:
            return len(self._lines)
        self._endless = True
        return None

    def _opens(self, at: int) -> bool:
        """Whether a bare fence begins code: words follow at once, and two more fences later."""
        following = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        stripped = following.strip(" \t>")
        if not stripped or stripped.startswith(("```", "~~~")):
            return False
        if self._growing:
            return True
        if self._bare is None:
            self._bare = [
                n for n, line in enumerate(self._lines) if md.FENCE_END.match(_bare(line))
            ]
        return len(self._bare) - bisect_right(self._bare, at) >= 2


def _bare(line: str) -> str:
    return line.lstrip(" \t>")


def _fence(at: int, line: str, mark: str) -> Fence | None:
    found = md.FENCE.match(line)
    if found is None or found["run"][0] != mark:
        return None
    return Fence(at, found["run"], not found["info"].strip())
