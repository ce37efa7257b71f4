"""What isn't sent yet outlives the page, a long time without a connection and a restart."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from components import services
from components.chat.draft import DraftImage
from components.chat.drafts import Draft
from components.errors import AppError
from components.ui.app import errors
from components.ui.app.navigation import script
from components.ui.chat import callbacks
from components.ui.streamlit_seam.drop_zone import owner_tag
from components.ui.streamlit_seam.session import current_session, value

_KEY = "unsent"
_MOST = 200  # names that are believed, and letters of each
_unsent = st.components.v2.component("tuwen_unsent", js=script("unsent.js"))


def remember() -> None:
    """Draw it on the chat page (nothing is seen of it): the browser remembers what is typed and
    the images' names, and asks for the images after this session's memory was lost."""
    session = current_session()
    _keep()
    _draw(
        {"images": list(_names()), "editing": session.editing or "", "back": session.brought_back}
    )


def remember_question() -> None:
    """The same on the compare page, for its question alone."""
    _draw({"images": None})


def _draw(data: dict[str, Any]) -> None:
    said = {"session": current_session().id, "owner": owner_tag(), **data}
    _unsent(key=_KEY, data=said, on_back_change=_bring_back)


def _names() -> Iterable[str]:
    session = current_session()
    yield from (image.name for image in (*session.draft, *session.aside))
    yield from (document.pdf.name for document in session.pdfs)


def _bring_back() -> None:
    """What can't be brought back is named."""
    session = current_session()
    state: Any = value(_KEY)
    asked = state.get("back") if hasattr(state, "get") else None
    if session.brought_back or not isinstance(asked, dict):
        return
    session.brought_back = True
    session.person.must_ask()
    names = asked.get("names")
    gone = [str(n)[:_MOST] for n in names[:_MOST]] if isinstance(names, list) else []
    try:
        for image in _restored(str(asked.get("session")), str(asked.get("editing") or "")):
            if image.name in gone:
                gone.remove(image.name)
    except (AppError, TimeoutError) as error:
        session.error = errors.unexpected(error)
    session.gone = gone


def _restored(draft_id: str, editing: str) -> list[DraftImage]:
    """What the store has of it, in the tray. Of a question that isn't there any more to be edited,
    the images are new ones."""
    session = current_session()
    found = services.drafts().of(session.owner, draft_id)
    asked = callbacks.message(editing)
    if asked and session.editing is None:
        session.editing, session.draft, session.aside = asked.id, list(found.images), session.draft
        _join(session.aside, found.aside)
    else:
        _join(session.draft, [*found.images, *found.aside])
    _keep()
    # Not before they are this session's: bytes that nothing shows go.
    services.drafts().keep(session.owner, draft_id, Draft())
    return [*found.images, *found.aside]


def _join(tray: list[DraftImage], found: Sequence[DraftImage]) -> None:
    there = {(image.digest, image.url) for image in tray}
    tray[:0] = [image for image in found if (image.digest, image.url) not in there]


def _keep() -> None:
    """In the store, when it isn't what is there already."""
    session = current_session()
    now = (
        [(i.id, i.detail, i.as_is) for i in session.draft],
        [(i.id, i.detail) for i in session.aside],
    )
    if now != session.kept and (any(now) or session.kept):
        session.kept = now
        services.drafts().keep(
            session.owner, session.id, Draft(tuple(session.draft), tuple(session.aside))
        )


def let_go() -> None:
    """Whoever signs out leaves nothing behind."""
    session = current_session()
    services.drafts().keep(session.owner, session.id, Draft())
