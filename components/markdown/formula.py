r"""What is a formula and what is a price, and formulas as MathML, which browsers draw.

`$x$`, `$$x$$`, `\(x\)` and `\[x\]`, the second and the last on lines of their own as well.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST = 2000  # characters of TeX that are drawn
DEEPEST = 40  # braces in one another

# Content stops at the next delimiter, so that looking at every "$" stays linear.
DOLLAR = re.compile(r"\$(?![\s$])((?:[^$`\\\n]|\\[^`\n])++)(?<!\s)\$(?![A-Za-z0-9$])")
_DOLLARS = re.compile(r"\$\$(?!\$)((?:[^$`\\]|\\[^`])++)\$\$(?!\$)")
_PAREN = re.compile(r"\\\(((?:[^`\\]|\\[^()`])++)\\\)")
_BRACKET = re.compile(r"\\\[((?:[^`\\]|\\[^\[\]`])++)\\\]")
_RUN = re.compile(r"\$+")
_LETTER = re.compile(r"[A-Za-z0-9$]")  # before a price's sign: "US$5"
_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})*")
_WORDS = re.compile(
    r"[A-Za-z]{3,}|(?<!\S)[A-Za-z]{2}(?!\S)|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_SIGNS = re.compile(r"[\\^_=+<>{}*/-]")
_ADDRESS = re.compile(r"`|://|www\.|@", re.IGNORECASE)


def formulas(md: MarkdownIt) -> None:
    """The rules, for a parser. Tokens `math_inline` and `math_block`, with TeX as their content."""
    md.inline.ruler.before("escape", "formula", _inline)
    around: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "formula", _block, around)


def mathml(tex: str, *, display: bool) -> str:
    """The formula as an element, as code where that can't be had; display: on lines of its own.
    Never raises. What TeX may ask for beside signs, links and styles, is left to the gate."""
    tex = tex.strip()
    if len(tex) <= LONGEST and _depth(tex) <= DEEPEST:
        try:
            element = convert_to_element(tex, display="block" if display else "inline")
            for each in element.iter():  # it names signs by references
                each.text = unescape(each.text or "")
            return tostring(element, encoding="unicode", short_empty_elements=False)
        except Exception:  # it raises what it likes; the formula is shown as it was written
            pass
    mark = "$$" if display else "$"
    return f'<code dir="ltr">{escape(f"{mark}{tex}{mark}")}</code>'


def is_price(tex: str) -> bool:
    """Whether what stands between two dollar signs is prose between two prices."""
    return tex[0].isdigit() and bool(_WORDS.search(_COMMAND.sub("", tex)))


def _is_formula(tex: str) -> bool:
    r"""Whether \[...\] is a formula: "\[1\]" and "\[note\]" are escaped brackets."""
    return bool(_SIGNS.search(tex))


def _inline(state: StateInline, silent: bool) -> bool:
    text, start = state.src, state.pos
    sign = text[start : start + 2]
    if sign[:1] == "$":
        run = _RUN.match(text, start).end() - start  # type: ignore[union-attr]
        found, display = None, run == 2
        if display:
            found = _DOLLARS.match(text, start, state.posMax)
        elif run == 1 and not _LETTER.match(text, max(start - 1, 0), start):
            found = DOLLAR.match(text, start, state.posMax)
            found = None if found and is_price(found[1]) else found
        if found is None or not _reads(found[1]):
            if not silent:
                state.pending += "$" * run
            state.pos = min(start + run, state.posMax)
            return True
    elif sign in ("\\(", "\\["):
        display = sign == "\\["
        found = (_BRACKET if display else _PAREN).match(text, start, state.posMax)
        if found is None or not _reads(found[1]) or (display and not _is_formula(found[1])):
            return False
    else:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.info = " ".join(found[1].split()), "display" if display else ""
    state.pos = found.end()
    return True


def _reads(tex: str) -> bool:
    return bool(tex.strip()) and not _ADDRESS.search(tex)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    opening = state.src[at : at + 2]
    if opening not in ("$$", "\\[") or state.is_code_block(start):
        return False
    closing = "$$" if opening == "$$" else "\\]"
    last, lines = start, [state.src[at : state.eMarks[start]]]
    while closing not in lines[-1][2 if last == start else 0 :]:
        last += 1
        if last >= end and state.env.get("growing"):
            return _unfinished(state, start, last, silent)
        if last >= end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            return False
        lines.append(state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]])
        if closing != "$$" and lines[-1].startswith("\\["):  # so that all takes linear time
            return False
    tex, _, after = "\n".join(lines)[2:].partition(closing)
    after = after.strip(" \t")
    if after not in ("", *".,;:") or not _reads(tex) or (closing != "$$" and not _is_formula(tex)):
        return False
    if not silent:
        token = _push(state, "math_block", "math", 0, start, last + 1)
        token.content = tex.strip() + after
        state.line = last + 1
    return True


def _unfinished(state: StateBlock, start: int, last: int, silent: bool) -> bool:
    """Whatever stands in a formula that grows begins nothing: it is shown as it is written."""
    if not silent:
        state.env["unfinished"] = True
        _push(state, "paragraph_open", "p", 1, start, last)
        token = _push(state, "text_as_written", "", 0, start, last)
        token.content = state.getLines(start, last, state.blkIndent, False).strip()
        state.push("paragraph_close", "p", -1)
        state.line = last
    return True


def _push(state: StateBlock, kind: str, tag: str, nesting: int, start: int, end: int) -> Token:
    token = state.push(kind, tag, nesting)  # type: ignore[arg-type]
    token.block, token.map = True, [start, end]
    return token


def _depth(tex: str) -> int:
    depth = deepest = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest
