"""The one reading of an answer: untrusted Markdown -> blocks of harmless HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any, Literal

from markdown_it.token import Token

from components.markdown import code
from components.markdown.fences import language
from components.markdown.gate import harmless
from components.markdown.json_answer import check_json
from components.markdown.parser import parser

# How blocks look, wherever they stand in an element of class "answer".
ANSWER_STYLE = (Path(__file__).parent / "answer.css").read_text("utf-8")

_PARSER = parser()
_DOCUMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
# What may yet become a list item, a fence or a row, and until then makes a heading of the
# paragraph above it or nothing at all.
_UNDECIDED = re.compile(
    r"(?:^|(?<=\n))[ \t>]*(?:-+|=+|[*+#>]+|\d+[.)]?|`{1,2}|~{1,2}|[|:\- ]+)[ \t]*\Z"
)
_TAG = re.compile(r"<[^>]*>")
_APART = re.compile(r"</?(?:p|br|h\d|li|t[dh]|div|pre|blockquote)\b[^>]*>")
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list, a table, a piece of code: whatever stands by itself.

    kind: prose, or a fence: code, json (`value` is parsed), document (an HTML page). html: to be
    shown; for all fences their source. text: what is in the fence. language: its first word in
    lower case. closed: False for a fence without its end, as in an answer that is cut or grows.
    """

    kind: Literal["prose", "code", "json", "document"]
    html: str
    text: str = ""
    language: str = ""
    value: Any = None
    closed: bool = True


def answer_blocks(answer: str, *, copy: tuple[str, str] | None = None) -> list[Block]:
    """The blocks of an answer, in order. Never raises.

    copy: the words of a button beside code, before and after it was pressed; None for none.

    - No image is loaded: each becomes "🖼" and a link to it. HTML is text.
    - Links lead to http, https, mailto and "#"; others are shown as they were written.
    - Prices stay as they are; `$x$`, `$$x$$`, `\\(x\\)` and `\\[x\\]` are formulas, as MathML.
    """
    return _whole(answer, {"copy": copy})


def _whole(answer: str, env: dict[str, Any]) -> list[Block]:
    answer, copy = _plain(answer), env["copy"]
    if _DOCUMENT.match(answer):
        return [_document(answer.strip(), copy)]
    if answer.lstrip()[:1] in ("{", "[") and (check := check_json(answer)).ok:
        text = answer.strip()
        return [Block("json", _fence(text, "json", copy), text, "json", check.value)]
    return [block for _, block in _read(answer, env)]


def answer_html(answer: str) -> str:
    """An answer for pages that leave the app: images and addresses without brackets stay as they
    were written. Never raises."""
    blocks = _whole(answer, {"copy": None, "as_written": True})
    return f'<div class="answer">{"".join(block.html for block in blocks)}</div>'


def answer_text(answer: str, longest: int) -> str:
    """What is read in an answer, on one line of at most `longest` characters. Never raises."""
    may_be_json = answer.lstrip()[:1] in ("{", "[")
    said = _one_line(answer if may_be_json else answer[: 4 * longest])
    return said if len(said) <= longest else said[: longest - 1] + "…"


@lru_cache(1024)  # a table that fills is drawn again and again
def _one_line(answer: str) -> str:
    blocks = answer_blocks(answer)
    if [block.kind for block in blocks] == ["json"]:
        return " ".join(answer.split())
    html = "".join(block.html for block in blocks)
    return " ".join(unescape(_TAG.sub("", _APART.sub(" ", html))).split())


