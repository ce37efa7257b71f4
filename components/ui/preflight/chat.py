"""Pre-flight in the chat: the images in the tray, the question as it is typed, the model."""

from collections.abc import Callable
from concurrent.futures import wait

import streamlit as st

from components.chat.draft import DraftImage
from components.chat.estimate import Estimate
from components.errors import AppError
from components.preflight import (
    Finding,
    Fix,
    ImageFacts,
    PlannedRequest,
    check,
)
from components.tokens import Count, count_soon
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.model_picker import Choice
from components.ui.preflight import drafting, findings
from components.ui.preflight.drafts import carried_out, facts_of
from components.ui.preflight.model_view import eyes
from components.ui.streamlit_seam.session import current_session

# By the page's header, and under the answer.
_SAID_ELSEWHERE = {"retiring", "retired", "accuracy"}
_GLANCE = 0.1  # seconds between two looks at whether a long text is counted
_LOOK = 1.0  # seconds between two looks while a picture's text is being read


@block("chat.preflight")
def show(choice: Choice, figures: Estimate, say: Callable[[Count], None]) -> None:
    """What is worth knowing of the next question. A fragment: typing draws it alone anew.

    say: told how long the question is; about at first, where that takes a while to count.
    """
    pending = any(facts.pending for facts in _facts(choice))
    draw = st.fragment(_draw, run_every=_LOOK if pending else None)
    draw(choice, figures, _tray(), pending, say)


def _facts(choice: Choice) -> list[ImageFacts]:
    return facts_of(current_session().chat.draft, eyes(choice.model), host=choice.endpoint.host)


def _tray() -> list[tuple[str, str]]:
    return [(image.id, image.detail) for image in current_session().chat.draft]


def _draw(
    choice: Choice,
    figures: Estimate,
    drawn: list[tuple[str, str]],
    was_pending: bool,
    say: Callable[[Count], None],
) -> None:
    if drawn != _tray():
        st.rerun()  # a fix changed the tray, which isn't drawn here
    drafting.listen()
    known = _facts(choice)
    session = current_session()
    typed = _counted(session.chat.typed, choice.model, say)
    asking = PlannedRequest(
        model=choice.model,
        question=session.chat.typed,
        endpoint=choice.endpoint,
        ends=choice.ends,
        addresses=sum(1 for image in session.chat.draft if image.url),
        text_tokens=figures.text_tokens + typed,
        history_tokens=figures.history_images or 0,
        history_images=figures.history_image_count,
    )
    with st.container(key="preflight", gap="xxsmall"):
        try:
            found = [f for f in check(known, asking) if f.code not in _SAID_ELSEWHERE]
        except AppError as error:
            errors.show(error)
            return
        images = [image for image in session.chat.draft if image.content is not None]
        findings.show(found, [i.name for i in images], _apply, where="chat")
        if any(facts.pending for facts in known):
            st.caption(f":material/hourglass: {text('preflight.ui.reading')}")
        elif was_pending:
            st.rerun()


def _counted(typed: str, model: str, say: Callable[[Count], None]) -> int:
    """How long the question is. What is said is drawn at once; the next key ends the wait."""
    count = count_soon(typed, model)
    say(count)
    while count.pending:
        wait([count.pending], _GLANCE)
        if count.pending.done():
            count = Count(count.pending.result())
        say(count)
    return count.tokens


def _apply(finding: Finding, fix: Fix) -> None:
    """Carry a fix out on the image it is about."""
    session = current_session()
    images = [image for image in session.chat.draft if image.content is not None]
    if finding.image is None or finding.image >= len(images):
        return
    image = images[finding.image]
    try:
        _put(image, carried_out(image, fix))
    except AppError as error:
        session.error = error


def _put(image: DraftImage, instead: list[DraftImage]) -> None:
    session = current_session()
    at = next(n for n, each in enumerate(session.chat.draft) if each.id == image.id)
    session.chat.draft = [*session.chat.draft[:at], *instead, *session.chat.draft[at + 1 :]]
