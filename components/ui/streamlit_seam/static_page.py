"""The files that Streamlit came with, and the page among them that loads the rest."""

import base64
import hashlib
import re
from pathlib import Path

from streamlit.file_util import get_static_dir


def static_root() -> Path:
    """Folder of its built files."""
    return Path(get_static_dir())


def inline_script_hashes(index: str | None = None) -> list[str]:
    """CSP sources for the inline scripts of the page that Streamlit serves, or of `index`."""
    if index is None:
        index = (static_root() / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
