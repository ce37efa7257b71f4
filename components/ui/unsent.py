"""What isn't sent yet outlives the page, a long time without a connection and a restart."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from components.ui.dropping import owner_tag
from components.ui.pages import script
from components.ui.state import value, visit

_KEY = "unsent"
_MOST = 200  # names that are believed, and letters of each
_unsent = st.components.v2.component("tuwen_unsent", js=script("unsent.js"))


def remember() -> None:
    """Draw it on the chat page (nothing is seen of it): the browser remembers what is typed and
    the images' names, and asks for the images after this visit's memory was lost."""
    here = visit()
    _draw({"images": list(_names()), "editing": here.editing or "", "back": here.brought_back})


def remember_question() -> None:
    """The same on the compare page, for its question alone."""
    _draw({"images": None})


def _draw(data: dict[str, Any]) -> None:
    said = {"session": visit().id, "owner": owner_tag(), **data}
    _unsent(key=_KEY, data=said, on_back_change=_bring_back)


def _names() -> Iterable[str]:
    here = visit()
    yield from (image.name for image in (*here.draft, *here.aside))
    yield from (document.pdf.name for document in here.pdfs)


def _bring_back() -> None:
    """What can't be brought back is named."""
    here = visit()
    state: Any = value(_KEY)
    asked = state.get("back") if hasattr(state, "get") else None
    if here.brought_back or not isinstance(asked, dict):
        return
    here.brought_back = True
    names = asked.get("names")
    here.gone = [str(n)[:_MOST] for n in names[:_MOST]] if isinstance(names, list) else []
