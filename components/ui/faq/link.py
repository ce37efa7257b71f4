"""An answer's own address: copied by a button, and scrolled to where it leads."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import copy_button

_ASSETS = Path(__file__).parent / "assets"
_page = st.components.v2.component(
    "tuwen_faq_page",
    css=(_ASSETS / "page.css").read_text("utf-8"),
    js=(_ASSETS / "page.js").read_text("utf-8"),
    isolate_styles=False,
)


def copied_by(slug: str) -> None:
    copy_button.show(_address(slug), f"faq_copy-{slug}", text("faq.page.link"), icon="link")


def scroll() -> None:
    """How the page looks, and into sight with the answer that was jumped to last."""
    session = current_session()
    _page(key="faq_page", data={"slug": session.faq.open or "", "jump": session.faq.jumps})


def _address(slug: str) -> str:
    page = urlsplit(st.context.url or "")
    path = page.path.rsplit("/", 1)[0] + "/faq"
    query = urlencode({"q": slug, "lang": current_session().lang})
    return urlunsplit((page.scheme, page.netloc, path, query, ""))
