"""Reading HTML as browsers do (the tokenizer of the HTML standard), in one pass.

html.parser reads unfinished tags again and again: 60 kB of them take minutes, and some
declarations raise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

# Their contents are text up to their end tag.
_RAW = frozenset(("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"))
_OPENS = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*)|(!--)|[!?/])")
# A quote that isn't closed takes the rest of the document.
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)(?:"|\Z)|'([^']*)(?:'|\Z)|([^\s>]*)))?"""
)
_COMMENT_ENDS = re.compile(r"--!?>")


@dataclass(frozen=True)
class Tag:
    """name: lower case. closing: "</name>"; empty: "<name/>". text: what stands in an element of
    raw text."""

    name: str
    closing: bool = False
    empty: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def read(html: str) -> Iterator[Tag | str]:
    """Tags and the texts between them, entities resolved; comments and declarations left out."""
    at = 0
    while found := _OPENS.search(html, at):
        if found.start() > at:
            yield unescape(html[at : found.start()])
        if found[3]:
            at = _after_comment(html, found.start())
        elif not found[2]:
            end = html.find(">", found.end())
            at = end + 1 if end >= 0 else len(html)
        else:
            name = found[2].lower()
            attributes, at = _attributes(html, found.end())
            if at < 0:
                return  # a tag without an end is none, and all that follows is in it
            text, empty = "", html[at - 2] == "/"
            if name in _RAW and not found[1]:
                closes = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
                end = closes.start() if closes else len(html)
                text, at = html[at:end], end
            yield Tag(name, bool(found[1]), empty, attributes, text)
    if at < len(html):
        yield unescape(html[at:])


def _attributes(html: str, at: int) -> tuple[dict[str, str], int]:
    """Those of a tag (of two of one name the first), and where it ends; -1 when it doesn't."""
    known: dict[str, str] = {}
    while found := _ATTRIBUTE.match(html, at):
        name, *values = found.groups()
        known.setdefault(name.lower(), unescape(next((v for v in values if v is not None), "")))
        at = found.end()
    end = html.find(">", at)
    return known, end + 1 if end >= 0 else -1


def _after_comment(html: str, at: int) -> int:
    if html.startswith((">", "->"), at + 4):
        return html.index(">", at) + 1
    found = _COMMENT_ENDS.search(html, at + 4)
    return found.end() if found else len(html)
