"""An answer in parts: prose, code, JSON and HTML documents, each of which has its own view."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from components.markdown.blocks import Block, blocks
from components.markdown.json_answer import check_json

_DOCUMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Part:
    """kind: text (Markdown, still untrusted), code, json (`value` is parsed) or html.

    text: for code, JSON and HTML what is inside the fence. language: the fence's first word in
    lower case. closed: False for a fence that hasn't ended, as in an answer that is cut or grows.
    """

    kind: Literal["text", "code", "json", "html"]
    text: str
    language: str = ""
    value: Any = None
    closed: bool = True


def parts(answer: str) -> list[Part]:
    """The parts of an answer in order; those of prose without blank lines around. Never raises."""
    if _DOCUMENT.match(answer):
        return [Part("html", answer.strip(), "html")]
    if answer.lstrip()[:1] in ("{", "[") and (check := check_json(answer)).ok:
        return [Part("json", answer.strip(), "json", check.value)]
    return list(_split(answer))


def _split(answer: str) -> Iterator[Part]:
    prose: list[str] = []
    for block in blocks(answer):
        if block.kind == "fence" and block.top:
            yield from _prose(prose)
            prose = []
            yield _fenced(block)
        else:
            prose += block.source
    yield from _prose(prose)


def _prose(lines: list[str]) -> Iterator[Part]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Part("text", text)


def _fenced(block: Block) -> Part:
    text = "\n".join(block.content)
    language = (block.info.split() or [""])[0].lower()
    if language in {"html", "xhtml"} or (not language and _DOCUMENT.match(text)):
        return Part("html", text, language or "html", closed=block.closed)
    if language == "json" or (not language and text.lstrip()[:1] in ("{", "[")):
        check = check_json(text)
        if check.ok and isinstance(check.value, dict | list):
            return Part("json", text, "json", check.value, block.closed)
    return Part("code", text, language, closed=block.closed)
