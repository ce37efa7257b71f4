"""The chat page: header, conversation, the answer in progress, composer."""

from functools import partial

import streamlit as st

from components.chat.job import Job
from components.chat.log import LoggedConversation
from components.chat.tree import along, before
from components.errors import AppError
from components.text import escape_markdown
from components.ui import (
    asking,
    choice,
    composer,
    errors,
    gallery,
    own_endpoint,
    parameters,
    services,
    sharing,
    strip,
    transcript,
)
from components.ui.language import counted, text
from components.ui.preflight import seen
from components.ui.settings import access
from components.ui.state import visit


def show() -> None:
    """Draw the page. Slots stand in the page's order and are filled in the order of haste: a
    running answer first, so that its first words don't wait for the rest of the page."""
    here = visit()
    here.deleted = []
    _follow_address()
    # The job first: an answer that ends in between is then read from the log in its last state.
    job = _job()
    running = job if job and not job.done else None
    conversation = None
    if here.conversation_id:
        conversation = services.log().conversation(here.owner, here.conversation_id)
    path = along(conversation, here.leaf) if conversation else None
    # What goes with the next question: of an edited one only what came before it.
    goes = before(conversation, here.editing) if conversation and here.editing else path
    _follow_model(path)
    # Fixed slots, the gallery's emptied by hand: see composer.show.
    head, invitation, body, images = st.container(), st.empty(), st.container(), st.empty()
    with body:
        if conversation and path:
            _conversation(conversation, path, running)
            _unsaved(job)
        if running:
            here.last = partial(transcript.watch, running, *transcript.follow(running))
    with head:
        model = _header()
    if conversation is None:
        with invitation.container():
            _invitation(running)
    again = strip.goes_again(goes, model.model)
    if again and not running:
        with images.container():
            strip.show(goes, again, model)
    if here.arrived and here.typed and here.fill is None:
        here.fill = here.typed  # Streamlit forgets what was typed when the page is left
    if running is None:
        # Not in a run that is drawn anew at once: what is put into the input would be lost.
        _given_back(job)
    composer.show(model, again, is_new=conversation is None, running=running)
    seen.dialog()
    sharing.dialog()


def _follow_address() -> None:
    """The address leads: `?c=ID` opens a conversation. A navigation click drops it: put it back."""
    here = visit()
    asked = st.query_params.get("c")
    if asked and asked != here.conversation_id:
        here.enter(asked)
    elif here.conversation_id and not asked:
        st.query_params["c"] = here.conversation_id


def _header() -> choice.Choice:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chat_head"):
        with st.container(width=430):
            model = choice.picker()
        parameters.drawer(model)
        own_endpoint.popover()
    said = choice.about(model)
    if said:
        st.caption(f":material/info: {said}")
    if failing := services.listing_errors():
        label = counted("ui.model.not_listed", len(failing))
        with st.expander(label, icon=":material/cloud_off:"):
            for error in failing:
                errors.show(error)
    return model


def _follow_model(path: LoggedConversation | None) -> None:
    """Opening a conversation chooses the model that answered last in it, where it is offered."""
    here = visit()
    if path is None or here.model_of == path.id:
        return
    here.model_of = path.id
    attempts = [m.attempt for m in path.messages if m.attempt]
    if attempts and here.sent is None:
        here.choice = f"{attempts[-1].endpoint}/{attempts[-1].model}"


def _invitation(running: Job | None) -> None:
    if visit().conversation_id and running is None:
        st.info(text("ui.chat.not_found"), icon=":material/search_off:")
    gallery.show()


def _conversation(
    conversation: LoggedConversation, path: LoggedConversation, running: Job | None
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.markdown(f"### {escape_markdown(conversation.title)}", width="stretch")
        sharing.button("conversation", conversation.id, "share", short=True)
    if so_far := transcript.total(conversation):
        st.caption(so_far)
    st.caption(f":material/lock: {text(f'ui.chat.who_reads.{access().mode}')}")
    sharing.note(conversation.id)
    transcript.show(conversation, path, running=running is not None)


def _job() -> Job | None:
    here = visit()
    if not here.conversation_id:
        return None
    return services.hub().job(here.owner, here.conversation_id)


def _unsaved(job: Job | None) -> None:
    """An answer that the log didn't take: it is here, and it is said that it won't be later."""
    if job is None or job.log_error is None:
        return
    if isinstance(job.log_error, AppError):
        errors.show(job.log_error)
    st.caption(text("ui.chat.not_saved"))
    st.markdown(transcript.readable(job.text))


def _given_back(job: Job | None) -> None:
    """When this visit's question got no word of an answer, it is back in the composer.

    The next request leaves just those questions out (see components.chat.request.sent_again).
    """
    if job is None or not job.done or visit().sent is None:
        return
    if job.result and not job.result.text:
        asking.give_back()
    visit().sent = None
