"""An answer's Markdown as plain text, to search in and to quote from."""

import re

_CODE = re.compile(r"^```.*?^```$\n?", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^[ \t]*\|[-:| \t]+\|[ \t]*$\n?", re.MULTILINE)
_LEAD = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|`")


def plain_text(markdown: str) -> str:
    """`markdown` on one line, without marks and code; only for the forms that our answers use."""
    text = _LINK.sub(r"\1", _LEAD.sub("", _RULE.sub("", _CODE.sub("", markdown))))
    return " ".join(_MARKS.sub("", text).replace("|", " ").split())
