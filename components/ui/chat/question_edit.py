"""A question edited where it stands: its words in a field, what sending it anew costs below."""

import streamlit as st

from components.chat import tree
from components.chat.context import carried
from components.chat.store import StoredConversation, StoredMessage
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import callbacks, next_message
from components.ui.chat.model_picker import choices, chosen
from components.ui.streamlit_seam.session import current_session, put, value


def field_of(question_id: str) -> str:
    """Key of the field of a question."""
    return f"edit_text-{question_id}"


def show(conversation: StoredConversation, question: StoredMessage) -> None:
    """Draw it in the bubble's place. Enter and Esc are pressed in the browser, see composer.js."""
    key = field_of(question.id)
    if value(key) is None:
        put(key, current_session().chat.edited)
    with st.container(key="edit_box", gap="xsmall"):
        st.text_area(
            text("ui.action.edit"),
            key=key,
            height="content",
            label_visibility="collapsed",
            on_change=_written,
            args=(key,),
        )
        _price(conversation, question)
        with st.container(
            horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"
        ):
            st.button(
                text("ui.action.stop_editing"),
                key="edit_cancel",
                type="tertiary",
                on_click=current_session().chat.edit,
                args=(None,),
            )
            st.button(
                text("ui.action.send_edited"),
                key="edit_send",
                type="primary",
                disabled=not current_session().person.may_ask,
                on_click=callbacks.send_edited,
            )


@block("chat.edit_price")
def _price(conversation: StoredConversation, question: StoredMessage) -> None:
    chat, choice = current_session().chat, chosen(choices())
    before = tree.before(conversation, question.id)
    goes = carried(before, choice.model, chat.choices or {}, choice.endpoint.host)
    pictures = next_message.prepared(callbacks.images_of(question), choice)
    found = next_message.figures(choice, pictures, goes.history, chat.edited)
    st.caption(f"{text('ui.action.editing')}  \n{next_message.summary(choice, pictures, found)}")


def _written(key: str) -> None:
    current_session().chat.edited = str(value(key) or "")
