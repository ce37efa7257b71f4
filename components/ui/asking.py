"""What happens when a person sends, stops, or starts anew (the callbacks of the chat page)."""

import streamlit as st

from components.chat.hub import ChatError
from components.chat.log import new_id
from components.chat.turn import Question, ask
from components.ui import errors, services
from components.ui.choice import choices, chosen
from components.ui.state import value, visit


def submitted() -> None:
    """Send what was typed. Runs before anything is drawn, so that the request leaves first.

    On failure the text goes back into the input, and the images stay in the tray.
    """
    text = str(value("chat_input") or "")
    here = visit()
    choice = chosen(choices())
    conversation_id = here.conversation_id or new_id()
    question = Question(
        text=text,
        images=tuple(here.draft),
        endpoint=choice.endpoint,
        model=choice.model,
        parameters=here.parameters,
        lang=here.lang,
    )
    try:
        running = services.hub().job(here.owner, conversation_id)
        if running and not running.done:
            raise ChatError("already_running")
        history = services.log().conversation(here.owner, conversation_id)
        ask(
            services.hub(),
            services.log(),
            here.owner,
            question,
            lambda: services.client(choice.endpoint),
            conversation_id,
            history,
        )
    except Exception as error:
        here.error, here.fill = errors.unexpected(error), text
        return
    here.sent = (text, here.draft)
    here.draft, here.refused = [], []
    here.conversation_id = conversation_id
    st.query_params["c"] = conversation_id


def stop() -> None:
    here = visit()
    if here.conversation_id:
        services.hub().stop(here.owner, here.conversation_id)


def open_conversation(conversation_id: str) -> None:
    here = visit()
    here.conversation_id, here.sent, here.shown = conversation_id, None, 0
    here.leave_for_chat = True
    st.query_params["c"] = conversation_id


def new_chat() -> None:
    """Leave the conversation; what is in the tray stays."""
    here = visit()
    here.conversation_id = None
    here.sent = None
    here.leave_for_chat = True
    st.query_params.pop("c", None)


def give_back() -> None:
    """An answer ended without a word: question and images go back to where they came from."""
    here = visit()
    if here.sent is None:
        return
    text, images = here.sent
    here.fill = text
    kept = {image.id for image in here.draft}
    here.draft = [*(image for image in images if image.id not in kept), *here.draft]
    here.sent = None
