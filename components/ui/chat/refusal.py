"""Why what was wanted last wasn't done, said at the composer."""

import streamlit as st

from components.errors import AppError, StoreError
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.chat import callbacks
from components.ui.streamlit_seam.session import current_session


def show(said: AppError) -> None:
    """Draw it, with what can be done about it all the same."""
    chat = current_session().chat
    with st.container(key="refusal", gap="xsmall"):
        errors.show(said)
        if isinstance(said, StoreError) and chat.typed:
            st.caption(text("ui.store.draft"))
        if said.code == "over_context" and (chat.over or chat.typed):
            st.button(
                text("ui.input.send_anyway"),
                key="send_anyway",
                icon=":material/send:",
                on_click=callbacks.send_anyway,
                args=(chat.typed,),
            )
        st.button(
            text("ui.keys.close"),
            key="refusal_close",
            icon=":material/close:",
            type="tertiary",
            on_click=chat.let_be,
        )
