"""Pre-flight in the chat: the images in the tray, the question as it is typed, the model."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

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
from components.ui.app.language import counted
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
def show(
    choice: Choice,
    figures: Estimate,
    say: Callable[[Count], None],
    dots: Mapping[str, DeltaGenerator],
) -> None:
    """What is worth knowing of the next question. A fragment: typing draws it alone anew.

    say: told how long the question is; about at first, where that takes a while to count.
    dots: places on the thumbnails, by the images' ids, for the sign of a finding.
    """
    pending = any(facts.pending for facts in _facts(choice))
    draw = st.fragment(_draw, run_every=_LOOK if pending else None)
    draw(choice, figures, _tray(), pending, say, dots)


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
    dots: Mapping[str, DeltaGenerator],
) -> None:
    if drawn != _tray():
        st.rerun()  # a fix changed the tray, which isn't drawn here
    drafting.listen()
    typed = _counted(current_session().chat.typed, choice.model, say)
    pending = sum(facts.pending for facts in _facts(choice))
    with st.container(key="preflight", gap=None):
        try:
            found = look(choice, figures, typed)
        except AppError as error:
            errors.show(error)
            return
        images = _images()
        findings.brief(found, [image.name for image in images], _apply, where="chat")
        for n, image in enumerate(images):
            _dot(dots.get(image.id), [each for each in found if each.image == n])
        if pending and not found:
            st.caption(f":material/hourglass: {counted('preflight.ui.checking', pending)}")
        elif was_pending and not pending:
            st.rerun()


def look(choice: Choice, figures: Estimate, typed: int) -> list[Finding]:
    """What is worth knowing now. typed: tokens of the question. Raises AppError."""
    session = current_session()
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
    return [f for f in check(_facts(choice), asking) if f.code not in _SAID_ELSEWHERE]


def _images() -> list[DraftImage]:
    """Those that findings count."""
    return [image for image in current_session().chat.draft if image.content is not None]


def _dot(place: DeltaGenerator | None, found: Sequence[Finding]) -> None:
    if place is None:
        return
    if found:
        place.markdown(findings.mark(found[0]))
    else:
        place.empty()


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


def _apply(fixes: Sequence[tuple[Finding, Fix]]) -> None:
    """Carry fixes out, each on the image it is about."""
    images = _images()  # as the findings count them: a fix may put several in the place of one
    for finding, fix in fixes:
        if finding.image is not None and finding.image < len(images):
            carry_out(images[finding.image], [(finding, fix)])


def carry_out(image: DraftImage, fixes: Sequence[tuple[Finding, Fix]]) -> None:
    """Carry fixes out on an image of the draft."""
    for _, fix in fixes:
        try:
            _put(image, carried_out(image, fix))
        except AppError as error:
            current_session().error = error


def _put(image: DraftImage, instead: list[DraftImage]) -> None:
    session = current_session()
    at = next((n for n, each in enumerate(session.chat.draft) if each.id == image.id), None)
    if at is None:
        return
    session.chat.draft = [*session.chat.draft[:at], *instead, *session.chat.draft[at + 1 :]]
