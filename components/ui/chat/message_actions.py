"""What can be done with a message: versions, edit, copy, once more, go on, the exact request."""

import json

import streamlit as st

from components import services
from components.chat.exact_request import request_of, response_of
from components.chat.store import StoredConversation, StoredMessage
from components.chat.tree import siblings
from components.labels import Label
from components.providers.endpoints import Endpoint
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.chat import bill, callbacks, labelling
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import copy_button, messages

_CUT = {"length", "truncated", "stopped", "interrupted"}


def under_question(conversation: StoredConversation, message: StoredMessage, newest: bool) -> None:
    """Edit, and the way to the other versions of the question."""
    with messages.actions(message.id):
        _versions(conversation, message)
        st.button(
            text("ui.action.edit_keys") if newest else text("ui.action.edit"),
            key="edit" if newest else f"edit-{message.id}",
            icon=":material/edit:",
            type="tertiary",
            shortcut="Mod+Shift+E" if newest else None,
            disabled=not current_session().person.may_ask,
            on_click=callbacks.edit,
            args=(message.id,),
        )


def under_answer(
    conversation: StoredConversation,
    message: StoredMessage,
    newest: bool,
    *,
    label: Label | None,
    quiet: bool,
) -> None:
    """Copy, once more, go on, right or wrong, what went and came, and the bill; what was chosen
    from the menu is unfolded below. label: what was said of it. quiet: the bill alone."""
    with messages.actions(message.id):
        if not quiet:
            _what_can_be_done(conversation, message, newest, label)
        if message.attempt:
            key = "cost_billed" if newest else f"cost_billed-{message.id}"
            bill.show(message.attempt, key, newest=newest)
    opened = current_session().chat.opened
    if not quiet:
        labelling.below(message, label)
        if opened in ((message.id, "request"), (message.id, "response")):
            _opened(conversation, message)


def _what_can_be_done(
    conversation: StoredConversation, message: StoredMessage, newest: bool, label: Label | None
) -> None:
    _versions(conversation, message)
    if message.text:
        copy_button.show(message.text, f"copy-{message.id}", text("ui.action.copy"), bare=True)
        labelling.buttons(message, label)
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
        ["request", "response"],
        key=f"more-{message.id}",
        format_func=lambda what: text(f"ui.action.{what}"),
        type="tertiary",
        icon=":material/more_horiz:",
        on_click=_open,
        args=(message.id, f"more-{message.id}"),
    )


def _versions(conversation: StoredConversation, message: StoredMessage) -> None:
    versions = siblings(conversation.messages, message)
    if len(versions) < 2:
        return
    at = versions.index(message.id)
    for name, step in (("left", -1), ("right", 1)):
        if step == 1:
            st.caption(text("ui.action.version", n=at + 1, of=len(versions)), width="content")
        there = 0 <= at + step < len(versions)
        st.button(
            text(f"ui.action.version_{name}"),
            key=f"version{step}-{message.id}",
            icon=f":material/chevron_{name}:",
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
    """In a code block, which has a copy button of its own."""
    _, what = current_session().chat.opened or ("", "")
    with st.container(border=True):
        st.caption(text(f"ui.action.{what}_about"))
        try:
            shown = _text(conversation, message, what)
        except Exception as error:
            errors.show(errors.unexpected(error))
        else:
            st.code(shown, language="json", wrap_lines=True)
        st.button(
            text("ui.action.close"), key=f"close-{message.id}", type="tertiary", on_click=_close
        )


def _text(conversation: StoredConversation, message: StoredMessage, what: str) -> str:
    attempt = message.attempt
    if attempt is None:
        return ""
    if what == "response":
        return json.dumps(response_of(attempt), ensure_ascii=False, indent=2)
    # Of an endpoint that is gone the rest of the request is the same.
    endpoint = services.app().endpoint(attempt.endpoint) or Endpoint(
        attempt.endpoint, public_urls=True
    )
    body = request_of(
        services.app().store().conversations,
        current_session().owner,
        conversation,
        message,
        endpoint,
    )
    return json.dumps(body, ensure_ascii=False, indent=2)
