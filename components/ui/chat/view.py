"""The chat page: header, conversation, the answer in progress, composer."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

import streamlit as st

from components import services
from components.chat.context import Carried
from components.chat.running.answers import Answering, running_message
from components.chat.running.job import Job
from components.chat.store import StoredConversation
from components.chat.tree import along
from components.errors import StoreError
from components.text import escape_markdown
from components.ui.app import announcing, errors, store_unavailable, window
from components.ui.app.blocks import block, failed
from components.ui.app.language import counted, text
from components.ui.chat import (
    callbacks,
    composer,
    context_images,
    custom_endpoint,
    model_picker,
    parameters,
    samples,
    transcript,
)
from components.ui.chat.model_picker import id_of
from components.ui.history import actions
from components.ui.preflight import model_view
from components.ui.streamlit_seam import address, following
from components.ui.streamlit_seam.render_scheduler import RENDERS
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, share_dialog


def show() -> None:
    """Draw the page. Slots stand in the page's order and are filled in the order of haste: a
    running answer first, so that its first words don't wait for the rest of the page."""
    session = current_session()
    session.history.deleted = []
    callbacks.catch_up()
    _follow_address()
    # The job first: an answer that ends in between is then read from the store in its last state.
    job = _job()
    running: Answering | None = job if job and not job.done else None
    conversation, away = _look_up()
    path = None
    window.name(conversation.title if conversation else text("ui.nav.chat"))
    if conversation:
        running = running or services.app().answers().answering(session.owner, conversation)
        path = along(conversation, _leaf(conversation, job, running))
        _tell(conversation, running)
    _follow_model(path)
    if session.arrived:
        session.chat.refill()  # Streamlit forgets what was typed when the page is left
    if running is None:
        # Not in a run that is drawn anew at once: what is put into the input would be lost.
        _given_back(job)
    place = composer.begin(is_new=conversation is None and away is None, running=running)
    # Fixed slots, the gallery's emptied by hand: see composer.
    head, invitation, body = st.container(key="chat_top"), st.empty(), st.container()
    with body:
        if conversation and path:
            shown = _without_unsaved(path, job)
            transcript.show(conversation, shown, running=running is not None)
        elif away:
            store_unavailable.show(away)
        if job and job.store_error:
            transcript.unsaved(job, saving=services.app().answers().saving(job))
        if running:
            growing = transcript.follow(running)
            session.last = growing.watch
            RENDERS.let_others(growing.glance)
        elif job and services.app().answers().saving(job):
            session.last = partial(transcript.until_saved, job)
        elif away and away.code in store_unavailable.PASSING:
            session.last = store_unavailable.until_back
    with head:
        model = _header(conversation)
    if conversation is None and away is None:
        with invitation.container(key="invitation"):
            _invitation(running)
    again = _goes_again(path, model)
    composer.show(model, path, again, place, running=running)
    following.show(session.owner, session.chat.conversation_id, conversation)
    model_view.dialog()
    share_dialog.dialog()


def _tell(conversation: StoredConversation, running: Answering | None) -> None:
    """Screen readers: that an answer has ended, or why it failed."""
    chat = current_session().chat
    if running:
        chat.awaited = running.attempt_id
        return
    awaited, chat.awaited = chat.awaited, None
    attempts = [m.attempt for m in conversation.messages if m.attempt and m.attempt.id == awaited]
    for result in (attempt.result for attempt in attempts):
        if result.outcome == "stopped":
            announcing.say(
                text("ui.outcome.stopped" if result.text else "ui.outcome.stopped_early")
            )
        elif result.code:
            announcing.say(errors.spoken(result.code, result.error_data))
        else:
            announcing.say(text("ui.told.answered"))


def _goes_again(path: StoredConversation | None, model: model_picker.Choice) -> Carried | None:
    """Where it can't be said, the composer goes on without."""
    try:
        return context_images.goes_again(path, model.model, model.endpoint.host)
    except Exception as error:
        failed(error)
        return None


def _follow_address() -> None:
    """`?c=ID` shows a conversation, no id the empty chat."""
    session = current_session()
    asked = address.follow("c", session.chat.conversation_id)
    if asked != session.chat.conversation_id:
        session.chat.enter(asked)


