"""The composer: one box of thumbnails, text and buttons, and one line of what goes and costs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.access.errors import AccessError
from components.chat.context import Carried
from components.chat.estimate import Estimate
from components.chat.running.answers import Answering
from components.chat.store import StoredConversation
from components.errors import AppError
from components.i18n.sentence import joined
from components.preflight import Finding
from components.presets import questions
from components.tokens import Count, count_soon
from components.ui.app import errors
from components.ui.app.blocks import block, failed
from components.ui.app.language import text
from components.ui.app.navigation import ASSETS, script
from components.ui.chat import (
    callbacks,
    context_images,
    growing,
    next_message,
    refusal,
    samples,
    unsent,
)
from components.ui.chat.attachments import cards, sources, tray
from components.ui.chat.model_picker import Choice
from components.ui.chat.next_message import Pictures
from components.ui.preflight import chat
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.streamlit_seam.settling import head_start
from components.ui.usage import meter
from components.ui.widgets import options

_KEYS = {  # what the list of keys says, and the keys; "Mod" is the browser's
    "send": "Enter",
    "line": "Shift+Enter",
    "stop": "Esc",
    "new_chat": "Mod+Shift+O",
    "edit": "Mod+Shift+E",
    "paste": "Mod+V",
    "samples": "\u2193",
    "walk": "\u2190 \u2192",
    "move": "Shift+\u2190 \u2192",
    "open": "Enter",
    "remove": "Delete",
    "help": "?",
}
_CAMERA = ("take_photo", "allow_camera")
_SAID = ("title", "close", "newest", "newest_grows", "questions", *_CAMERA, *_KEYS)
_HANDS = "composer_hands"
_hands = st.components.v2.component(
    "tuwen_composer",
    html=(ASSETS / "composer.html").read_text("utf-8"),
    js=script("newest.js", "outline.js", "growing.js", "composer.js"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Place:
    """Where the composer is drawn. tray: within its box, above the text; fill: what this run puts
    into the input; drawn: the input is."""

    tray: DeltaGenerator
    fill: str | None
    drawn: bool


def begin(*, is_new: bool, running: Answering | None) -> Place:
    """Take its place, pinned to the bottom of the page. Before the rest of the page, as the input
    of a new chat is drawn here: a question can be typed while the rest is on its way.

    is_new: there is no conversation yet.
    """
    session = current_session()
    box = st.bottom.container(key="image_tray", gap=None)
    if not session.person.may_ask:
        return Place(box, None, drawn=False)
    first, below = session.chat.below is None, is_new and running is None
    if session.chat.below != below:
        # A field elsewhere is another one, and comes up empty.
        session.chat.refill()
        session.chat.below = below
    fill = session.chat.fill
    if fill is not None:
        session.chat.typed = fill
        session.chat.emptied += fill == ""
    with box:
        _listen()
    if below:
        with st.bottom:
            _filled_input(fill)
        if first:
            head_start()
    return Place(box, fill, drawn=below)


def show(
    choice: Choice,
    path: StoredConversation | None,
    goes: Carried | None,
    place: Place,
    *,
    running: Answering | None,
) -> None:
    """Draw it. path: of the conversation, what the next question follows on; goes: what the next
    request carries of it."""
    if not current_session().person.may_ask:
        _reading_only(place)
        return
    pictures, figures = _what_goes(choice, goes)
    with place.tray:
        dots = _tray(choice, pictures, figures)
    if not place.drawn:
        # In the page's body it is pinned as well, and the page follows a growing answer.
        _filled_input(place.fill)
    with st.bottom:
        _buttons(choice, running)
        _below(choice, pictures, figures, dots, (path, goes), running)
    samples.window()
    if running is None:
        callbacks.get_ready(choice)


def _tray(
    choice: Choice,
    pictures: Pictures,
    figures: Estimate | None,
) -> Mapping[str, DeltaGenerator]:
    """What stands in the box above the text. In fixed slots: what a run leaves out would stay on
    the screen, grey, until an answer ends. Returns the places for signs of findings."""
    session = current_session()
    problem, refused = st.empty(), st.empty()
    if session.error:
        session.chat.refuse(session.error)
        session.error = None
    if said := session.chat.refused_for:
        with problem.container():
            refusal.show(said)
    if session.chat.refused or session.gone.get("chat"):
        with refused.container():
            cards.refusals()
    sources.show(choice)
    row = st.empty()
    dots: Mapping[str, DeltaGenerator] = {}
    if pictures and figures:
        with row.container():
            dots = cards.row(choice, pictures, figures, _found(choice, figures))
    tray.drop_target()
    unsent.remember()
    return dots


def _found(choice: Choice, figures: Estimate) -> list[Finding]:
    """What each thumbnail says of its image; a fault of it is shown where all findings are."""
    typed = count_soon(current_session().chat.typed, choice.model).tokens
    try:
        return chat.look(choice, figures, typed)
    except AppError:
        return []


def _buttons(choice: Choice, running: Answering | None) -> None:
    """On both sides of the text; Stop lies over Send."""
    with st.container(key="composer_buttons", horizontal=True, gap=None, wrap=False):
        sources.menu(choice)
        _ready_questions()
        stop = st.empty()
        if running:
            stop.button(
                text("ui.input.stop"),
                key="stop",
                type="primary",
                icon=":material/stop:",
                shortcut="Esc",
                on_click=callbacks.stop,
            )


def _below(
    choice: Choice,
    pictures: Pictures,
    figures: Estimate | None,
    dots: Mapping[str, DeltaGenerator],
    again: tuple[StoredConversation | None, Carried | None],
    running: Answering | None,
) -> None:
    """The line under the box; in fixed slots, as the tray."""
    with st.container(key="composer_line", horizontal=True, gap="small", wrap=True):
        preflight = st.empty()
        with st.container(key="cost_estimate", width="content"):
            price = st.empty()
        resent, budget = st.empty(), st.empty()
        if running:
            price.caption(text("ui.input.answering", model=running.model))
            return
        path, goes = again

        def say(typed: Count) -> None:
            if figures:
                next_message.show(price, choice, pictures, figures, typed)

        _price(say, choice.model)
        if figures:
            with preflight.container(gap=None):
                chat.show(choice, figures, say, dots)
        if goes:
            with resent.container():
                context_images.show(path, goes, choice)
        with budget.container():
            meter.show(choice)


def _listen() -> None:
    """What hands do in the box, see composer.js. Nothing is seen of it but its list of keys."""
    session = current_session()
    _hands(
        key=_HANDS,
        data={
            "focus": f"{session.id} {session.chat.focus}",
            # As texts: Streamlit would look for tables in them, with libraries of half a second.
            "emptied": json.dumps({"session": session.id, "count": session.chat.emptied}),
            "asking": json.dumps(
                {
                    "session": session.id,
                    "tried": session.chat.tried,
                    "begun": growing.count(),
                    "conversation": session.chat.conversation_id,
                }
            ),
            "texts": json.dumps({name: text(f"ui.keys.{name}") for name in _SAID}),
            "keys": json.dumps(_KEYS),
            "conversation": session.chat.conversation_id or "",
        },
        on_order_change=_ordered,
    )


def _ordered() -> None:
    state: Any = value(_HANDS)
    ids = state.get("order") if hasattr(state, "get") else None
    if isinstance(ids, list | tuple):
        tray.order([str(each) for each in ids])


def _filled_input(fill: str | None) -> None:
    if fill is not None:
        put("chat_input", fill)
        current_session().chat.fill = None
    _input()


def _what_goes(choice: Choice, goes: Carried | None) -> tuple[Pictures, Estimate | None]:
    """The draft's images as they would be sent, and what they come to. A question can be asked
    without: no figure is worth a composer that isn't there."""
    try:
        pictures = next_message.prepared(current_session().chat.draft, choice)
        return pictures, next_message.figures(choice, pictures, goes.history if goes else None)
    except Exception as error:
        failed(error)
        return [], None


