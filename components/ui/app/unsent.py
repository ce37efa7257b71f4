"""What isn't sent yet outlives the page, a long time without a connection and a restart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from components import services
from components.chat.draft import DraftImage
from components.errors import AppError
from components.text import escape_markdown, short_name
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.app.navigation import script
from components.ui.streamlit_seam.drop_zone import owner_tag
from components.ui.streamlit_seam.session import current_session, value

_MOST = 200  # names that are believed, and letters of each
_KEEPING = ("chat", "compare")  # places whose images the store keeps
_unsent = st.components.v2.component("tuwen_unsent", js=script("unsent.js"))

Back = Mapping[str, Any]  # what the browser gives back: form, texts by their fields' keys


def remember(
    place: str,
    images: Iterable[str],
    bring_back: Callable[[str, Back], Iterable[str]],
    form: object = None,
) -> None:
    """Draw it on a page (nothing is seen of it): the browser remembers what is typed, the images'
    names and the form, and gives them back after this session's memory was lost.

    form: JSON, None where it is as at first. bring_back: gets the id of the draft that is kept and
    what the browser gives back, which anybody could have written; returns the names of the images
    that are there again.
    """
    session = current_session()
    _unsent(
        key=_key(place),
        data={
            "session": session.id,
            "owner": owner_tag(),
            "place": place,
            "images": tuple(images),  # a list would load pandas: is it a table?
            "form": form,
            "back": place in session.brought_back,
        },
        on_back_change=partial(_bring_back, place, bring_back),
    )


def say_gone(place: str) -> None:
    """Name the images that couldn't be brought back."""
    if gone := current_session().gone.get(place):
        names = escape_markdown(", ".join(short_name(name) for name in gone))
        st.warning(text("ui.tray.gone", names=names), icon=":material/hide_image:")


def _bring_back(place: str, bring_back: Callable[[str, Back], Iterable[str]]) -> None:
    """What can't be brought back is named."""
    session = current_session()
    state: Any = value(_key(place))
    asked = state.get("back") if hasattr(state, "get") else None
    if place in session.brought_back or not isinstance(asked, dict):
        return
    session.brought_back.add(place)
    names = asked.get("names")
    gone = [str(n)[:_MOST] for n in names[:_MOST]] if isinstance(names, list) else []
    try:
        for name in bring_back(_draft_id(str(asked.get("session")), place), asked):
            if name in gone:
                gone.remove(name)
    except (AppError, TimeoutError) as error:
        session.error = errors.unexpected(error)
    session.gone[place] = gone


def stored(draft_id: str) -> list[DraftImage]:
    """What the store has of a draft. Raises AppError, TimeoutError."""
    session = current_session()
    session.person.must_ask()
    return services.app().drafts().of(session.owner, draft_id)


def moved(draft_id: str) -> None:
    """What the store had is this session's, and kept as such: bytes that nothing shows go."""
    services.app().drafts().keep(current_session().owner, draft_id, ())


def keep(place: str, images: Sequence[DraftImage]) -> None:
    """In the store, when it isn't what is there already."""
    session = current_session()
    now = [(i.id, i.detail, i.as_is) for i in images]
    if now != session.kept.get(place) and (now or place in session.kept):
        session.kept[place] = now
        services.app().drafts().keep(session.owner, _draft_id(session.id, place), tuple(images))


def let_go() -> None:
    """Whoever signs out leaves nothing behind."""
    session = current_session()
    for place in _KEEPING:
        services.app().drafts().keep(session.owner, _draft_id(session.id, place), ())


def text_of(back: Back, key: str) -> str | None:
    """What stood in a field of the page, None where that isn't known."""
    texts = back.get("texts")
    found = texts.get(key) if isinstance(texts, dict) else None
    return found if isinstance(found, str) else None


def form_of(back: Back) -> Mapping[str, Any]:
    """The form as it was given to the browser, or anything else."""
    form = back.get("form")
    return form if isinstance(form, dict) else {}


def _key(place: str) -> str:
    return f"unsent_{place}"


def _draft_id(session_id: str, place: str) -> str:
    return session_id if place == "chat" else f"{session_id}:{place}"
