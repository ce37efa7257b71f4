"""What can be done with a message: versions, edit, once more, go on, copy, the exact request."""

import json

import streamlit as st

from components import services
from components.chat.exact_request import request_of, response_of
from components.chat.store import StoredConversation, StoredMessage
from components.chat.tree import siblings
from components.providers.endpoints import Endpoint
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.chat import callbacks
from components.ui.streamlit_seam.session import current_session, value

_CUT = {"length", "truncated", "stopped", "interrupted"}


def under_question(conversation: StoredConversation, message: StoredMessage, newest: bool) -> None:
    """Edit, and the way to the other versions of the question."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _versions(conversation, message)
        st.button(
            text("ui.action.edit"),
            key="edit" if newest else f"edit-{message.id}",
            icon=":material/edit:",
            type="tertiary",
            shortcut="Mod+Shift+E" if newest else None,
            disabled=not current_session().person.may_ask,
            on_click=callbacks.edit,
            args=(message.id,),
        )


def under_answer(conversation: StoredConversation, message: StoredMessage, newest: bool) -> None:
    """Once more, go on, copy; what was chosen from the menu is unfolded below."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _versions(conversation, message)
        _once_more(message, newest)
        if message.text and message.attempt and message.attempt.result.outcome in _CUT:
            st.button(
                text("ui.action.go_on"),
                key=f"go_on-{message.id}",
                icon=":material/resume:",
                type="tertiary",
                disabled=not current_session().person.may_ask,
                on_click=callbacks.go_on,
                args=(message.id,),
            )
        st.menu_button(
            text("ui.action.more"),
            ["copy", "request", "response"],
            key=f"copy-{message.id}",
            format_func=lambda what: text(f"ui.action.{what}"),
            type="tertiary",
            icon=":material/content_copy:",
            on_click=_open,
            args=(message.id, f"copy-{message.id}"),
        )
    if current_session().chat.opened and current_session().chat.opened[0] == message.id:  # type: ignore[index]
        _opened(conversation, message)


def _versions(conversation: StoredConversation, message: StoredMessage) -> None:
    versions = siblings(conversation.messages, message)
    if len(versions) < 2:
        return
    at = versions.index(message.id)
    for label, step in ((":material/chevron_left:", -1), (":material/chevron_right:", 1)):
        if step == 1:
            st.caption(text("ui.action.version", n=at + 1, of=len(versions)), width="content")
        there = 0 <= at + step < len(versions)
        st.button(
            label,
            key=f"version{step}-{message.id}",
            type="tertiary",
            disabled=not there,
            on_click=callbacks.show_version,
            args=(versions[at + step] if there else message.id,),
        )


def _once_more(message: StoredMessage, newest: bool) -> None:
    failed = not message.text and not message.images
    name = "retry" if failed else "regenerate"
    st.button(
        text(f"ui.action.{name}"),
        key=name if newest else f"{name}-{message.id}",
        icon=":material/refresh:",
        type="tertiary",
        disabled=not current_session().person.may_ask,
        on_click=callbacks.again,
        args=(message.id,),
    )


def _open(message_id: str, key: str) -> None:
    current_session().chat.opened = (message_id, str(value(key)))


def _close() -> None:
    current_session().chat.opened = None


def _opened(conversation: StoredConversation, message: StoredMessage) -> None:
    """The text in a code block, which has a copy button of its own."""
    _, what = current_session().chat.opened or ("", "")
    with st.container(border=True):
        st.caption(text(f"ui.action.{what}_about"))
        try:
            shown = _text(conversation, message, what)
        except Exception as error:
            errors.show(errors.unexpected(error))
        else:
            st.code(shown, language="markdown" if what == "copy" else "json", wrap_lines=True)
        st.button(
            text("ui.action.close"), key=f"close-{message.id}", type="tertiary", on_click=_close
        )


def _text(conversation: StoredConversation, message: StoredMessage, what: str) -> str:
    attempt = message.attempt
    if what == "copy" or attempt is None:
        return message.text
    if what == "response":
        return json.dumps(response_of(attempt), ensure_ascii=False, indent=2)
    # Of an endpoint that is gone the rest of the request is the same.
    endpoint = services.endpoint(attempt.endpoint) or Endpoint(attempt.endpoint, public_urls=True)
    body = request_of(
        services.store().conversations, current_session().owner, conversation, message, endpoint
    )
    return json.dumps(body, ensure_ascii=False, indent=2)
