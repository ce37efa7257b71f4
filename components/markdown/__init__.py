"""A model's answer, which is untrusted Markdown, made ready to be shown.

`answer_blocks` reads it, whole, `GrowingAnswer` as it comes, `answer_html` for pages that run
nothing, `answer_text` for a line of a table: always the same reading, to harmless HTML for which
`ANSWER_STYLE` is the look. `check_json` says where JSON is wrong, `sandboxed` wraps an HTML
document.

    parser      CommonMark with what models write beside it: the rules of ours in one place
    emphasis, formula, fences, tables, address, code    what those rules decide by
    gate        the last one: which elements and attributes leave at all
"""

from components.markdown.answer import (
    ANSWER_STYLE,
    Block,
    GrowingAnswer,
    answer_blocks,
    answer_html,
    answer_text,
)
from components.markdown.json_answer import JsonCheck, check_json
from components.markdown.sandbox import IFRAME_SANDBOX, sandboxed

__all__ = [
    "ANSWER_STYLE",
    "IFRAME_SANDBOX",
    "Block",
    "GrowingAnswer",
    "JsonCheck",
    "answer_blocks",
    "answer_html",
    "answer_text",
    "check_json",
    "sandboxed",
]
