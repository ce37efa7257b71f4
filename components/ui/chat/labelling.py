"""Right, or wrong and what it should have been: what a person says of an answer."""

from time import monotonic

import streamlit as st

from components import services
from components.chat.store import StoredMessage, new_id
from components.labels import MAX_CORRECTED, Label, Said
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.callbacks import shown
from components.ui.chat.state import Labelled
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

UNDO_FOR = 10  # seconds
_OPENED = "wrong"
_SHOWN = 120  # characters of a correction


@block("chat.labels", dict)
def of_conversation(conversation_id: str) -> dict[str, Label]:
    """What holds now, by attempt id."""
    return services.app().store().labels.of_conversation(current_session().owner, conversation_id)


def buttons(message: StoredMessage, label: Label | None) -> None:
    """Two icons; what holds is marked, and a second click takes it back."""
    for verdict, icon in (("right", "check_circle"), ("wrong", "cancel")):
        on = label is not None and label.verdict == verdict
        st.button(
            text(f"ui.label.{verdict}_on" if on else f"ui.label.{verdict}"),
            key=f"label_{verdict}{'_on' if on else ''}-{message.id}",
            icon=f":material/{icon}:",
            type="tertiary",
            disabled=not current_session().person.may_ask,
            on_click=_clicked,
            args=(message, label, verdict),
        )


def below(message: StoredMessage, label: Label | None) -> None:
    """The field for the right answer where it is asked for, and what is said of the answer."""
    if current_session().chat.opened == (message.id, _OPENED):
        _field(message, label)
    elif label is not None and label.corrected:
        said = escape_markdown(options.cut(label.corrected, _SHOWN))
        st.caption(text("ui.label.it_is", text=said))
    last = current_session().chat.labelled
    if last is None or not message.attempt or last.attempt_id != message.attempt.id:
        return
    if monotonic() - last.at < UNDO_FOR:
        # assets/messages.css takes it away when the time is over.
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"label_undo-{last.at}"
        ):
            what = label.verdict if label else "withdrawn"
            st.caption(text(f"ui.label.said.{what}"), width="content")
            st.button(
                text("ui.history.undo"),
                key="undo_label",
                icon=":material/undo:",
                type="tertiary",
                on_click=_undo,
            )


def _field(message: StoredMessage, label: Label | None) -> None:
    key = f"corrected-{message.id}"
    if value(key) is None:
        put(key, label.corrected if label else "")
    with st.container(border=True, gap="small"):
        st.text_area(text("ui.label.it_is_field"), key=key, height=80, max_chars=MAX_CORRECTED)
        with st.container(horizontal=True, gap="small"):
            st.button(
                text("ui.label.save"),
                key=f"save_label-{message.id}",
                type="primary",
                on_click=_correct,
                args=(message, label),
            )
            st.button(text("ui.history.cancel"), key=f"fold_label-{message.id}", on_click=_fold)


@shown
def _clicked(message: StoredMessage, label: Label | None, verdict: Said) -> None:
    """Right is said at once; wrong asks what it should have been."""
    if label is not None and label.verdict == verdict:
        _fold()
        _say(message, label, "withdrawn")
    elif verdict == "wrong":
        current_session().chat.opened = (message.id, _OPENED)
    else:
        _fold()
        _say(message, label, verdict)


@shown
def _correct(message: StoredMessage, label: Label | None) -> None:
    corrected = str(value(f"corrected-{message.id}") or "").strip()
    _fold()
    _say(message, label, "wrong", corrected)


def _say(message: StoredMessage, before: Label | None, verdict: Said, corrected: str = "") -> None:
    session = current_session()
    session.person.must_ask()
    if message.attempt is None:
        return
    attempt_id = message.attempt.id
    services.app().store().labels.add(session.owner, new_id(), attempt_id, verdict, corrected)
    session.chat.labelled = Labelled(attempt_id, before, monotonic())


@shown
def _undo() -> None:
    """Back to what had been said before."""
    session = current_session()
    session.person.must_ask()
    last, session.chat.labelled = session.chat.labelled, None
    if last is None:
        return
    verdict: Said = last.before.verdict if last.before else "withdrawn"
    corrected = last.before.corrected if last.before else ""
    store = services.app().store().labels
    store.add(session.owner, new_id(), last.attempt_id, verdict, corrected)


def _fold() -> None:
    current_session().chat.opened = None
