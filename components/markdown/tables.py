"""Tables whose code and formulas may hold a bar; by GFM's rule it would end the cell."""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from components.markdown.formula import DOLLAR, is_price

_BAR = "\ue000"  # for private use; an answer that has it is read by GFM's rule
_MARK = re.compile(r"\\.|`+|\$")
_OWN_BAR = re.compile(r"(?<!\\)\|")


def tables(md: MarkdownIt) -> None:
    """The rules, for a parser: such bars are something else while blocks are looked for."""
    md.enable("table")
    md.core.ruler.after("normalize", "hide_bars", _hide)
    md.core.ruler.after("block", "show_bars", _show)


def _hide(state: StateCore) -> None:
    if "|" in state.src and _BAR not in state.src:
        state.env["bars"] = True
        state.src = "\n".join(map(_hidden, state.src.split("\n")))


def _show(state: StateCore) -> None:
    if state.env.pop("bars", False):
        for token in state.tokens:
            token.content = token.content.replace(_BAR, "|")
            token.info = token.info.replace(_BAR, "|")


def _hidden(line: str) -> str:
    """`line` with the bars in its code and its formulas hidden; \\| is a bar in any cell."""
    if "|" not in line or not ("`" in line or "$" in line):
        return line
    runs: dict[str, list[int]] = {}
    for run in re.finditer("`+", line):
        runs.setdefault(run[0], []).append(run.start())
    out, at = [], 0
    while mark := _MARK.search(line, at):
        end = mark.end()
        if mark[0][0] == "`":
            places = runs.get(mark[0], [])
            number = bisect_right(places, mark.start())
            end = places[number] + len(mark[0]) if number < len(places) else end
        elif mark[0] == "$" and (found := DOLLAR.match(line, mark.start())):
            end = end if is_price(found[1]) else found.end()
        out += [line[at : mark.start()], _OWN_BAR.sub(_BAR, line[mark.start() : end])]
        at = end
    return "".join([*out, line[at:]])
