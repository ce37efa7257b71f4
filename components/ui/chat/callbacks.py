"""What happens when a person sends, stops, edits, asks again (the callbacks of the chat page)."""

from collections.abc import Callable, Sequence
from functools import partial, wraps

import streamlit as st

from components import services
from components.chat import tree
from components.chat.context import carried
from components.chat.draft import DraftImage
from components.chat.request import as_draft
from components.chat.running.answers import ChatError
from components.chat.store import LAST, StoredConversation, StoredMessage, new_id
from components.chat.turn import Place, Question, ask
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.chat import custom_endpoint, growing
from components.ui.chat.model_picker import choices, chosen
from components.ui.streamlit_seam.render_scheduler import RENDERS, SEND
from components.ui.streamlit_seam.session import current_session, value


def shown(work: Callable[..., None]) -> Callable[..., None]:
    """A callback whose errors are shown by the composer instead of ending the run."""

    @wraps(work)
    def guarded(*args: object) -> None:
        current_session().chat.refusal = None
        try:
            work(*args)
        except Exception as error:
            current_session().error = errors.unexpected(error)

    return guarded


def submitted() -> None:
    """Send what was typed. Runs before anything is drawn, so that the request leaves first, in a
    turn that lasts until the page is drawn.

    On failure the text goes back into the input, and the images stay in the tray.
    """
    _submit(str(value("chat_input") or ""), confirmed=False)


def send_anyway(typed: str) -> None:
    """Send what is longer than the model can read: the person has said so. typed: what was
    refused; what has been written since counts instead."""
    session = current_session()
    if session.chat.over:
        session.chat.over()
        return
    session.chat.fill = ""
    _submit(session.chat.typed or typed, confirmed=True)


def _submit(typed: str, *, confirmed: bool) -> None:
    session = current_session()
    session.chat.over = session.chat.refusal = None
    session.chat.tried += 1
    try:
        RENDERS.take(SEND)
        _send_typed(typed, confirmed=confirmed)
    except Exception as error:
        session.error = errors.unexpected(error)
        session.chat.fill = session.chat.typed = typed
        return
    session.chat.sent = (typed, session.chat.draft)
    session.chat.draft, session.chat.aside = session.chat.aside, []
    session.chat.refused, session.chat.editing, session.chat.given_back = [], None, False
    session.gone.pop("chat", None)
    session.chat.typed, session.chat.asked, session.hurry = "", session.chat.asked + 1, True
    session.chat.focus += 1


def _send_typed(typed: str, *, confirmed: bool) -> None:
    session = current_session()
    conversation = _conversation()
    edited = _message(conversation, session.chat.editing)
    if conversation and edited:
        history, parent = tree.before(conversation, edited.id), edited.parent_id
    elif conversation:
        history = tree.along(conversation, session.chat.leaf)
        parent = history.messages[-1].id if history.messages else LAST
    else:
        history, parent = None, LAST
    _send(conversation, typed, session.chat.draft, history, parent, confirmed=confirmed)


def _send(
    conversation: StoredConversation | None,
    asked: str,
    images: Sequence[DraftImage],
    history: StoredConversation | None,
    parent_id: str | None,
    *,
    question_id: str | None = None,
    answer_id: str | None = None,
    confirmed: bool = True,
) -> None:
    session = current_session()
    session.person.must_ask()
    choice = chosen(choices())
    conversation_id = session.chat.conversation_id or new_id()
    if conversation and services.app().answers().answering(session.owner, conversation):
        raise ChatError("already_running")
    kept = session.chat.choices or {}
    goes = carried(history, choice.model, kept, choice.endpoint.host).history if history else None
    job = ask(
        services.app().answers(),
        services.app().store().conversations,
        session.owner,
        Question(
            asked,
            tuple(images),
            choice.endpoint,
            choice.model,
            session.chat.parameters,
            session.lang,
        ),
        custom_endpoint.client_of(choice.endpoint),
        conversation_id,
        goes,
        Place(parent_id, question_id, answer_id, kept),
        confirmed=confirmed,
    )
    growing.begun(job)
    session.chat.leaf, session.chat.opened = None, None
    session.chat.conversation_id = session.chat.model_of = conversation_id
    st.query_params["c"] = conversation_id


