"""An answer's Markdown, edited where Streamlit's renderer would load, run or mangle something."""

import re
from textwrap import dedent

from components.markdown.blocks import Block, blocks
from components.markdown.inline import Inline
from components.markdown.lines import DELIMITERS, FENCE_END

# What may yet become a list item, a fence or a row, and until then makes a heading of the
# paragraph above it or nothing at all.
_UNDECIDED = re.compile(
    r"(?:^|(?<=\n))[ \t>]*(?:-+|=+|[*+#>]+|\d+[.)]?|`{1,2}|~{1,2}|[|:\- ]+)[ \t]*\Z"
)
_RUN = re.compile(r"`{3,}|~{3,}")
_LANGUAGE = re.compile(r"[A-Za-z0-9][\w+#.-]{0,29}(?=\s|$)", re.ASCII)


def safe_markdown(answer: str, *, growing: bool = False) -> str:
    r"""`answer` as Markdown for Streamlit 1.67's st.markdown: the same to read, and harmless.

    - No image: each becomes "🖼" and a link to it, which loads when it is clicked.
    - Links to http, https, mailto and "#" stay links; other addresses are shown as code.
    - HTML is text. Streamlit's own directives, emoji names and arrows are text as well.
    - Prices stay as they are; `$x$`, `$$x$$`, `\(x\)` and `\[x\]` are formulas.
    - Code is left as it is, but for the diagrams (mermaid), which are shown as code.

    growing: more is to come; a last line that may yet become anything is left out.
    Takes linear time and never raises.
    """
    if growing:
        answer = _UNDECIDED.sub("", answer)
    out: list[str] = []
    # st.markdown does the same to what it gets: done before, no indented code turns into text.
    answer = _dedented(answer).strip()
    for block in blocks(answer.replace("\x00", "\ufffd"), growing=growing):
        if block.kind == "text":
            out += _text(block)
        elif block.kind == "formula":
            out += [f"{block.first}$$", *(block.rest + line for line in block.content)]
            out.append(f"{block.rest}$$")
        elif block.kind == "fence":
            out += _fence(block)
        else:
            out += [line if line.strip(" \t") else "" for line in block.source]
    return "\n".join(out)


def _dedented(answer: str) -> str:
    """As textwrap has it, but for the blanks of a line that has nothing else: they may be code."""
    lines = zip(answer.split("\n"), dedent(answer).split("\n"), strict=True)
    return "\n".join(line if line.strip(" \t") else old for old, line in lines)


def _text(block: Block) -> list[str]:
    """Its lines. Table rows one by one: a cell ends before code or a formula does."""
    head = next((n for n, line in enumerate(block.content) if n and DELIMITERS.match(line)), 0)
    if not head:
        return _prefixed(Inline("\n".join(block.content)).edited(), block.first, block.rest)
    before, rows = block.content[: head - 1], block.content[head - 1 :]
    out: list[str] = []
    if before:
        out = _prefixed(Inline("\n".join(before)).edited(), block.first, block.rest)
    for number, row in enumerate(rows):
        edited = row if number == 1 else Inline(row, table=True).edited()
        out.append((block.rest if out else block.first) + edited)
    return out


def _prefixed(text: str, first: str, rest: str) -> list[str]:
    lines = text.split("\n")
    return [first + lines[0], *(rest + line for line in lines[1:])]


def _fence(block: Block) -> list[str]:
    """Its lines; between longer marks where one of the lines within would end it."""
    lines = [_opening(block), *block.source[1:]]
    run = _RUN.findall(block.source[0].removesuffix(block.info))[-1]
    inner = [end["run"] for line in block.content if (end := FENCE_END.match(line))]
    longest = max((len(each) for each in inner if each.startswith(run)), default=0)
    if longest:
        longer = run[0] * (longest + 1)
        lines[0] = lines[0].replace(run, longer, 1)
        if block.closed:
            head, _, tail = lines[-1].rpartition(run)
            lines[-1] = head.rstrip(run[0]) + longer + tail
    return lines


def _opening(block: Block) -> str:
    """A fence's first line with a language Streamlit colours: it draws mermaid, images included."""
    if not block.info:
        return block.source[0]
    start = block.source[0].rpartition(block.info)[0].rstrip(" \t")
    language = _LANGUAGE.match(block.info)
    if language is None or "mermaid" in language[0].lower() or "language" in language[0].lower():
        return start
    return start + language[0]
