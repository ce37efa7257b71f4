"""What is a formula and what is a price, and TeX that does no harm even where it isn't drawn."""

import re
from bisect import bisect_left

# Content stops at the next delimiter, so that looking at every "$" stays linear.
DOLLAR = re.compile(r"\$(?![\s$])((?:[^$`\\\n]|\\[^`\n])++)(?<!\s)\$(?![A-Za-z0-9$])")
DOLLARS = re.compile(r"\$\$(?!\$)((?:[^$`\\]|\\[^`])++)\$\$(?!\$)")
PAREN = re.compile(r"\\\(((?:[^`\\]|\\[^()`])++)\\\)")
BRACKET = re.compile(r"\\\[((?:[^`\\]|\\[^\[\]`])++)\\\]")
_BLOCK = re.compile(r"(\$\$|\\\[)\s*(.*?)\s*(\$\$|\\\])[ \t]*([.,;:]?)[ \t]*", re.DOTALL)

_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})*")
_WORDS = re.compile(
    r"[A-Za-z]{3,}|(?<!\S)[A-Za-z]{2}(?!\S)|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_SIGNS = re.compile(r"[\\^_=+<>{}*/-]")
# Backticks would pair with others and addresses swallow what follows, were it not drawn as TeX.
_REFUSED = re.compile(r"`|://|www\.|@|(?<!\\)(?:\\\\)*\\$", re.IGNORECASE)
_HARMLESS = (
    (re.compile(r"!(?=\[)"), "! "),
    (re.compile(r"\](?=[(:\[])"), "] "),
    (re.compile(r"<"), r"\\lt "),
    (re.compile(r":(?=[^\s=])"), ": "),
)
_BAR = re.compile(r"\\\||\|")


def harmless(tex: str, *, table: bool = False) -> str | None:
    """TeX that means the same and that Markdown can't read as an image, a link or code.

    None where that can't be had. In a table "|" would end the cell.
    """
    if _REFUSED.search(tex) or not tex.strip():
        return None
    for pattern, replacement in _HARMLESS:
        tex = pattern.sub(replacement, tex)
    if table:
        tex = _BAR.sub(lambda bar: r"\Vert " if len(bar[0]) == 2 else r"\vert ", tex)
    return tex


def is_price(tex: str) -> bool:
    """Whether what stands between two dollar signs is prose between two prices."""
    if not tex[0].isdigit():
        return False
    return bool(_WORDS.search(_COMMAND.sub("", tex)))


def is_formula(tex: str) -> bool:
    r"""Whether \[...\] is a formula: "\[1\]" and "\[note\]" are escaped brackets."""
    return bool(_SIGNS.search(tex))


def display(lines: list[str]) -> list[str] | None:
    r"""The lines of TeX of "$$...$$" or "\[...\]" with nothing else around, None if it isn't."""
    found = _BLOCK.fullmatch("\n".join(lines))
    if found is None or (found[1] == "$$") != (found[3] == "$$") or "$$" in found[2]:
        return None
    if found[1] != "$$" and not is_formula(found[2]):
        return None
    tex = harmless(found[2] + found[4])
    return tex.split("\n") if tex else None


class Closers:
    """Where displayed formulas may end; asked for every beginning, in linear time altogether."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._found: dict[str, list[int]] = {}
        self._none_before = 0

    def line(self, at: int, closer: str) -> int:
        """The line that closes what line `at` opens, -1 if none does."""
        own = self._lines[at]
        if own.count("$$") >= 2 if closer == "$$" else closer in own:
            return at
        if closer not in self._found:
            self._found[closer] = [n for n, line in enumerate(self._lines) if closer in line]
        found = self._found[closer]
        place = bisect_left(found, at + 1)
        if at < self._none_before or place == len(found):
            return -1
        return found[place]

    def none_before(self, number: int) -> None:
        """Lines up to `number` were looked at: no formula crosses it."""
        self._none_before = number