@shown
def again(answer_id: str, confirmed: bool = False) -> None:
    """Answer a question once more, by the model chosen now: a retry takes the place of an answer
    without a word, anything else becomes another version beside it. confirmed: even where it is
    longer than the model can read; a retry has been confirmed before."""
    session = current_session()
    session.chat.over = partial(again, answer_id, True)
    conversation = _conversation()
    answer = _message(conversation, answer_id)
    question = _message(conversation, answer.parent_id if answer else None)
    if conversation is None or answer is None or question is None:
        return
    _send(
        conversation,
        question.text,
        _images_of(question),
        tree.before(conversation, question.id),
        question.parent_id,
        question_id=question.id,
        answer_id=None if answer.text else answer.id,
        confirmed=confirmed or not answer.text,
    )
    session.chat.sent = session.chat.over = None
    if session.chat.given_back and not answer.text:
        _take_again(question)


@shown
def go_on(answer_id: str) -> None:
    """Ask for the rest of an answer that was cut."""
    conversation = _conversation()
    if conversation:
        history = tree.along(conversation, answer_id)
        _send(conversation, text("ui.chat.continue_prompt"), (), history, answer_id)


@shown
def edit(question_id: str) -> None:
    """Put a question and its images back into the composer; sending it starts a branch."""
    session = current_session()
    question = _message(_conversation(), question_id)
    if question:
        if session.chat.editing is None:
            session.chat.aside = session.chat.draft
        session.chat.editing, session.chat.fill = question.id, question.text
        session.chat.draft, session.chat.refused = _images_of(question), []
        session.chat.focus += 1


def stop_editing() -> None:
    session = current_session()
    session.chat.editing, session.chat.fill, session.chat.refusal = None, "", None
    session.chat.draft, session.chat.aside = session.chat.aside, []


def show_version(message_id: str) -> None:
    """Show another version of a message, with what followed it last."""
    conversation = _conversation()
    if conversation:
        current_session().chat.leaf = tree.newest_leaf(conversation.messages, message_id)


@shown
def stop() -> None:
    session = current_session()
    if session.chat.conversation_id:
        services.app().answers().stop(session.owner, session.chat.conversation_id)


def open_conversation(conversation_id: str) -> None:
    session = current_session()
    session.chat.enter(conversation_id)
    session.chat.leave_for_chat = True
    st.query_params["c"] = conversation_id


def new_chat() -> None:
    """Leave the conversation; what is in the tray stays."""
    session = current_session()
    session.chat.enter(None)
    session.chat.leave_for_chat = True
    st.query_params.pop("c", None)


def give_back() -> None:
    """An answer ended without a word: question and images go back to where they came from."""
    session = current_session()
    if session.chat.sent is None:
        return
    typed, images = session.chat.sent
    session.chat.fill = typed
    kept = {image.id for image in session.chat.draft}
    session.chat.draft = [*(image for image in images if image.id not in kept), *session.chat.draft]
    session.chat.sent, session.chat.given_back = None, True


def _take_again(question: StoredMessage) -> None:
    """A retry sends what was given back, so it leaves the composer; what was added since stays."""
    session = current_session()
    asked = {(image.hash, image.url) for image in question.images}
    taken = [image for image in session.chat.draft if (image.digest, image.url) in asked]
    session.chat.draft = [image for image in session.chat.draft if image not in taken]
    session.chat.sent = (question.text, taken)
    session.chat.fill, session.chat.given_back = "", False


def _conversation() -> StoredConversation | None:
    session = current_session()
    if session.chat.conversation_id is None:
        return None
    return (
        services.app()
        .store()
        .conversations.conversation(session.owner, session.chat.conversation_id)
    )


def _message(
    conversation: StoredConversation | None, message_id: str | None
) -> StoredMessage | None:
    found = conversation.messages if conversation else ()
    return next((m for m in found if m.id == message_id), None)


def message(message_id: str) -> StoredMessage | None:
    """One of the conversation that is shown. Raises StoreError."""
    return _message(_conversation(), message_id)


def _images_of(question: StoredMessage) -> list[DraftImage]:
    made = [
        as_draft(services.app().store().conversations, current_session().owner, image)
        for image in question.images
    ]
    return [image for image in made if image is not None]
