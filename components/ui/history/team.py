"""Conversations that the people who sign in here let each other read."""

import streamlit as st

from components import services
from components.access.person import Person
from components.chat.store import StoredConversation, StoredMessage
from components.chat.tree import along
from components.errors import AppError
from components.sharing.store import TeamRow
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import answer
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import made, messages, when


def offered() -> bool:
    """Only where people are told apart: a shared password has everything in common anyway."""
    return services.app().access().mode == "oidc"


def name_of(person: Person) -> str:
    """As others see them."""
    return person.name or person.email


def switch(conversation_id: str) -> None:
    """Whether the team may read a conversation of one's own."""
    if not offered():
        return
    put(
        "team_visible",
        services.app().store().shares.team_reads(current_session().owner, conversation_id),
    )
    st.toggle(
        text("sharing.team.switch"),
        key="team_visible",
        help=text("sharing.team.switch_help"),
        on_change=_switched,
        args=(conversation_id,),
    )


@block("history.team")
def show() -> None:
    """What others let everybody read; below it the one that was opened."""
    if not offered():
        return
    rows = [
        row
        for row in services.app().store().shares.team(current_session().owner)
        if not is_off(row.owner)
    ]
    if not rows and current_session().history.team_opened is None:
        return
    st.header(text("sharing.team.title"), anchor=False)
    st.caption(text("sharing.team.about"))
    with st.container(key="team_list", gap="xsmall"):
        for number, row in enumerate(rows):
            _row(row, number)
    _opened()


def is_off(owner: str) -> bool:
    """Whether somebody was switched off: what they shared is closed with them."""
    kept = services.app().store().people.find(owner)
    return kept is not None and kept.off


def _row(row: TeamRow, number: int) -> None:
    day = when.day(row.updated_at)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(escape_markdown(row.title), width="stretch")
        st.caption(text("sharing.team.row", name=escape_markdown(row.name), day=day))
        st.button(
            text("sharing.team.read"),
            key=f"team_read-{number}",
            type="tertiary",
            on_click=_open,
            args=(row.owner, row.conversation_id),
        )


def _opened() -> None:
    """Looked at anew in each run: it may have been taken back."""
    if current_session().history.team_opened is None:
        return
    owner, conversation_id = current_session().history.team_opened or ("", "")
    found = (
        None
        if is_off(owner)
        else services.app().store().shares.team_conversation(owner, conversation_id)
    )
    with st.container(border=True, key="team_conversation"):
        if found is None:
            st.info(text("sharing.team.gone"), icon=":material/lock:")
        else:
            _conversation(owner, along(found, None))
        st.button(text("sharing.team.close"), key="team_close", on_click=_close)


def _conversation(owner: str, conversation: StoredConversation) -> None:
    st.markdown(f"### {escape_markdown(conversation.title)}")
    for message in conversation.messages:
        if message.role == "user":
            _question(owner, message)
        else:
            with messages.answer(message.id):
                answer.show(message)
                made.show(owner, message.images, message.id)


def _question(owner: str, message: StoredMessage) -> None:
    with messages.own(message.id):
        with messages.pictures(message.id):
            for n, image in enumerate(message.images):
                thumbnail = (
                    services.app().store().conversations.thumbnail(owner, image.hash)
                    if image.hash
                    else None
                )
                if thumbnail:
                    with messages.thumbnail(f"team-{message.id}-{n}"):
                        st.image(thumbnail, width=messages.SIDE, alt=image.name)
        messages.words(message.text, message.id)


def _switched(conversation_id: str) -> None:
    session, store = current_session(), services.app().store()
    try:
        session.person.must_ask()
        if value("team_visible"):
            store.shares.let_team_read(session.owner, conversation_id, name_of(session.person))
        else:
            store.shares.keep_from_team(session.owner, conversation_id)
    except AppError as error:
        session.error = errors.unexpected(error)


def _open(owner: str, conversation_id: str) -> None:
    current_session().history.team_opened = (owner, conversation_id)


def _close() -> None:
    current_session().history.team_opened = None
