"""The history page: search, filter, open; star, rename, tag, delete with undo; export, import."""

from itertools import groupby

import streamlit as st

from components import services
from components.chat.store import ConversationSummary
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.app.navigation import CHAT
from components.ui.history import (
    actions,
    comparisons,
    export,
    filter,
    my_data,
    row_facts,
    team,
)
from components.ui.history.row_facts import cost_of, model_name
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, share_dialog, when

PAGE = 20


def show() -> None:
    _own()
    team.show()
    share_dialog.dialog()


def _own() -> None:
    st.title(text("ui.history.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = st.container(width="stretch")
        export.bring_in()
        my_data.popover()
    my_data.notes()
    _messages()
    found = _counts()
    if found is None:
        return
    everything, compared = found
    about.caption(counted("ui.history.about", everything))
    if not compared:
        _conversations(everything)
        return
    labels = [text("ui.history.conversations"), text("ui.history.compared")]
    talks, compares = st.tabs(labels, key="history_tabs", default=labels[0 if everything else 1])
    with talks:
        _conversations(everything)
    with compares:
        comparisons.show(compared)


@block("history.counts", main=True)
def _counts() -> tuple[int, int] | None:
    """Of conversations and comparisons."""
    owner, store = current_session().owner, services.app().store()
    return store.history.count(owner), store.comparisons.count(owner)


@block("history.list", main=True)
def _conversations(everything: int) -> None:
    owner, store = current_session().owner, services.app().store()
    if not everything:
        st.info(text("ui.history.empty"), icon=":material/forum:")
        st.page_link(CHAT, label=text("ui.history.first"), icon=":material/add_comment:")
        return
    wanted = filter.show()
    count = store.history.count(owner, wanted)
    pages = max(1, -(-count // PAGE))
    number = min(int(str(value("history_page") or 1)), pages)
    rows = store.history.page(owner, wanted, limit=PAGE, offset=(number - 1) * PAGE)
    if count != everything:
        st.caption(counted("ui.history.found", count))
    actions.bulk(rows, wanted)
    with st.container(key="history_list", gap=None):
        for period, of_period in groupby(rows, key=lambda row: when.period(row.updated_at)):
            st.header(text(f"ui.nav.day.{period}"), anchor=False)
            for row in of_period:
                _row(row)
    if pages > 1:
        st.pagination(pages, key="history_page")


def _messages() -> None:
    """What just happened: an error, or a deletion that can be undone."""
    session = current_session()
    if session.error:
        errors.show(session.error)
        session.error = None
    if session.history.deleted:
        with st.container(horizontal=True, vertical_alignment="center", key="undo_bar"):
            st.caption(counted("ui.history.deleted", len(session.history.deleted)), width="content")
            st.button(
                text("ui.history.undo"),
                key="undo_delete",
                icon=":material/undo:",
                type="tertiary",
                on_click=actions.undo,
            )


@block("history.row")
def _row(row: ConversationSummary) -> None:
    with st.container(key=f"row-{row.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if current_session().history.selecting:
                _pick(row)
            row_facts.thumbnail(row.first_image, row.title)
            with st.container(width="stretch", gap=None):
                st.page_link(
                    CHAT,
                    label=escape_markdown(options.cut(row.title, 200)),
                    query_params={"c": row.id, "lang": current_session().lang},
                )
                st.caption(_facts(row))
            actions.of_row(row)
        actions.unfolded(row)


def _pick(row: ConversationSummary) -> None:
    key = f"pick-{row.id}"
    put(key, row.id in current_session().history.picked)
    st.checkbox(
        text("ui.history.pick"),
        key=key,
        label_visibility="collapsed",
        on_change=actions.pick,
        args=(row.id, key),
    )


def _facts(row: ConversationSummary) -> str:
    parts = [
        when.within(row.updated_at),
        model_name(row.model),
        counted("ui.history.messages", row.messages),
    ]
    if row.images:
        parts.append(counted("ui.history.images", row.images))
    parts.append(cost_of(row.cost, row.cost_known))
    if row.running:
        parts.append(text("ui.history.running"))
    if row.tags:
        parts.append(" ".join(f":gray-badge[{escape_markdown(tag)}]" for tag in row.tags))
    return " · ".join(parts)
