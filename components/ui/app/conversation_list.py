"""The list of a person's conversations beside every page, by day, with what can be done to each."""

import json
from collections.abc import Callable, Sequence

import streamlit as st

from components import services
from components.chat.store import ConversationSummary, HistoryFilter
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.app.navigation import ASSETS
from components.ui.chat import callbacks
from components.ui.history import actions
from components.ui.server.thumbnails import PATH as THUMBNAILS
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, share_dialog, when

SHOWN = 30  # conversations, until all are asked for
ALL = 1000  # of whoever has more, the history has the rest
_SHARED_ON = {"", "history", "compare", "cost"}  # pages that draw the window of links

_list = st.components.v2.component(
    "tuwen_conversations",
    html=(ASSETS / "conversations.html").read_text("utf-8"),
    css=(ASSETS / "conversations.css").read_text("utf-8"),
    js=(ASSETS / "conversations.js").read_text("utf-8"),
    isolate_styles=False,
)


@block("sidebar.recent")
def show() -> None:
    """Draw it; nothing before there is a conversation."""
    session = current_session()
    most = ALL if session.history.all_beside else SHOWN
    wanted = HistoryFilter(text=session.history.sought)
    found = services.app().store().history.page(session.owner, wanted, limit=most + 1)
    may_share = session.person.may_ask and (session.page or "") in _SHARED_ON
    words = {name: text(f"ui.nav.list.{name}") for name in _WORDS}
    _list(
        key="conversations",
        data={
            **words,
            "rename": text("ui.history.rename"),
            "star": text("ui.history.star"),
            "share": text("ui.history.share"),
            "delete": text("ui.history.delete"),
            "undo": text("ui.history.undo"),
            "title": text("ui.history.rename_label"),
            "deleted": text("ui.history.deleted_one"),
            "actions": text("ui.action.more"),
            "shares": may_share,
            "sought": session.history.sought,
            "more": len(found) > most and not session.history.all_beside,
            # As a text: Streamlit would look for tables in it, with libraries of 0.5 s.
            "days": json.dumps(_days(found[:most]), ensure_ascii=False),
        },
        on_did_change=_done,
    )


_WORDS = ("label", "search", "nothing", "all", "unstar", "starred")


def _days(rows: Sequence[ConversationSummary]) -> list[dict[str, object]]:
    """Newest first, by the days of the person's browser."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        found.setdefault(when.period(row.updated_at), []).append(_row(row))
    return [{"name": text(f"ui.nav.day.{day}"), "rows": found[day]} for day in found]


def _row(row: ConversationSummary) -> dict[str, object]:
    return {
        "id": row.id,
        "title": options.cut(row.title, 200),
        "starred": row.starred,
        "image": f"{THUMBNAILS}/{row.first_image}" if row.first_image else "",
        "current": row.id == current_session().chat.conversation_id,
    }


def _done() -> None:
    """What a person did in the list: {"what", "id", "value"}, whatever the browser says."""
    said = value("conversations")
    did = said.get("did") if isinstance(said, dict) else None
    if isinstance(did, dict) and (act := _ACTS.get(str(did.get("what")))):
        act(str(did.get("id") or ""), str(did.get("value") or ""))


def _open(conversation_id: str, _: str) -> None:
    callbacks.open_conversation(conversation_id)


def _share(conversation_id: str, _: str) -> None:
    share_dialog.open_for("conversation", conversation_id)


def _search(_: str, words: str) -> None:
    current_session().history.sought = words.strip()


def _show_all(*_: str) -> None:
    current_session().history.all_beside = True


def _undo(conversation_id: str, _: str) -> None:
    services.app().store().history.undo_delete(current_session().owner, [conversation_id])


_ACTS: dict[str, Callable[[str, str], None]] = {
    "open": _open,
    "share": _share,
    "search": _search,
    "all": _show_all,
    "star": lambda conversation_id, _: actions.star([conversation_id], True),
    "unstar": lambda conversation_id, _: actions.star([conversation_id], False),
    "rename": lambda conversation_id, title: actions.rename(conversation_id, title),
    "delete": lambda conversation_id, _: actions.delete([conversation_id]),
    "undo": callbacks.shown(_undo),
}
