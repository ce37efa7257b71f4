"""The chat's draft outlives its page: images, a question being edited, model and parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from components.chat.draft import DraftImage
from components.providers.base import Parameters
from components.ui.app import unsent
from components.ui.chat import callbacks, question_edit
from components.ui.chat.model_picker import choices
from components.ui.preflight.drafting import MOST
from components.ui.streamlit_seam.session import current_session

_LONGEST = 200_000  # characters of a system prompt, and tokens of an answer


def remember() -> None:
    """Draw it on the chat page."""
    session = current_session()
    unsent.keep("chat", session.chat.draft)
    names = [image.name for image in session.chat.draft]
    names += [document.pdf.name for document in session.chat.pdfs]
    changed: dict[str, Any] = {}
    if session.chat.editing:
        changed["editing"] = session.chat.editing
    if session.chat.choice and session.chat.choice != choices()[0].id:
        changed["choice"] = session.chat.choice
    if session.chat.parameters != Parameters():
        changed["parameters"] = asdict(session.chat.parameters)
    unsent.remember("chat", names, _bring_back, changed or None)


def _bring_back(draft_id: str, back: unsent.Back) -> list[str]:
    """What the store has of it, in the tray."""
    session, form = current_session(), unsent.form_of(back)
    if isinstance(form.get("choice"), str):
        session.chat.choice = form["choice"]
    if isinstance(form.get("parameters"), dict):
        session.chat.parameters = _parameters(form["parameters"])
    asked = callbacks.message(str(form.get("editing") or ""))
    if asked and session.chat.editing is None:
        said = unsent.text_of(back, question_edit.field_of(asked.id))
        session.chat.edit(asked.id, asked.text if said is None else said[:MOST])
    found = unsent.stored(draft_id)
    _join(session.chat.draft, found)
    unsent.keep("chat", session.chat.draft)
    unsent.moved(draft_id)
    return [image.name for image in found]


def _parameters(given: Mapping[str, Any]) -> Parameters:
    """What is none of them is left as it is at first."""
    system, length, heat = (given.get(name) for name in ("system", "max_tokens", "temperature"))
    effort = given.get("effort")
    return Parameters(
        system=system[:_LONGEST] if isinstance(system, str) else "",
        max_tokens=length if type(length) is int and 1 <= length <= _LONGEST else None,
        temperature=_heat(heat),
        step_by_step=given.get("step_by_step") is True,
        answer="json" if given.get("answer") == "json" else "text",
        effort=effort if isinstance(effort, str) and effort in _efforts() else None,
    )


def _efforts() -> set[str]:
    """Of any model: one that was set for another stays set, in case that is chosen again."""
    return {effort for choice in choices() for effort in choice.info.efforts}


def _heat(given: Any) -> float | None:
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return float(given) if number and 0 <= given <= 2 else None


def _join(tray: list[DraftImage], found: Sequence[DraftImage]) -> None:
    there = {(image.digest, image.url) for image in tray}
    tray[:0] = [image for image in found if (image.digest, image.url) not in there]
