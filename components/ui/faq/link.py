"""An answer's own address: copied by a button, and scrolled to where it leads."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session

_ASSETS = Path(__file__).parent / "assets"
_copy = st.components.v2.component(
    "tuwen_copy_link",
    html=(_ASSETS / "copy.html").read_text("utf-8"),
    css=(_ASSETS / "copy.css").read_text("utf-8"),
    js=(_ASSETS / "copy.js").read_text("utf-8"),
    isolate_styles=False,
)
_page = st.components.v2.component(
    "tuwen_faq_page",
    css=(_ASSETS / "page.css").read_text("utf-8"),
    js=(_ASSETS / "page.js").read_text("utf-8"),
    isolate_styles=False,
)


def copy_button(slug: str) -> None:
    _copy(
        key=f"faq_copy-{slug}",
        width="content",
        data={
            "label": text("faq.page.link"),
            "copied": text("faq.page.copied"),
            "address": _address(slug),
        },
    )


def scroll() -> None:
    """How the page looks, and into sight with the answer that was jumped to last."""
    session = current_session()
    _page(key="faq_page", data={"slug": session.faq.open or "", "jump": session.faq.jumps})


def _address(slug: str) -> str:
    page = urlsplit(st.context.url or "")
    path = page.path.rsplit("/", 1)[0] + "/faq"
    query = urlencode({"q": slug, "lang": current_session().lang})
    return urlunsplit((page.scheme, page.netloc, path, query, ""))
