"""The conversation as it stands in the store, and the answer in progress."""

import time
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import services
from components.chat.running.answers import Answering
from components.chat.running.job import Job
from components.chat.store import (
    AttemptResult,
    StoredAttempt,
    StoredConversation,
    StoredImage,
    StoredMessage,
)
from components.labels import Label
from components.models import reference_model
from components.preflight.words import asks_for_description
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat import (
    answer,
    growing,
    labelling,
    message_actions,
    progress,
    question_edit,
)
from components.ui.chat.model_picker import parameter_name
from components.ui.preflight import model_view
from components.ui.streamlit_seam.render_scheduler import GROW, RENDERS
from components.ui.streamlit_seam.session import breathe, current_session
from components.ui.streamlit_seam.settling import Settling
from components.ui.widgets import made, messages, prose, reasoning
from components.ui.widgets.money import money

SHOWN = 60  # messages drawn at once; a client's queue holds 500 elements
FIRST_LOOK = 0.03  # seconds between two looks for the first letter
LOOK = 0.25  # seconds between two looks at a silent answer, at which a run may be ended


def show(conversation: StoredConversation, path: StoredConversation, *, running: bool) -> None:
    """Draw the messages of a path, the newest SHOWN of them; `follow` draws a running answer.

    conversation: with all its branches, for the way to the other versions.
    """
    session = current_session()
    said = path.messages[:-1] if running else path.messages
    limit = max(SHOWN, session.chat.shown)
    if len(said) > limit:
        st.button(text("ui.chat.older", n=len(said) - limit), on_click=_older, args=(limit,))
    newest = {message.role: message.id for message in said}
    by_id = {message.id: message for message in said}
    labels = labelling.of_conversation(conversation.id)
    for message in said[-limit:]:
        is_newest = message.id == newest[message.role]
        if message.role == "user":
            _question(conversation, message, newest=is_newest, quiet=running)
        else:
            asked = by_id.get(message.parent_id or "")
            label = labels.get(message.attempt.id) if message.attempt else None
            _answer(conversation, message, asked, label, newest=is_newest, quiet=running)


class Growing:
    """A running answer on the page: the places of its text and its state."""

    def __init__(self, job: Answering, frame: DeltaGenerator) -> None:
        self._job, self._frame = job, frame
        with frame:
            with st.container(gap=None):
                growing.place(job)
                with st.container(key="grown", gap=None):
                    self._prose = prose.GrowingProse(st.empty())
            self._state = st.empty()
        self._version, self._drawn, self._said = -1, "", ""
        self._model = text("ui.model.builtin_short") if job.builtin else escape_markdown(job.model)
        self._broken = False  # it isn't drawn any more until it has ended

    def look(self, timeout: float = 0.0) -> None:
        """Draw what is new, after waiting for it at most `timeout` seconds; the page anew when the
        answer has ended."""
        self._version, so_far, done = self._job.wait(self._version, timeout)
        if not done and self._brought(so_far):
            breathe()
        elif timeout:
            with RENDERS.turn(GROW):
                self._draw(so_far, done)
        else:
            self._draw(so_far, done)

    def _brought(self, so_far: str) -> bool:
        """Whether the browser has it all, or is brought it by the stream."""
        said = self._line(so_far) == self._said
        return said and (so_far == self._drawn or growing.streamed(self._job))

    def _line(self, so_far: str) -> str:
        return f"{self._model} · {progress.line(self._job, begun=bool(so_far))}"

    def _draw(self, so_far: str, done: bool) -> None:
        if not self._broken:
            with self._frame:
                self._broken = not _grown(self, so_far, done)
        if done:
            st.rerun()
        breathe()

    def write(self, so_far: str, done: bool) -> None:
        """What is new of the text and of its state."""
        if so_far != self._drawn and not growing.streamed(self._job):
            self._prose.write(so_far)
            self._drawn = so_far
        line = self._line(so_far)
        if not done and line != self._said:
            self._state.caption(line)
            self._said = line

    def glance(self) -> float:
        """Draw what is new, without waiting. When to look again, in seconds."""
        self.look()
        return LOOK if self._drawn or growing.streamed(self._job) else FIRST_LOOK

    def watch(self) -> None:
        """Draw until it ends; woken by the first letter, then at the job's pace."""
        settling = Settling()
        while True:
            self.look(LOOK)
            settling.rest()


@block("chat.running", lambda: False)
def _grown(running: Growing, so_far: str, done: bool) -> bool:
    running.write(so_far, done)
    return True


def follow(job: Answering) -> Growing:
    """Draw the frame of a running answer, with what there is of it by now."""
    with messages.answer("running", newest=True):
        drawn = Growing(job, st.container(gap="small"))
    if job.text:
        drawn.look()
    return drawn


