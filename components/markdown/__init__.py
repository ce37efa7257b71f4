"""A model's answer, which is untrusted Markdown, made ready to be shown.

`safe_markdown` edits it for the Markdown dialect of Streamlit, `answer_html` makes pages of it that
can only be read, `parts` splits it into what wants a view of its own, `check_json` says where JSON
is wrong, `sandboxed` wraps an HTML document.
"""

from components.markdown.html import ANSWER_STYLE, answer_html
from components.markdown.json_answer import JsonCheck, check_json
from components.markdown.parts import Part, parts
from components.markdown.safe import safe_markdown
from components.markdown.sandbox import IFRAME_SANDBOX, sandboxed

__all__ = [
    "ANSWER_STYLE",
    "IFRAME_SANDBOX",
    "JsonCheck",
    "Part",
    "answer_html",
    "check_json",
    "parts",
    "safe_markdown",
    "sandboxed",
]
