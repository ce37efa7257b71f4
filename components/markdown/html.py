"""A model's answer as HTML that can only be read: for shared pages and exported ones.

Everything is escaped. There is no image and no script, and no attribute of the answer's choosing
but the address of a link. Each paragraph runs in the direction of its own first letters.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from components.markdown import lines as md
from components.markdown.fences import NestedFences
from components.markdown.formula import Closers, display
from components.markdown.html_inline import HtmlInline
from components.markdown.mathml import mathml
from components.markdown.parts import parts

_DEEPEST = 16  # lists and quotes in one another; what is deeper is text
_ITEM = re.compile(r"( {0,3}(?:([-*+])|(\d{1,9})[.)])(?:[ \t]+|$))(.*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
# For the pages that it stands in.
ANSWER_STYLE = (
    "[dir=auto]{text-align:start}code,pre,math{unicode-bidi:isolate}"
    "blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:3px solid #8885}"
    "pre{overflow-x:auto;white-space:pre-wrap;text-align:left}"
)


def answer_html(answer: str) -> str:
    """The HTML of an answer. Never raises."""
    return "\n".join(
        "\n".join(_blocks(md.split_lines(part.text), 0))
        if part.kind == "text"
        else _code(part.text)
        for part in parts(answer)
    )


def _code(text: str) -> str:
    return f'<pre dir="ltr"><code>{escape(text)}</code></pre>'


def _blocks(lines: Sequence[str], depth: int) -> Iterator[str]:
    lines = list(lines)
    closers, nested = Closers(lines), NestedFences(lines, growing=False)
    at = 0
    while at < len(lines):
        line = lines[at]
        if md.is_blank(line) or (md.RULE.match(line)):
            at += 1
        elif fence := md.FENCE.match(line):
            end = nested.end(at, fence["run"], fence["info"], iter(lines[at + 1 :]))
            if end is None:
                end = _until(lines, at + 1, fence["run"])
            yield _code("\n".join(lines[at + 1 : end]))
            at = end + 1
        elif (found := _formula(lines, at, closers)) is not None:
            yield found[0]
            at = found[1]
        elif heading := _HEADING.match(line):
            level = min(6, 3 + len(heading[1]))  # the page has levels of its own above
            yield f'<h{level} dir="auto">{_inline(heading[2])}</h{level}>'
            at += 1
        elif _is_table(lines, at):
            end = _while_rows(lines, at + 2)
            yield _table([line, *lines[at + 2 : end]])
            at = end
        elif depth < _DEEPEST and md.QUOTE.match(line):
            end = at
            while end < len(lines) and md.QUOTE.match(lines[end]):
                end += 1
            inner = [md.QUOTE.sub("", each, count=1) for each in lines[at:end]]
            yield f'<blockquote dir="auto">{"".join(_blocks(inner, depth + 1))}</blockquote>'
            at = end
        elif depth < _DEEPEST and (item := _ITEM.match(line)):
            made, at = _list(lines, at, item, depth)
            yield made
        else:
            end = at + 1
            while end < len(lines) and _goes_on(lines, end):
                end += 1
            text = "\n".join(each.strip() for each in lines[at:end])
            yield f'<p dir="auto">{_inline(text)}</p>'
            at = end


def _until(lines: Sequence[str], at: int, run: str) -> int:
    while at < len(lines):
        end = md.FENCE_END.match(lines[at])
        if end and end["run"].startswith(run):
            break
        at += 1
    return at


def _formula(lines: Sequence[str], at: int, closers: Closers) -> tuple[str, int] | None:
    line = lines[at].strip(" ")
    if not line.startswith(("$$", "\\[")):
        return None
    last = closers.line(at, "$$" if line[0] == "$" else "\\]")
    block = [each.strip(" ") for each in lines[at : last + 1]]
    if last < at or not all(block) or (tex := display(block)) is None:
        return None
    return f"<div>{mathml(' '.join(tex), display=True)}</div>", last + 1


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line belongs to the paragraph before it."""
    line = lines[at]
    if md.is_blank(line) or md.FENCE.match(line) or _HEADING.match(line) or md.QUOTE.match(line):
        return False
    item = _ITEM.match(line)
    return not (item and item[4]) and not _is_table(lines, at) and not _starts_formula(line)


def _starts_formula(line: str) -> bool:
    return line.strip().startswith(("$$", "\\["))


def _is_table(lines: Sequence[str], at: int) -> bool:
    follows = at + 1 < len(lines) and "|" in lines[at] and md.DELIMITERS.match(lines[at + 1])
    return bool(follows)


def _while_rows(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and "|" in lines[at] and not md.is_blank(lines[at]):
        at += 1
    return at


def _list(lines: Sequence[str], at: int, item: re.Match[str], depth: int) -> tuple[str, int]:
    """A list that begins at line `at`, and where it ends."""
    numbered = item[3]
    tag = "ol" if numbered else "ul"
    items = []
    while at < len(lines) and (found := _ITEM.match(lines[at])):
        if bool(found[3]) != bool(numbered) or md.RULE.match(lines[at]):
            break
        end = at + 1
        width = min(len(found[1]), len(found[1].rstrip()) + 1)
        while end < len(lines) and _in_item(lines, end, width):
            end += 1
        inner = [found[4], *(_shifted(each, width) for each in lines[at + 1 : end])]
        items.append(_item(inner, depth))
        at = end
        while at < len(lines) and md.is_blank(lines[at]):
            at += 1
    start = f' start="{int(numbered)}"' if numbered and int(numbered) != 1 else ""
    return f'<{tag} dir="auto"{start}>{"".join(items)}</{tag}>', at


def _in_item(lines: Sequence[str], at: int, width: int) -> bool:
    line = lines[at].expandtabs(4)
    if md.is_blank(line):
        return at + 1 < len(lines) and md.indent_of(lines[at + 1].expandtabs(4), 0) >= min(width, 2)
    if md.indent_of(line, 0) >= min(width, 2):
        return True
    return not md.is_blank(lines[at - 1]) and _goes_on(lines, at) and not _ITEM.match(line)


def _shifted(line: str, width: int) -> str:
    line = line.expandtabs(4) if line[:1] in " \t" else line
    return line[min(width, md.indent_of(line, 0)) :]


def _item(lines: Sequence[str], depth: int) -> str:
    made = list(_blocks(lines, depth + 1))
    if made and made[0].startswith('<p dir="auto">'):  # a line alone is no paragraph
        made[0] = made[0].removeprefix('<p dir="auto">').removesuffix("</p>")
    return f'<li dir="auto">{"".join(made)}</li>'


def _table(rows: Sequence[str]) -> str:
    made = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        cells = (_inline(cell.strip()) for cell in _cells(row))
        made.append("".join(f'<{tag} dir="auto">{cell}</{tag}>' for cell in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in made) + "</table>"


def _cells(row: str, *, with_code: bool = True) -> list[str]:
    """Cut at the bars, not at those with a backslash, nor at those in code."""
    cells, cell, code = [], "", ""
    row = row.strip().removeprefix("|")
    for piece in re.findall(r"\\.|`+|\||[^\\`|]+|\\", row):
        if piece[0] == "`" and with_code:
            code = "" if piece == code else code or piece
        if piece == "|" and not code:
            cells.append(cell)
            cell = ""
        else:
            cell += "|" if piece == "\\|" else piece
    if code:  # backticks that are none
        return _cells(row, with_code=False)
    return [*cells, cell] if cell.strip() or not cells else cells


def _inline(text: str) -> str:
    return HtmlInline(text).edited().replace("\n", "<br>")
