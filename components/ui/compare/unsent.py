"""The form of the compare page outlives its page: images, questions, models and the rest."""

from typing import Any, Literal, get_args

from components.compare.errors import MAX_QUESTIONS, MAX_REPEATS
from components.ui.app import unsent
from components.ui.compare.images import compare_page
from components.ui.compare.page_state import ComparePage
from components.ui.compare.plan_form.form import DETAILS

_LONGEST = 2_000_000  # characters of a question
_MOST_MODELS = 50
_Tab = Literal["together", "each", "cheapest"]
_FIELDS = ("tab", "detail", "questions", "models", "repeats", "again", "accepted")


def remember() -> None:
    """Draw it on the compare page."""
    page = compare_page()
    unsent.keep("compare", page.images)
    now, first = ({f: getattr(p, f) for f in _FIELDS} for p in (page, ComparePage()))
    changed = {name: now[name] for name in _FIELDS if now[name] != first[name]}
    if not page.images and not any(question.strip() for question in page.questions):
        changed.pop("models", None)  # those that the page begins with
    names = [image.name for image in page.images]
    unsent.remember("compare", names, _bring_back, changed or None)


def _bring_back(draft_id: str, back: unsent.Back) -> list[str]:
    """What somebody drafted goes before what the address leads to."""
    page = compare_page()
    found = unsent.stored(draft_id)
    if found:
        page.images = list(found)
    page.bring_back = False
    _fill(page, unsent.form_of(back), back)
    unsent.keep("compare", page.images)
    unsent.moved(draft_id)
    return [image.name for image in page.images]


def _fill(page: ComparePage, form: unsent.Back, back: unsent.Back) -> None:
    if form.get("tab") in get_args(_Tab):
        page.tab = form["tab"]
    if form.get("detail") in DETAILS:
        page.detail = form["detail"]
    questions = _texts(form.get("questions"), MAX_QUESTIONS) or [""]
    for n, question in enumerate(questions):
        key = f"compare_question-{n}" if n else "compare_question"
        typed = unsent.text_of(back, key)
        questions[n] = question if typed is None else typed[:_LONGEST]
    one = unsent.text_of(back, "compare_one_question")
    if one is not None:
        questions[0] = one[:_LONGEST]
    if any(question.strip() for question in questions):
        page.questions = questions
    page.models = tuple(_texts(form.get("models"), _MOST_MODELS)) or page.models
    repeats = form.get("repeats")
    if type(repeats) is int and 1 <= repeats <= MAX_REPEATS:
        page.repeats, page.again = repeats, form.get("again") is True
    right = unsent.text_of(back, "compare_right_answer")
    accepted = form.get("accepted") if right is None else right
    if isinstance(accepted, str) and accepted:
        page.accepted = accepted[:_LONGEST]


def _texts(given: Any, most: int) -> list[str]:
    if not isinstance(given, list | tuple):
        return []
    return [each[:_LONGEST] for each in given[:most] if isinstance(each, str)]