def _leaf(
    conversation: StoredConversation, job: Job | None, running: Answering | None
) -> str | None:
    """The end of the branch to show: an answer of another process is followed where it stands."""
    if running and running is not job and (message := running_message(conversation)):
        return message.id
    return current_session().chat.leaf


def _header(conversation: StoredConversation | None) -> model_picker.Choice:
    """One line: the conversation's title, the model, the parameters, what it has cost, who else
    can read it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chat_head"):
        with st.container(key="chat_title"):
            if conversation:
                _title(conversation)
        model = model_picker.picker(_below_the_models)
        parameters.drawer(model)
        if conversation:
            if so_far := transcript.total(conversation):
                st.caption(so_far, width="content")
            with st.container(key="chat_shared", width="content"):
                share_dialog.state(conversation.id)
    return model


def _below_the_models(model: model_picker.Choice) -> None:
    _about(model)
    custom_endpoint.section()


@block("chat.about")
def _about(model: model_picker.Choice) -> None:
    """What is to be known of the model, and which endpoints don't say what they have."""
    said = model_picker.about(model)
    if said:
        st.caption(f":material/info: {said}")
    if failing := services.app().listing_errors():
        label = counted("ui.model.not_listed", len(failing))
        with st.expander(label, icon=":material/cloud_off:"):
            for error in failing:
                errors.show(error)


def _follow_model(path: StoredConversation | None) -> None:
    """Opening a conversation chooses the model that answered last in it, where it is offered."""
    session = current_session()
    if path is None or session.chat.model_of == path.id:
        return
    session.chat.model_of = path.id
    attempts = [m.attempt for m in path.messages if m.attempt]
    if attempts and session.chat.sent is None:
        session.chat.choice = id_of(attempts[-1].endpoint, attempts[-1].model)


@block("chat.invitation")
def _invitation(running: Answering | None) -> None:
    try:
        services.app().store()  # or a new chat would invite to what can't be kept
    except StoreError as error:
        errors.show(error)
    if current_session().chat.conversation_id and running is None:
        st.info(text("ui.chat.not_found"), icon=":material/search_off:")
    samples.show()


@block("chat.title")
def _title(conversation: StoredConversation) -> None:
    """What it is called: a click lets it be called otherwise, and says who reads it."""
    put("title", conversation.title)
    title = escape_markdown(options.cut(conversation.title, 200))
    with st.popover(title, key="title_chip", type="tertiary", wrap=False):
        st.text_input(
            text("ui.history.rename_label"),
            key="title",
            max_chars=200,
            on_change=_rename,
            args=(conversation.id,),
        )
        if answered := transcript.answered(conversation):
            st.caption(answered)
        share_dialog.who_reads()


def _rename(conversation_id: str) -> None:
    actions.rename(conversation_id, str(value("title") or ""))


def _job() -> Job | None:
    session = current_session()
    if not session.chat.conversation_id:
        return None
    with suppress(StoreError):  # a store that was never reached: there is no runner, and no answer
        return services.app().answers().run(session.owner, session.chat.conversation_id)
    return None


def _look_up() -> tuple[StoredConversation | None, StoreError | None]:
    """The conversation of the address, and why it can't be read: what is being written, and an
    answer of this process, stay in sight all the same."""
    session = current_session()
    if session.chat.conversation_id is None:
        return None, None
    try:
        return services.app().store().conversations.conversation(
            session.owner, session.chat.conversation_id
        ), None
    except StoreError as error:
        return None, error


def _without_unsaved(path: StoredConversation, job: Job | None) -> StoredConversation:
    """Without what the store has of an answer that stands below as a whole."""
    if job is None or job.store_error is None:
        return path
    kept = [m for m in path.messages if not (m.attempt and m.attempt.id == job.attempt_id)]
    return replace(path, messages=tuple(kept))


def _given_back(job: Job | None) -> None:
    """When this session's question got no word of an answer, it is back in the composer.

    The next request leaves just those questions out (see components.chat.request.sent_again).
    """
    if job is None or not job.done or current_session().chat.sent is None:
        return
    if job.result and not job.result.text:
        callbacks.give_back()
    current_session().chat.sent = None
