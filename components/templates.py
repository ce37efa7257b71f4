"""The HTML pages that leave the app, as templates beside the modules that fill them: every value in
them is escaped."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from components.i18n import t
from components.i18n.sentence import joined
from components.markdown import answer_html


def style_source(style: str) -> str:
    """What a content security policy names a page's only style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals |= {"t": t, "joined": joined}
_ENVIRONMENT.filters["answer"] = lambda text: Markup(answer_html(text))
_ENVIRONMENT.filters["source"] = style_source


def template(path: str) -> Template:
    """path: in this folder. It knows `t` and `joined`, and as filters `answer`, a model's Markdown
    as HTML, and `source`, see style_source."""
    return _ENVIRONMENT.get_template(path)
