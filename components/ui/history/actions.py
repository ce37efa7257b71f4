"""What can be done with conversations in the history, one or many at once."""

from collections.abc import Sequence

import streamlit as st

from components import services
from components.chat.store import ConversationSummary, HistoryFilter
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat.callbacks import shown
from components.ui.history import export
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import share_dialog


def of_row(row: ConversationSummary) -> None:
    """Star and delete at hand, and all that can be done in one menu: at the end of a row."""
    star_key = "ui.history.unstar" if row.starred else "ui.history.star"
    with st.container(horizontal=True, gap=None, width="content", key=f"row_actions-{row.id}"):
        st.button(
            "★" if row.starred else "☆",
            key=f"star-{row.id}",
            type="tertiary",
            help=text(star_key),
            on_click=star,
            args=([row.id], not row.starred),
        )
        st.button(
            text("ui.history.delete"),
            key=f"delete-{row.id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=delete,
            args=([row.id],),
        )
        st.menu_button(
            text("ui.history.more"),
            ["rename", "tags", "share", "starred", "delete"],
            key=f"row_menu-{row.id}",
            format_func=lambda what: text(star_key if what == "starred" else f"ui.history.{what}"),
            icon=":material/more_horiz:",
            type="tertiary",
            on_click=_menu,
            args=(row, f"row_menu-{row.id}"),
        )


def unfolded(row: ConversationSummary) -> None:
    """The field for a new title or the tags, under the row whose menu asked for it."""
    opened = current_session().history.row_opened
    if opened is None or opened[0] != row.id:
        return
    what = opened[1]
    key = f"{what}-{row.id}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            text(f"ui.history.{what}_label"),
            value=row.title if what == "rename" else ", ".join(row.tags),
            key=key,
            max_chars=200,
        )
        st.button(
            text("ui.history.save"),
            key=f"save-{row.id}",
            type="primary",
            on_click=_rename if what == "rename" else _retag,
            args=(row.id, key),
        )
        st.button(text("ui.history.cancel"), key=f"cancel-{row.id}", on_click=_fold)


@block("history.bulk")
def bulk(rows: Sequence[ConversationSummary], wanted: HistoryFilter) -> None:
    """What can be done with many: those that are picked once somebody selects, all before that.
    wanted: what is exported with none."""
    session = current_session()
    on_page = [row.id for row in rows]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bulk"):
        if not session.history.selecting:
            st.button(
                text("ui.history.select"),
                key="select",
                icon=":material/checklist:",
                type="tertiary",
                on_click=_select,
                args=(True,),
            )
            export.export((), wanted)
            return
        st.button(
            text("ui.history.select_done"),
            key="select_done",
            icon=":material/close:",
            type="tertiary",
            on_click=_select,
            args=(False,),
        )
        put("pick_all", bool(on_page) and set(on_page) <= session.history.picked)
        st.checkbox(text("ui.history.all"), key="pick_all", on_change=_pick_all, args=(on_page,))
        if not session.history.picked:
            export.export((), wanted)
            return
        picked = sorted(session.history.picked)
        st.caption(_picked(picked, on_page), width="content")
        export.export(picked, wanted)
        st.button(
            text("ui.history.star"),
            key="bulk_star",
            icon=":material/star:",
            type="tertiary",
            on_click=star,
            args=(picked, True),
        )
        with st.popover(text("ui.history.tag"), type="tertiary", icon=":material/label:"):
            st.text_input(text("ui.history.tag_label"), key="bulk_tag", on_change=_tag_picked)
        st.button(
            text("ui.history.delete_picked"),
            key="bulk_delete",
            icon=":material/delete:",
            type="tertiary",
            on_click=delete,
            args=(picked,),
        )


def _picked(picked: Sequence[str], on_page: Sequence[str]) -> str:
    """How many, and how many of them one doesn't see: what follows is done to them too."""
    hidden = len(set(picked) - set(on_page))
    if hidden:
        return text("ui.history.picked_hidden", n=len(picked), hidden=hidden)
    return counted("ui.history.picked", len(picked))


def pick(conversation_id: str, key: str) -> None:
    _mark({conversation_id}, key)


@shown
def undo() -> None:
    """Bring back what was deleted last."""
    session = current_session()
    services.app().store().history.undo_delete(session.owner, session.history.deleted)
    session.history.deleted = []


def _pick_all(ids: Sequence[str]) -> None:
    _mark(set(ids), "pick_all")


def _mark(ids: set[str], key: str) -> None:
    """They are picked, or not any more, as the box of this key says."""
    history = current_session().history
    history.picked = history.picked | ids if value(key) else history.picked - ids


@shown
def star(ids: Sequence[str], starred: bool) -> None:
    services.app().store().history.star(current_session().owner, ids, starred)


@shown
def delete(ids: Sequence[str]) -> None:
    session = current_session()
    for conversation_id in ids:
        services.app().answers().stop(session.owner, conversation_id)
    session.history.deleted = services.app().store().history.delete(session.owner, ids)
    session.history.picked = session.history.picked - set(ids)
    if session.chat.conversation_id in ids:
        session.chat.enter(None)


@shown
def rename(conversation_id: str, title: str) -> None:
    services.app().store().history.rename(current_session().owner, conversation_id, title)


def _rename(conversation_id: str, key: str) -> None:
    rename(conversation_id, str(value(key) or ""))
    _fold()


@shown
def _retag(conversation_id: str, key: str) -> None:
    """The tags as they stand in the field now, separated by commas of either language."""
    session, store = current_session(), services.app().store()
    written = str(value(key) or "").replace("，", ",").replace("、", ",").split(",")
    wanted = {tag.strip() for tag in written if tag.strip()}
    conversation = store.conversations.conversation(session.owner, conversation_id)
    had = set(conversation.tags) if conversation else set()
    for tag in sorted(had - wanted):
        store.history.untag(session.owner, [conversation_id], tag)
    for tag in sorted(wanted - had):
        store.history.tag(session.owner, [conversation_id], tag)
    _fold()


@shown
def _tag_picked() -> None:
    session = current_session()
    tag = str(value("bulk_tag") or "").strip()
    if tag:
        services.app().store().history.tag(session.owner, sorted(session.history.picked), tag)
        put("bulk_tag", "")


def _menu(row: ConversationSummary, key: str) -> None:
    match value(key):
        case "share":
            share_dialog.open_for("conversation", row.id)
        case "starred":
            star([row.id], not row.starred)
        case "delete":
            delete([row.id])
        case what:
            current_session().history.row_opened = (row.id, str(what))


def _select(on: bool) -> None:
    """Boxes before the rows; without them nothing is picked."""
    history = current_session().history
    history.selecting = on
    history.picked = history.picked if on else set()


def _fold() -> None:
    current_session().history.row_opened = None
