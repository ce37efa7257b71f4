"""Quotes and list items around a line: which go on, which begin (CommonMark's procedure)."""

from components.markdown import lines as md

DEEPEST = 32  # containers in one another; what is deeper is taken as text
_QUOTE = 0


class Containers:
    """The open containers from the outside in: _QUOTE, or the width of a list item."""

    def __init__(self) -> None:
        self.stack: list[int] = []
        self.too_deep = False  # columns no longer say what is indented code
        self._bare_item = False  # the last line was a list marker alone

    def go_on(self, line: str) -> tuple[int, int]:
        """Where the content begins after the containers that go on, and how many do."""
        pos = depth = 0
        for width in self.stack:
            after = _after(width, line, pos)
            if after < 0 and width != _QUOTE and md.is_blank(line, pos):
                after = len(line)
            if after < 0:
                break
            pos, depth = after, depth + 1
        return pos, depth

    def within(self, line: str, depth: int) -> int:
        """Where a line's content begins after `depth` containers; -1 if it isn't in all of them
        or has none."""
        pos = 0
        for width in self.stack[:depth]:
            pos = _after(width, line, pos)
            if pos < 0:
                return -1
        return -1 if md.is_blank(line, pos) else pos

    def blank(self, depth: int) -> None:
        """A line with nothing in it: ends quotes that don't go on, and an item without content."""
        self.close_to(depth)
        if self._bare_item and self.stack:
            self.stack.pop()
        self._bare_item = False

    def close_to(self, depth: int) -> None:
        del self.stack[depth:]

    def open(self, line: str, pos: int, depth: int, *, in_paragraph: bool) -> tuple[int, bool]:
        """Open those that begin here, closing what didn't go on: where the content begins, and
        whether any did."""
        opened = self._bare_item = False
        while md.indent_of(line, pos) < 4:
            quote = md.QUOTE.match(line, pos)
            item = None if quote or md.RULE.match(line, pos) else md.ITEM.match(line, pos)
            interrupts = in_paragraph and depth == len(self.stack) and not opened
            if item and not _is_item(item["marker"], item["gap"], item["rest"], interrupts):
                item = None
            if not quote and not item:
                break
            if (len(self.stack) if opened else depth) >= DEEPEST:
                self.too_deep = True
                break
            if not opened:
                self.close_to(depth)
                opened = True
            if quote:
                self.stack.append(_QUOTE)
                pos = quote.end()
            elif item:
                gap = len(item["gap"]) if 1 <= len(item["gap"]) <= 4 and item["rest"] else 1
                end = item.end("marker") + gap
                self.stack.append(end - pos)
                self._bare_item = not item["rest"]
                pos = min(end, len(line))
        return pos, opened

    def marks(self) -> str:
        """What a further line begins with to be in all of them."""
        return "".join("> " if width == _QUOTE else " " * width for width in self.stack)


def _after(width: int, line: str, pos: int) -> int:
    if width == _QUOTE:
        found = md.QUOTE.match(line, pos)
        return found.end() if found else -1
    return pos + width if line[pos : pos + width] == " " * width else -1


def _is_item(marker: str, gap: str, rest: str, interrupts: bool) -> bool:
    if rest and not gap:
        return False
    if interrupts:  # a paragraph: only by "1." or a bullet, and with content
        return bool(rest) and (not marker[0].isdigit() or int(marker[:-1]) == 1)
    return True
