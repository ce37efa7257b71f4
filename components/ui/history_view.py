"""The history page: the conversations, newest first; open and delete."""

import streamlit as st

from components.chat.log import ConversationSummary
from components.text import escape_markdown
from components.ui import services
from components.ui.language import counted, text
from components.ui.money import money
from components.ui.pages import CHAT
from components.ui.state import value, visit

PAGE = 20


def show() -> None:
    st.title(text("ui.history.title"))
    owner = visit().owner
    count = services.log().count(owner)
    st.caption(counted("ui.history.about", count))
    if not count:
        st.info(text("ui.history.empty"), icon=":material/forum:")
        st.page_link(CHAT, label=text("ui.history.first"), icon=":material/add_comment:")
        return
    pages = -(-count // PAGE)
    number = min(int(str(value("history_page") or 1)), pages)
    with st.container(key="history_list", gap="small"):
        for row in services.log().conversations(owner, limit=PAGE, offset=(number - 1) * PAGE):
            _row(row)
    if pages > 1:
        st.pagination(pages, key="history_page")


def _row(row: ConversationSummary) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"row-{row.id}"
    ):
        thumbnail = services.log().thumbnail(visit().owner, row.first_image or "")
        if thumbnail:
            st.image(thumbnail, width=64)
        with st.container(width="stretch", gap="xxsmall"):
            st.page_link(
                CHAT,
                label=escape_markdown(row.title),
                query_params={"c": row.id, "lang": visit().lang},
            )
            st.caption(_facts(row))
        st.button(
            text("ui.history.delete"),
            key=f"delete-{row.id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_ask_delete,
            args=(row.id,),
        )
        if visit().deleting == row.id:
            _confirm(row)


def _confirm(row: ConversationSummary) -> None:
    st.caption(text("ui.history.sure"))
    st.button(
        text("ui.history.delete_now"),
        key=f"sure-{row.id}",
        type="primary",
        on_click=_delete,
        args=(row.id,),
    )
    st.button(text("ui.history.keep"), key=f"keep-{row.id}", on_click=_ask_delete, args=(None,))


def _facts(row: ConversationSummary) -> str:
    parts = [
        row.updated_at.astimezone(services.zone(st.context.timezone)).strftime("%Y-%m-%d %H:%M"),
        escape_markdown(row.model),
        counted("ui.history.messages", row.messages),
    ]
    if row.images:
        parts.append(counted("ui.history.images", row.images))
    parts.append(_cost(row))
    if row.running:
        parts.append(text("ui.history.running"))
    return " · ".join(parts)


def _cost(row: ConversationSummary) -> str:
    if not row.cost:
        return text("ui.cost.free" if row.cost_known else "ui.cost.unknown")
    return money(row.cost) + ("" if row.cost_known else f" + {text('ui.cost.unknown')}")


def _ask_delete(conversation_id: str | None) -> None:
    visit().deleting = conversation_id


def _delete(conversation_id: str) -> None:
    here = visit()
    services.hub().stop(here.owner, conversation_id)
    services.log().delete(here.owner, conversation_id)
    here.deleting = None
    if here.conversation_id == conversation_id:
        here.conversation_id = None