def _reading_only(place: Place) -> None:
    """For viewers: why nothing can be sent."""
    session = current_session()
    said, session.error = session.error or AccessError("access_viewer"), None
    with place.tray, st.container(key="reading_only"):
        what, then = errors.sentence(said.code, said.data)
        st.caption(f":material/visibility: {joined(what, then)}")
    with st.bottom:
        _input(disabled=True)


def _input(*, disabled: bool = False) -> None:
    st.chat_input(
        text(_placeholder()),
        key="chat_input",
        on_submit=callbacks.submitted,
        disabled=disabled,
    )


def _placeholder() -> str:
    """Key of what the empty field says."""
    chat_state = current_session().chat
    if chat_state.draft:
        return f"ui.input.placeholder_{'one' if len(chat_state.draft) == 1 else 'many'}"
    if chat_state.conversation_id:
        return "ui.input.placeholder_reply"
    return "ui.input.placeholder"


@block("chat.price")
def _price(say: Callable[[Count], None], model: str) -> None:
    say(count_soon(current_session().chat.typed, model))


@block("chat.presets")
def _ready_questions() -> None:
    lang = current_session().lang
    labels = options.distinct({q.id: q.label[lang] for q in questions()}, markdown=True)
    st.menu_button(
        text("ui.input.presets"),
        list(labels),
        key="preset",
        format_func=labels.__getitem__,
        on_click=_preset_chosen,
        type="tertiary",
        icon=":material/bolt:",
    )


def _preset_chosen() -> None:
    chosen = next((q for q in questions() if q.id == value("preset")), None)
    if chosen:
        current_session().chat.fill = chosen.prompt[current_session().lang]
