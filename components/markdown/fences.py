"""Fences that hold Markdown, which may hold fences of its own.

By CommonMark's rule the first inner fence would end it; no model that writes one means that.
"""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_MARKDOWN = {"markdown", "md", "mdx", "gfm"}
_FENCE = re.compile(r" {0,3}(?P<run>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)$")
_BARE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*$")


def nested_fences(md: MarkdownIt) -> None:
    """The rule, for a parser. Where it finds no end, CommonMark's holds. `env["growing"]`: more is
    to come, so that an end that isn't there may yet be."""
    around: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "nested_fence", _rule, around)


def language(info: str) -> str:
    """The first word after a fence's marks, in lower case."""
    return (info.split() or [""])[0].lower()


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = None if state.is_code_block(start) else _FENCE.match(_line(state, start))
    if found is None or language(found["info"]) not in _MARKDOWN:
        return False
    if silent:
        return True
    last = _last(state, start, end, found["run"])
    if last is None:
        return False
    token = state.push("fence", "code", 0)
    token.info, token.markup = found["info"].strip(), found["run"]
    token.content = state.getLines(start + 1, last, state.sCount[start], True)
    state.line = min(last + 1, end)
    token.map = [start, state.line]
    return True


def _last(state: StateBlock, start: int, end: int, run: str) -> int | None:
    """The line that ends the fence of line `start`, `end` for one that goes on; None: by
    CommonMark's rule. Linear altogether: an end that was looked for in vain isn't again."""
    if state.env.get("endless"):
        return None
    inner = ""
    for number in range(start + 1, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return None  # its list has ended
        fence = _FENCE.match(_line(state, number))
        if fence is None or not fence["run"].startswith(inner or run):
            continue
        bare = not fence["info"]
        if inner:
            inner = "" if bare else inner
        elif not bare or _opens(state, number, end):
            inner = fence["run"]
        else:
            return number
    if state.env.get("growing"):
        return end
    state.env["endless"] = True
    return None


def _opens(state: StateBlock, at: int, end: int) -> bool:
    """Whether a bare fence begins code: words follow at once, and two more fences later."""
    following = _line(state, at + 1).strip(" \t>") if at + 1 < end else ""
    if not following or following.startswith(("```", "~~~")):
        return False
    if state.env.get("growing"):
        return True
    if "bare_fences" not in state.env:
        lines = enumerate(state.src.split("\n"))
        state.env["bare_fences"] = [number for number, line in lines if _BARE.match(line)]
    bare = state.env["bare_fences"]
    return len(bare) - bisect_right(bare, at) >= 2


def _line(state: StateBlock, number: int) -> str:
    """Without the marks of its containers."""
    indent = max(0, state.sCount[number] - state.blkIndent)
    begins = state.bMarks[number] + state.tShift[number]
    return " " * indent + state.src[begins : state.eMarks[number]]