@block("chat.unsaved")
def unsaved(job: Job, *, saving: bool) -> None:
    """An answer that the store hasn't taken: the whole of it, and whether it still may be."""
    with messages.answer("unsaved", newest=True):
        reasoning.folded(job.reasoning, job.attempt_id)
        prose.show(job.text)
        said = "ui.chat.not_saved" if saving else "ui.chat.lost"
        st.warning(text(said), icon=":material/sync_problem:")


def until_saved(job: Job) -> None:
    """Draw the page anew once an answer that the store refused is in it after all, or given up."""
    while services.app().answers().saving(job):
        time.sleep(LOOK)
        breathe()
    st.rerun()


@block("chat.question")
def _question(
    conversation: StoredConversation, message: StoredMessage, *, newest: bool, quiet: bool
) -> None:
    with messages.own(message.id, newest=newest):
        if message.images:
            model = _asked_of(conversation, message)
            with messages.pictures(message.id):
                for n in range(len(message.images)):
                    _image(message.images, n, model, f"see-{message.id}-{n}")
        if message.id == current_session().chat.editing and not quiet:
            question_edit.show(conversation, message)
            return
        messages.words(message.text, message.id)
        if not quiet:
            message_actions.under_question(conversation, message, newest)


def _asked_of(conversation: StoredConversation, question: StoredMessage) -> str:
    """The model that answered a question last."""
    tries = [m.attempt for m in conversation.messages if m.parent_id == question.id and m.attempt]
    return tries[-1].model if tries else reference_model()


def _image(images: Sequence[StoredImage], at: int, model: str, key: str) -> None:
    """A thumbnail that opens what the model sees of it, and says its size where one points."""
    image = images[at]
    if image.hash is None:
        st.caption(f":material/link: {escape_markdown(image.name)}", width="content")
        return
    thumbnail = services.app().store().conversations.thumbnail(current_session().owner, image.hash)
    with messages.thumbnail(key):
        if thumbnail:
            st.image(thumbnail, width=messages.SIDE, alt=image.name)
        size = f"{image.width} × {image.height}" if image.width else ""
        facts = " · ".join(filter(None, [size, text(f"ui.detail.{image.detail}")]))
        model_view.kept_button(images, at, model, key, facts)


@block("chat.answer")
def _answer(
    conversation: StoredConversation,
    message: StoredMessage,
    asked: StoredMessage | None,
    label: Label | None,
    *,
    newest: bool,
    quiet: bool,
) -> None:
    attempt = message.attempt
    with messages.answer(message.id, newest=newest):
        answer.show(message)
        made.show(current_session().owner, message.images, message.id)
        if attempt and attempt.host and message.text and asked and asked.images:
            _can_be_wrong(asked.text)
        if attempt:
            _outcome(attempt)
        if attempt and attempt.result.outcome != "running":
            message_actions.under_answer(conversation, message, newest, label=label, quiet=quiet)


def _can_be_wrong(question: str) -> None:
    """One quiet line under every description and caption."""
    if asks_for_description(question):
        st.caption(f":material/info: {text('preflight.accuracy')}")


def _outcome(attempt: StoredAttempt) -> None:
    result = attempt.result
    if result.code:
        errors.show_code(result.code, result.error_data, result.error_data.get("detail", ""))
    if result.finish_reason == "refusal":
        st.caption(f":material/info: {text('ui.outcome.refusal')}")
    told = result.outcome == "stopped" or not result.code  # an error's sentence says it already
    if told and result.outcome not in {"ok", "failed"}:
        nothing = result.outcome == "stopped" and not result.text
        said = "ui.outcome.stopped_early" if nothing else f"ui.outcome.{result.outcome}"
        st.caption(f":material/info: {text(said)}")
    left_out = [parameter_name(p) for p in result.left_out if p != "max_tokens"]  # it is renamed
    if left_out:
        st.caption(text("ui.chat.left_out", model=attempt.model, names=", ".join(left_out)))


def total(conversation: StoredConversation) -> str:
    """What the conversation has cost so far, "" before anything has ended."""
    ended = _ended(conversation)
    known = sum((r.cost for r in ended if r.cost is not None), Decimal(0))
    missing = sum(1 for r in ended if r.cost is None)
    if missing and missing == len(ended):
        return text("ui.cost.unknown")
    return (money(known) + (f" + {text('ui.cost.unknown')}" if missing else "")) if ended else ""


def answered(conversation: StoredConversation) -> str:
    """How many answers it has, and what they have cost."""
    if so_far := total(conversation):
        return counted("ui.cost.total", len(_ended(conversation)), cost=so_far)
    return ""


def _ended(conversation: StoredConversation) -> list[AttemptResult]:
    results = [m.attempt.result for m in conversation.messages if m.attempt]
    return [r for r in results if r.outcome != "running"]


def _older(limit: int) -> None:
    current_session().chat.shown = limit + SHOWN
