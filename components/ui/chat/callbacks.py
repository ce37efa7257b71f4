"""What happens when a person sends, stops, edits, asks again (the callbacks of the chat page)."""

from collections.abc import Callable
from functools import partial, wraps

import streamlit as st

from components import services
from components.chat import tree
from components.chat.draft import DraftImage
from components.chat.request import as_draft
from components.chat.running.job import Job
from components.chat.store import StoredConversation, StoredMessage
from components.chat.turn import Place
from components.services.surroundings import around
from components.ui.app import announcing, errors
from components.ui.app.language import text
from components.ui.chat import custom_endpoint, growing
from components.ui.chat.ahead import Ahead
from components.ui.chat.model_picker import Choice, choices, chosen
from components.ui.chat.sending import Sender
from components.ui.streamlit_seam.render_scheduler import RENDERS, SEND
from components.ui.streamlit_seam.session import current_session, value


def shown(work: Callable[..., None]) -> Callable[..., None]:
    """A callback whose errors are shown by the composer instead of ending the run."""

    @wraps(work)
    def guarded(*args: object) -> None:
        current_session().chat.tried += 1
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
    session.chat.over = None
    session.chat.tried += 1
    caught_up, session.chat.caught_up = session.chat.caught_up, None
    if caught_up == typed:
        return
    try:
        RENDERS.take(SEND)
        job = None if confirmed else _asked_ahead()
        if job is None:
            job = _send_typed(typed, confirmed=confirmed)
            growing.begun()(job)
    except Exception as error:
        session.error = errors.unexpected(error)
        session.chat.fill = session.chat.typed = typed
        return
    _sent(job, typed)


def get_ready(choice: Choice) -> None:
    """From now on the browser may ask ahead of the script; see ahead.py. Not of an endpoint that
    was typed in: whether it's still allowed is known within a run."""
    session = current_session()
    if not choice.endpoint.own:
        session.chat.ahead = Ahead(
            _sender(choice),
            session.chat.conversation_id,
            session.chat.leaf,
            session.chat.draft,
            growing.begun(),
        )
        growing.ready(session.chat.ahead)


def catch_up() -> None:
    """A run begins that nobody's Enter has begun: show what was asked ahead of it all the same."""
    session = current_session()
    ahead = session.chat.ahead
    try:
        job = _asked_ahead()
    except Exception as error:
        session.error = errors.unexpected(error)
        return
    if job and ahead and session.chat.conversation_id == ahead.conversation_id:
        _sent(job, ahead.typed)
        session.chat.fill, session.chat.caught_up = "", ahead.typed


def _asked_ahead() -> Job | None:
    """What the browser asked since the page was drawn; it asks no more until the page is drawn
    again. Raises what came of it."""
    session = current_session()
    ahead, session.chat.ahead = session.chat.ahead, None
    if ahead is None:
        return None
    with around.waiting():  # what asks may wait for the database
        return ahead.outcome()


def _sent(job: Job, typed: str) -> None:
    """The page shows the conversation; the composer is ready for the next question."""
    session = current_session()
    _follow(job)
    session.chat.sent = (typed, session.chat.draft)
    session.chat.draft, session.chat.refused, session.chat.given_back = [], [], False
    session.gone.pop("chat", None)
    session.chat.typed, session.chat.asked = "", session.chat.asked + 1
    session.hurry = not growing.joined()
    session.chat.focus += 1


def _send_typed(typed: str, *, confirmed: bool) -> Job:
    session = current_session()
    return _sender().follow_up(
        session.chat.conversation_id,
        session.chat.leaf,
        typed,
        session.chat.draft,
        confirmed=confirmed,
    )


def _sender(choice: Choice | None = None) -> Sender:
    session = current_session()
    session.person.must_ask()
    to = choice or chosen(choices())
    return Sender(
        session.owner,
        to.endpoint,
        to.model,
        custom_endpoint.client_of(to.endpoint),
        session.chat.parameters,
        session.lang,
        session.chat.choices or {},
    )


def _asked(job: Job) -> None:
    growing.begun()(job)
    _follow(job)


def _follow(job: Job) -> None:
    session = current_session()
    session.chat.awaited = job.attempt_id
    announcing.say(text("ui.told.answering"))
    session.chat.leaf, session.chat.opened = None, None
    session.chat.conversation_id = session.chat.model_of = job.conversation_id
    st.query_params["c"] = job.conversation_id


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
    job = _sender().send(
        conversation,
        question.text,
        images_of(question),
        tree.before(conversation, question.id),
        Place(question.parent_id, question.id, None if answer.text else answer.id),
        confirmed=confirmed or not answer.text,
    )
    _asked(job)
    session.chat.sent = session.chat.over = None
    if session.chat.given_back and not answer.text:
        _take_again(question)


@shown
def go_on(answer_id: str) -> None:
    """Ask for the rest of an answer that was cut."""
    conversation = _conversation()
    if conversation:
        history = tree.along(conversation, answer_id)
        job = _sender().send(
            conversation, text("ui.chat.continue_prompt"), (), history, Place(answer_id)
        )
        _asked(job)


@shown
def edit(question_id: str) -> None:
    """Let a question be written anew where it stands. What is in the composer stays there."""
    question = message(question_id)
    if question:
        current_session().chat.edit(question.id, question.text)


@shown
def send_edited(confirmed: bool = False) -> None:
    """Ask what the question says by now, with its images: a branch beside the old one. confirmed:
    even where it is longer than the model can read."""
    session = current_session()
    conversation = _conversation()
    question = _message(conversation, session.chat.editing)
    if conversation is None or question is None or not session.chat.edited.strip():
        return
    session.chat.over = partial(send_edited, True)
    job = _sender().send(
        conversation,
        session.chat.edited,
        images_of(question),
        tree.before(conversation, question.id),
        Place(question.parent_id),
        confirmed=confirmed,
    )
    _asked(job)
    session.chat.sent = session.chat.over = None
    session.chat.edit(None)


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


def images_of(question: StoredMessage) -> list[DraftImage]:
    """A question's images as if they were in the tray. Raises StoreError."""
    made = [
        as_draft(services.app().store().conversations, current_session().owner, image)
        for image in question.images
    ]
    return [image for image in made if image is not None]
