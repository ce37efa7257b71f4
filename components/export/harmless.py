"""Markdown of questions and answers so that opening it loads nothing from anywhere."""

import re

from components.markdown.emphasis import signs_escaped

_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def harmless(markdown: str) -> str:
    """`markdown` without images and HTML: both are shown as the text that they were written in.

    Code in fences at the start of a line stays as it is; only there is it certain that every
    program takes it for code. Elsewhere character references stand for what would act, which no
    backslash before them can undo. A `*` that is a sign, as in 1920*1080, is said to be one.
    """
    lines, fence = [], ""
    for line in re.split(r"\r\n|\r|\n", markdown):
        if fence:
            lines.append(line)
            if _closes(line, fence):
                fence = ""
        elif found := _FENCE.fullmatch(line):
            fence = found[1] or found[2]
            lines.append(line if found[1] else _plain(line))
        else:
            lines.append(_plain(line))
    return "\n".join([*lines, fence] if fence else lines)


def _closes(line: str, fence: str) -> bool:
    """As CommonMark has it: as many of the same, at most three spaces before, none but after."""
    mark = line.rstrip(" \t").lstrip(" ")
    indented = len(line) - len(line.lstrip(" ")) > 3
    return not indented and len(mark) >= len(fence) and set(mark) == {fence[0]}


def _plain(line: str) -> str:
    return _TAG.sub("&lt;", signs_escaped(line)).replace("![", "!&#91;")
