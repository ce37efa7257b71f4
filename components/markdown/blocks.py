"""The block structure of an answer, as far as it decides what is code and what is text.

Follows CommonMark's own procedure (which containers go on, which begin, what is left) with the
additions of GFM and of `$$`. Where it can't be sure it says "text": text is escaped, so a wrong
guess shows a backslash too many, never an image.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from components.markdown import lines as md
from components.markdown.containers import Containers
from components.markdown.fences import NestedFences
from components.markdown.formula import Closers, display

Kind = Literal["text", "fence", "formula", "raw"]


@dataclass(slots=True)
class Block:
    """kind: text (inline content), fence, formula (between $$), or raw (left as it is).

    source: its lines as the model wrote them. content: without the marks of the containers;
    for a fence what is in it, for a formula TeX. first, rest: the marks before the first and
    before each further line. info: a fence's own words. top: it stands in no container.
    """

    kind: Kind
    source: list[str]
    content: list[str] = field(default_factory=list)
    first: str = ""
    rest: str = ""
    info: str = ""
    top: bool = False
    closed: bool = False


def blocks(answer: str, *, growing: bool = False) -> list[Block]:
    """The blocks of an answer, in order; their `source` lines joined are the answer."""
    return _Reader(md.split_lines(answer), growing=growing).read()


class _Reader:
    def __init__(self, lines: list[str], *, growing: bool) -> None:
        self.lines = lines
        self.found: list[Block] = []
        self.around = Containers()
        self.paragraph: Block | None = None  # the block that goes on, if one does
        self.fence: Block | None = None
        self.fence_run = ""
        self.fence_indent = 0
        self.fence_end: int | None = None  # the line that ends it, where CommonMark's rule doesn't
        self.nested = NestedFences(lines, growing=growing)
        self.closers = Closers(lines)

    def read(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            at += self._line(at)
        return self.found

    def _line(self, at: int) -> int:
        """Take the line at `at`, and those of its formula; returns how many."""
        source = self.lines[at]
        if self.paragraph and not self.around.stack and source[:1].isalpha():  # most lines
            self._continue(source, source)
            return 1
        line = md.columns(source)
        pos, depth = self.around.go_on(line)
        if self.fence:
            if depth == len(self.around.stack):
                self._in_fence(at, line, pos)
                return 1
            self.fence = None
        if md.is_blank(line, pos):
            self.paragraph = None
            self.around.blank(depth)
            self._add("raw", source)
            return 1
        inside = depth == len(self.around.stack)
        pos, opened = self.around.open(line, pos, depth, in_paragraph=self.paragraph is not None)
        if opened:
            self.paragraph, inside, depth = None, True, len(self.around.stack)
        return self._leaf(at, line, pos, depth, inside)

    def _leaf(self, at: int, line: str, pos: int, depth: int, inside: bool) -> int:
        """depth: how many containers go on. inside: all do, so that no line is "lazy"."""
        source, indent = self.lines[at], md.indent_of(line, pos)
        if indent < 4:
            if fence := md.FENCE.match(line[pos:]):
                self._close_to(depth)
                self.fence = self._add("fence", source, line[:pos])
                self.fence.info = fence["info"].strip(" \t")
                self.fence_run, self.fence_indent = fence["run"], indent
                within = self._within(at + 1, depth)
                self.fence_end = self.nested.end(at, self.fence_run, self.fence.info, within)
                return 1
            if md.HEADING.match(line, pos):
                self._close_to(depth)
                self._add("text", source, line[:pos]).content.append(line[pos:])
                return 1
            underlines = self.paragraph and inside and md.UNDERLINE.match(line, pos)
            if underlines or md.RULE.match(line, pos):
                self._close_to(depth)
                self._add("raw", source)
                return 1
            if line.startswith(("$$", "\\["), pos + indent):
                taken = self._formula(at, line, pos, depth)
                if taken:
                    return taken
        if self.paragraph:  # also where the marks of its containers are missing
            self._continue(source, line[pos:])
            return 1
        self._close_to(depth)
        if (indent >= 4 and not self.around.too_deep) or md.is_blank(line, pos):
            self._add("raw", source)
        else:
            self.paragraph = self._add("text", source, line[:pos])
            self.paragraph.content.append(line[pos:])
        return 1

    def _formula(self, at: int, line: str, pos: int, depth: int) -> int:
        """A formula on lines of its own that begins here; returns its lines, 0 if none does."""
        content = [line[pos:].lstrip(" ")]
        last = self.closers.line(at, "$$" if content[0][0] == "$" else "\\]")
        for number in range(at + 1, last + 1):
            further = md.columns(self.lines[number])
            start = self.around.within(further, depth)
            if start < 0:
                self.closers.none_before(number)
                return 0
            content.append(further[start:].strip(" "))
        tex = display(content) if last >= at else None
        if tex is None:
            return 0
        self._close_to(depth)
        block = self._add("formula", self.lines[at], line[:pos])
        block.source, block.content = self.lines[at : last + 1], tex
        return last + 1 - at

    def _close_to(self, depth: int) -> None:
        self.paragraph = None
        self.around.close_to(depth)

    def _continue(self, source: str, content: str) -> None:
        assert self.paragraph
        self.paragraph.source.append(source)
        self.paragraph.content.append(content)

    def _add(self, kind: Kind, source: str, first: str = "") -> Block:
        marks = self.around.marks() if kind != "raw" else ""
        block = Block(kind, [source], [], first, marks, top=not self.around.stack)
        self.found.append(block)
        return block

    def _within(self, at: int, depth: int) -> Iterator[str]:
        """The lines from `at` on that are in the same containers, without their marks."""
        for number in range(at, len(self.lines)):
            line = md.columns(self.lines[number])
            start = self.around.within(line, depth)
            if start < 0 and line.strip(" \t>"):
                return
            yield line[start:] if start >= 0 else ""

    def _in_fence(self, at: int, line: str, pos: int) -> None:
        assert self.fence
        source = self.lines[at]
        self.fence.source.append(source)
        end = md.FENCE_END.match(line[pos:])
        ends = end is not None and end["run"].startswith(self.fence_run)
        if ends if self.fence_end is None else at == self.fence_end:
            self.fence.closed = True
            self.fence = None
            return
        content = source if self.fence.top else line[pos:]
        indent = min(self.fence_indent, len(content) - len(content.lstrip(" ")))
        self.fence.content.append(content[indent:])
