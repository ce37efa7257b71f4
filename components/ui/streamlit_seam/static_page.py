"""The files that Streamlit came with, and the page among them that loads the rest."""

import base64
import hashlib
import re
from html import escape
from pathlib import Path

from streamlit.file_util import get_static_dir

_TITLE, _ICON = "<title>Streamlit</title>", 'href="./favicon.png"'
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_OWN_DESCRIPTION = re.compile(r'<link rel="service-desc"[^>]*>')


# Typefaces that it comes with, as the theme (config.toml) calls them.
_FACES = {
    "SourceSansVF-Upright": ("Source Sans", "normal"),
    "SourceSansVF-Italic": ("Source Sans", "italic"),
    "SourceCodeVF-Upright": ("Source Code", "normal"),
}


def static_root() -> Path:
    """Folder of its built files."""
    return Path(get_static_dir())


def page(lang: str, title: str, description: str, no_script: str, icon: str) -> str:
    """The page that Streamlit serves, under a name of our own: what stands in a tab before the
    first run, and what a messenger shows of a link. Plain texts, no_script for a browser
    without scripts; icon: a path without the first slash."""
    html = (static_root() / "index.html").read_text("utf-8")
    title, description = escape(title), escape(description)
    head = (
        f"<title>{title}</title>"
        f'<meta name="description" content="{description}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
    )
    for theirs, ours in (
        ('<html lang="en">', f'<html lang="{escape(lang)}">'),
        (_TITLE, head),
        (_ICON, f'href="./{escape(icon)}"'),
    ):
        html = html.replace(theirs, ours, 1)
    html = _NO_SCRIPT.sub(f"<noscript>{escape(no_script)}</noscript>", html)
    return _OWN_DESCRIPTION.sub("", html)


def inline_script_hashes(index: str | None = None) -> list[str]:
    """CSP sources for the inline scripts of the page that Streamlit serves, or of `index`."""
    if index is None:
        index = (static_root() / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def font_faces() -> str:
    """@font-face rules for the typefaces that Streamlit comes with, for a page beside its own."""
    rules = []
    for name, (family, style) in _FACES.items():
        for path in (static_root() / "static" / "media").glob(f"{name}.*.woff2"):
            source = f"url(static/media/{path.name}) format('woff2')"
            rules.append(
                f"@font-face {{ font-family: '{family}'; font-style: {style}; "
                f"font-weight: 200 900; font-display: swap; src: {source}; }}\n"
            )
    return "".join(rules)