class GrowingAnswer:
    """An answer that grows. finished: so many of its first blocks don't change any more, and only
    what follows them is read again: the last block, or two where the last may yet belong to the
    one before it.

    When it has ended, `answer_blocks` may differ in a link by a name whose address came after it,
    and where a fence never got its end.
    """

    def __init__(self, copy: tuple[str, str] | None = None) -> None:
        """copy: see answer_blocks."""
        self._copy = copy
        self._finished: list[Block] = []
        self._source = ""  # of what is finished
        self._names: dict[str, Any] = {}  # addresses of links by name

    @property
    def finished(self) -> int:
        return len(self._finished)

    @property
    def read(self) -> int:
        """Characters of the text that aren't read again."""
        return len(self._source)

    def blocks(self, so_far: str) -> list[Block]:
        """Those of the answer so far, without a last line that may yet become anything. Never
        raises."""
        answer = _UNDECIDED.sub("", _plain(so_far))
        if _DOCUMENT.match(answer):
            return [_document(answer.strip(), self._copy)]
        if not answer.startswith(self._source):
            self.__init__(self._copy)  # type: ignore[misc]
        rest = answer[len(self._source) :]
        env: dict[str, Any] = {"copy": self._copy, "growing": True, "references": dict(self._names)}
        read = list(_read(rest, env))
        if more := _decided(read, rest.split("\n"), unfinished="unfinished" in env):
            begins = read[more][0]
            self._finished += [block for _, block in read[:more]]
            self._source += "".join(f"{line}\n" for line in rest.split("\n")[:begins])
            for name, to in env["references"].items():
                if name not in self._names and to["map"][1] <= begins:
                    self._names[name] = to
            read = read[more:]
        return [*self._finished, *(block for _, block in read)]


def _decided(read: Sequence[tuple[int, Block]], lines: Sequence[str], *, unfinished: bool) -> int:
    """How many blocks whatever follows leaves as they are. unfinished: a formula is open."""
    if len(read) < 2:
        return 0
    begins = read[-1][0]
    open_line = unfinished or lines[-1] != ""
    return len(read) - (2 if open_line and lines[begins - 1].strip(" \t") else 1)


def _plain(answer: str) -> str:
    """With "\\n" alone at the ends of lines, without what no encoding has, and without what all
    lines are indented by as the first is."""
    answer = _BREAK.sub("\n", answer.encode("utf-8", "replace").decode("utf-8"))
    answer = re.sub(r"\A(?:[ \t]*\n)+", "", answer)
    margin = answer[: len(answer) - len(answer.lstrip(" \t"))]
    if not margin:
        return answer
    return re.sub(rf"^(?:{re.escape(margin)})", "", answer, flags=re.MULTILINE)


def _read(source: str, env: dict[str, Any]) -> Iterator[tuple[int, Block]]:
    """Blocks, each with the number of the line that it begins on."""
    block: list[Token] = []
    for token in _PARSER.parse(source, env):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            begins = block[0].map[0] if block[0].map else 0
            yield begins, _block(block, source, env)
            block = []


def _block(tokens: Sequence[Token], source: str, env: dict[str, Any]) -> Block:
    first = tokens[0]
    if first.type != "fence":
        return Block("prose", harmless(_PARSER.renderer.render(tokens, _PARSER.options, env)))
    text, word = first.content.removesuffix("\n"), language(first.info)
    closed = _is_closed(first, source)
    shown = _fence(text, first.info, env["copy"])
    if word in {"html", "xhtml"} or (not word and _DOCUMENT.match(text)):
        return Block("document", shown, text, word or "html", closed=closed)
    if word == "json" or (not word and text.lstrip()[:1] in ("{", "[")):
        check = check_json(text)
        if check.ok and isinstance(check.value, dict | list):
            return Block("json", shown, text, "json", check.value, closed)
    return Block("code", shown, text, word, closed=closed)


def _is_closed(fence: Token, source: str) -> bool:
    """A fence that ends has one line more than what is in it and its beginning."""
    begins, ends = fence.map or (0, 0)
    return ends - begins - 1 > len(fence.content.removesuffix("\n").split("\n")) * bool(
        fence.content
    )


def _document(text: str, copy: tuple[str, str] | None) -> Block:
    return Block("document", _fence(text, "html", copy), text, "html")


def _fence(text: str, info: str, copy: tuple[str, str] | None) -> str:
    return harmless(code.block(text, info, copy))
