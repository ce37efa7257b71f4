"""The one place that turns an error into a sentence with a next step."""

import logging
import secrets
from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from components.errors import AppError
from components.i18n import sentence as i18n
from components.i18n import texts
from components.i18n.sentence import joined
from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session

_LOG = logging.getLogger(__name__)


def sentence(code: str, data: Mapping[str, object]) -> tuple[str, str]:
    """(what happened, what to do next) in the session's language, as safe Markdown.

    An unknown code or a value that is missing gives the plain "something went wrong".
    """
    # Numbers stay numbers: some texts write them with separators.
    safe = {
        name: item if isinstance(item, int | float | Decimal) else escape_markdown(str(item))
        for name, item in data.items()
    }
    return _sentence(code, safe)


def spoken(code: str, data: Mapping[str, object]) -> str:
    """The same as one text, for screen readers."""
    return joined(*_sentence(code, data))


def _sentence(code: str, data: Mapping[str, object]) -> tuple[str, str]:
    known = code if f"error.{code}.text" in texts(current_session().lang) else "unexpected"
    try:
        return i18n.sentence(current_session().lang, known, data)
    except (KeyError, ValueError, IndexError):
        _LOG.error("text of %s lacks a value; it has %s", code, sorted(data))
        return text("error.unexpected.text", number="–"), text("error.unexpected.next")


def show(error: AppError) -> None:
    """Show an error with its next step; the endpoint's own words are folded under it."""
    show_code(error.code, error.data, getattr(error, "detail", ""))


def show_code(code: str, data: Mapping[str, object], detail: str = "") -> None:
    what, then = sentence(code, data)
    st.error(joined(what, then), icon=":material/error:")
    if detail:
        with st.expander(text("ui.error.details")):
            st.code(detail, language=None, wrap_lines=True)


class Unexpected(AppError):
    """Anything that isn't an AppError: a short number for the person, the rest for the log."""

    codes = frozenset({"unexpected"})


def unexpected(error: Exception) -> AppError:
    """`error` as something that can be shown; its traceback goes to the server's log."""
    if isinstance(error, AppError):
        return error
    number = secrets.token_hex(3)
    _LOG.error("error %s", number, exc_info=error)
    return Unexpected("unexpected", number=number)


def caught(error: Exception) -> bool:
    """For what the frame can't catch (callbacks): show it, nothing else."""
    show(unexpected(error))
    return True
