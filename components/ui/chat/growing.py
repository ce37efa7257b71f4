"""A running answer's place on the page: for the stream that the browser joins (see
components/ui/server/answer_stream.py), and for what the script writes where there is none."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.chat.running.answers import Answering
from components.chat.running.job import Job
from components.ui.app.navigation import script
from components.ui.chat.ahead import Ahead
from components.ui.server.answer_stream import STREAMS
from components.ui.streamlit_seam.session import current_session

_place = st.components.v2.component(
    "tuwen_growing", js=script("growing.js", "growing.place.js"), isolate_styles=False
)


def place(answer: Answering) -> None:
    """Of an answer of this process: the browser's. Another's comes through the store."""
    if isinstance(answer, Job):
        _place(
            key=f"growing-{answer.attempt_id}",
            data={"session": current_session().id, "attempt": answer.attempt_id},
        )


def streamed(answer: Answering) -> bool:
    """Whether a stream brings it to this tab, and the script needs to write none of it."""
    return STREAMS.followed(current_session().id, answer.attempt_id)


def joined() -> bool:
    """Whether the first words will come by a stream, and don't wait for the page."""
    return STREAMS.joined(current_session().id)


def begun() -> Callable[[Job], None]:
    """What is told of each question that this session has sent, in any thread."""
    return partial(STREAMS.begun, current_session().id)


def ready(ahead: Ahead) -> None:
    """What Enter sends in this session, as long as the session keeps it."""
    STREAMS.ready(current_session().id, ahead)


def count() -> int:
    """How many this session has sent."""
    return STREAMS.count(current_session().id)
