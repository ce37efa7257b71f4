"""The block structure of an answer, as far as it decides what is code and what is text.

Follows CommonMark's own procedure (which containers go on, which begin, what is left) with the
additions of GFM and of `$$`. Where it can't be sure it says "text": text is escaped, so a wrong
guess shows a backslash too many, never an image.
"""

from dataclasses import dataclass, field
from typing import Literal

from components.markdown import lines as md
from components.markdown.formula import Closers, display

DEEPEST = 32  # containers in one another; more are taken as text
_QUOTE = 0


@dataclass(slots=True)
class Block:
    """kind: text (inline content), fence, formula (between $$), or raw (left as it is).

    source: its lines as the model wrote them. content: without the marks of the containers;
    for a fence what is in it, for a formula TeX. first, rest: the marks before the first and
    before each further line. info: a fence's own words. top: it stands in no container.
    """

    kind: Literal["text", "fence", "formula", "raw"]
    source: list[str]
    content: list[str] = field(default_factory=list)
    first: str = ""
    rest: str = ""
    info: str = ""
    top: bool = False
    closed: bool = False


def blocks(answer: str) -> list[Block]:
    """The blocks of an answer, in order; their `source` lines joined are the answer."""
    return _Reader(md.split_lines(answer)).read()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found: list[Block] = []
        self.stack: list[int] = []  # _QUOTE, or the width of a list item
        self.bare_item = False  # the last line was a list marker alone
        self.too_deep = False
        self.paragraph: Block | None = None
        self.fence: Block | None = None
        self.fence_run = ""
        self.fence_indent = 0
        self.closers = Closers(lines)

    def read(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            at += self._line(at)
        return self.found

    def _line(self, at: int) -> int:
        """Take the line at `at`, and those of its formula; returns how many."""
        source = self.lines[at]
        if self.paragraph and not self.stack and source[:1].isalpha():  # most lines, quickly
            self._continue(source, source)
            return 1
        line = md.columns(source)
        pos, depth = self._continued(line)
        if self.fence:
            if depth == len(self.stack):
                self._in_fence(source, line, pos)
                return 1
            self.fence = None
        if md.is_blank(line, pos):
            self._blank(source, depth)
            return 1
        self.bare_item = False
        pos, opened = self._open(line, pos, depth)
        return self._leaf(at, line, pos, depth, opened)

    def _continued(self, line: str) -> tuple[int, int]:
        """Where the content begins after the containers that go on, and how many do."""
        pos = depth = 0
        for width in self.stack:
            if width == _QUOTE:
                found = md.QUOTE.match(line, pos)
                if found is None:
                    break
                pos = found.end()
            elif line[pos : pos + width] == " " * width:
                pos += width
            elif md.is_blank(line, pos):
                pos = len(line)
            else:
                break
            depth += 1
        return pos, depth

    def _blank(self, source: str, depth: int) -> None:
        del self.stack[depth:]
        if self.bare_item and self.stack:
            self.stack.pop()
        self.bare_item = False
        self.paragraph = None
        self.found.append(Block("raw", [source]))

    def _open(self, line: str, pos: int, kept: int) -> tuple[int, bool]:
        """Open the containers that begin here: where the content begins, and whether any did."""
        opened = False
        while md.indent_of(line, pos) < 4:
            quote = md.QUOTE.match(line, pos)
            item = None if quote or md.RULE.match(line, pos) else md.ITEM.match(line, pos)
            if item and not self._is_item(item["marker"], item["gap"], item["rest"], kept, opened):
                item = None
            if not quote and not item:
                break
            if len(self.stack) >= DEEPEST and (opened or kept >= DEEPEST):
                self.too_deep = True
                break
            if not opened:
                del self.stack[kept:]
                self.paragraph, opened = None, True
            if quote:
                self.stack.append(_QUOTE)
                pos = quote.end()
            elif item:
                start = item.end("marker")
                gap = len(item["gap"])
                gap = gap if 1 <= gap <= 4 and item["rest"] else 1
                self.stack.append(start - pos + gap)
                self.bare_item = not item["rest"]
                pos = min(start + gap, len(line))
        return pos, opened

    def _is_item(self, marker: str, gap: str, rest: str, kept: int, opened: bool) -> bool:
        if rest and not gap:
            return False
        if self.paragraph and kept == len(self.stack) and not opened:  # it would interrupt
            return bool(rest) and (not marker[0].isdigit() or marker[:-1].lstrip("0") == "1")
        return True

    def _leaf(self, at: int, line: str, pos: int, depth: int, opened: bool) -> int:
        source = self.lines[at]
        indent = md.indent_of(line, pos)
        inside = opened or depth == len(self.stack)
        fence = md.FENCE.match(line[pos:])
        if indent < 4 and fence:
            self._close_to(depth, opened)
            self.fence_run, self.fence_indent = fence["run"], indent
            self.fence = self._add("fence", source, line[:pos])
            self.fence.info = fence["info"].strip(" \t")
            return 1
        if indent < 4 and md.HEADING.match(line, pos):
            self._close_to(depth, opened)
            self._add("text", source, line[:pos]).content.append(line[pos:])
            return 1
        if indent < 4 and self.paragraph and inside and md.UNDERLINE.match(line, pos):
            self.paragraph = None
            self._add("raw", source, "")
            return 1
        if indent < 4 and md.RULE.match(line, pos):
            self._close_to(depth, opened)
            self._add("raw", source, "")
            return 1
        if indent < 4 and line.startswith(("$$", "\\["), pos + indent):
            taken = self._formula(at, line, pos, depth, opened)
            if taken:
                return taken
        if self.paragraph and not opened:  # also where the marks are missing ("lazy")
            self._continue(source, line[pos:])
            return 1
        self._close_to(depth, opened)
        if indent >= 4 and not self.too_deep:
            self._add("raw", source, "")
            return 1
        if not md.is_blank(line, pos):
            self.paragraph = self._add("text", source, line[:pos])
            self.paragraph.content.append(line[pos:])
        else:
            self._add("raw", source, "")
        return 1

    def _formula(self, at: int, line: str, pos: int, depth: int, opened: bool) -> int:
        """A formula on lines of its own that begins here; returns its lines, 0 if none does."""
        content = [line[pos:].lstrip(" ")]
        last = self.closers.line(at, "$$" if content[0][0] == "$" else "\\]")
        marks = self.stack if opened else self.stack[:depth]
        for number in range(at + 1, last + 1):
            further = md.columns(self.lines[number])
            start = _after(marks, further)
            if start is None:
                self.closers.none_before(number)
                return 0
            content.append(further[start:].strip(" "))
        tex = display(content) if last >= at else None
        if tex is None:
            return 0
        self._close_to(depth, opened)
        block = self._add("formula", self.lines[at], line[:pos])
        block.source = self.lines[at : last + 1]
        block.content = tex
        return last + 1 - at

    def _close_to(self, depth: int, opened: bool) -> None:
        self.paragraph = None
        if not opened:
            del self.stack[depth:]

    def _continue(self, source: str, content: str) -> None:
        assert self.paragraph
        self.paragraph.source.append(source)
        self.paragraph.content.append(content)

    def _add(
        self, kind: Literal["text", "fence", "formula", "raw"], source: str, first: str
    ) -> Block:
        rest = "".join("> " if width == _QUOTE else " " * width for width in self.stack)
        block = Block(kind, [source], [], first, rest, top=not self.stack)
        self.found.append(block)
        return block

    def _in_fence(self, source: str, line: str, pos: int) -> None:
        assert self.fence
        self.fence.source.append(source)
        end = md.FENCE_END.match(line[pos:])
        if end and end["run"].startswith(self.fence_run):
            self.fence.closed = True
            self.fence = None
            return
        content = source if self.fence.top else line[pos:]
        indent = min(self.fence_indent, len(content) - len(content.lstrip(" ")))
        self.fence.content.append(content[indent:])


def _after(marks: list[int], line: str) -> int | None:
    """Where the content of a line within these containers begins, None if it isn't in them."""
    pos = 0
    for width in marks:
        if width == _QUOTE:
            found = md.QUOTE.match(line, pos)
            if found is None:
                return None
            pos = found.end()
        elif line[pos : pos + width] == " " * width:
            pos += width
        else:
            return None
    return None if md.is_blank(line, pos) else pos
