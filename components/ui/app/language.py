"""Which language a session has: from the address, else as it was chosen, else the browser's."""

import streamlit as st

from components.i18n import LANGUAGES, t
from components.ui.streamlit_seam import slow_store_notice
from components.ui.streamlit_seam.session import current_session, put, value

NAMES = {"zh": "中文", "en": "English"}


def settle() -> str:
    """Work out the language once a run and keep it in the session and in the address."""
    session = current_session()
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        session.lang = asked
    elif not session.lang_known:
        session.lang = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    session.lang_known = True
    if asked != session.lang:
        st.query_params["lang"] = session.lang
    slow_store_notice.speaks(session.lang)
    return session.lang


def switch() -> None:
    """The language switch."""
    if value("language") != current_session().lang:
        put("language", current_session().lang)
    st.segmented_control(
        text("ui.language"),
        LANGUAGES,
        key="language",
        format_func=NAMES.__getitem__,
        on_change=_switched,
        label_visibility="collapsed",
        required=True,
    )


def text(key: str, **values: object) -> str:
    """A text in the session's language."""
    return t(current_session().lang, key, **values)


def counted(key: str, n: int, **values: object) -> str:
    """A text with a number in it: `<key>_one` for exactly one, where a language needs that."""
    return text(f"{key}_one" if n == 1 else key, n=n, **values)


def _switched() -> None:
    chosen = value("language")
    if chosen in LANGUAGES:
        current_session().lang = str(chosen)
        st.query_params["lang"] = str(chosen)
