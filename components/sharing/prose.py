"""A model's answer as HTML that can only be read: headings, lists, tables, code, emphasis.

Everything is escaped first and no tag gets an attribute, so there is no link, no image and no
script, whatever the answer says. Markdown beyond that is shown as it was written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from components.markdown import parts

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_ITEM = re.compile(r"[ \t]*(?:([-*+])|(\d{1,9})[.)])[ \t]+(.*)$")
_RULE = re.compile(r" {0,3}(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$")
_DELIMITERS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def prose(answer: str) -> str:
    """The HTML of an answer. Never raises."""
    return "\n".join(
        "\n".join(_blocks(part.text.split("\n")))
        if part.kind == "text"
        else f"<pre><code>{escape(part.text)}</code></pre>"
        for part in parts(answer)
    )


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or _RULE.match(line):
            at += 1
        elif found := _HEADING.match(line):
            level = min(6, 3 + len(found[1]))  # the page has levels of its own above
            yield f"<h{level}>{_inline(found[2])}</h{level}>"
            at += 1
        elif "|" in line and at + 1 < len(lines) and _DELIMITERS.match(lines[at + 1]):
            end = _while(lines, at + 2, lambda each: "|" in each)
            yield _table([line, *lines[at + 2 : end]])
            at = end
        elif found := _ITEM.match(line):
            end = _while(lines, at, lambda each: _ITEM.match(each) is not None)
            tag = "ul" if found[1] else "ol"
            told = [_ITEM.sub(r"\3", each) for each in lines[at:end]]
            items = "".join(f"<li>{_inline(each)}</li>" for each in told)
            yield f"<{tag}>{items}</{tag}>"
            at = end
        else:
            end = max(at + 1, _while(lines, at, _plain))
            yield f"<p>{'<br>'.join(_inline(each) for each in lines[at:end])}</p>"
            at = end


def _while(lines: Sequence[str], at: int, holds: Callable[[str], bool]) -> int:
    while at < len(lines) and holds(lines[at]):
        at += 1
    return at


def _plain(line: str) -> bool:
    return bool(line.strip()) and not (_HEADING.match(line) or _ITEM.match(line) or "|" in line)


def _table(rows: Sequence[str]) -> str:
    made = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        cells = row.strip().strip("|").split("|")
        made.append("".join(f"<{tag}>{_inline(cell.strip())}</{tag}>" for cell in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in made) + "</table>"


def _inline(text: str) -> str:
    """Code first: what is in it is not emphasized."""
    out, at = [], 0
    for found in _CODE.finditer(text):
        out += [_emphasized(text[at : found.start()]), f"<code>{escape(found[2].strip())}</code>"]
        at = found.end()
    return "".join([*out, _emphasized(text[at:])])


def _emphasized(text: str) -> str:
    return _STRONG.sub(r"<strong>\2</strong>", escape(text))
