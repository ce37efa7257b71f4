"""Pre-flight on the compare page: its images and question, for the models that are chosen."""

from collections.abc import Sequence

import streamlit as st

from components.errors import AppError
from components.preflight import (
    Finding,
    Fix,
    ImageFacts,
    PlannedRequest,
    check,
)
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.model_picker import Choice
from components.ui.compare.images import compare_page, lettered, with_detail
from components.ui.preflight import findings
from components.ui.preflight.drafts import carried_out, facts_of
from components.ui.preflight.model_view import eyes

MOST = 10  # images whose text is read before anything is asked
_LOOK = 1.5  # seconds between two looks while text is being read


@block("compare.preflight")
def show(chosen: list[Choice], question: str) -> None:
    """Of each model's findings, each kind once for an image; the gravest first."""
    pending = any(facts.pending for choice in chosen[:1] for facts in _facts(choice))
    draw = st.fragment(_draw, run_every=_LOOK if pending else None)
    draw(chosen, question, _state())


def _state() -> tuple[str, list[str]]:
    return compare_page().detail, [image.id for image in compare_page().images]


def _facts(choice: Choice) -> list[ImageFacts]:
    images = [with_detail(image) for image in compare_page().images]
    return facts_of(images, eyes(choice.model), MOST, choice.endpoint.host)


def _draw(chosen: list[Choice], question: str, drawn: tuple[str, list[str]]) -> None:
    if drawn != _state():
        st.rerun()  # a fix changed the images, which aren't drawn here
    seen: dict[tuple[str, int | None], Finding] = {}
    pending = False
    for choice in chosen:
        known = _facts(choice)
        pending = pending or any(facts.pending for facts in known)
        asking = PlannedRequest(
            model=choice.model, question=question, endpoint=choice.endpoint, ends=choice.ends
        )
        for finding in check(known, asking):
            seen.setdefault((finding.code, finding.image), finding)
    names = [f"{letter} · {image.name}" for letter, image in lettered(compare_page().images)]
    findings.show(list(seen.values()), names, _apply, where="compare")
    if pending:
        st.caption(f":material/hourglass: {text('preflight.ui.reading')}")


def _apply(fixes: Sequence[tuple[Finding, Fix]]) -> None:
    """From the last image on: a fix may put several in the place of one."""
    for finding, fix in sorted(fixes, key=lambda each: each[0].image or 0, reverse=True):
        _apply_one(finding, fix)


def _apply_one(finding: Finding, fix: Fix) -> None:
    """Carry a fix out on the image it is about. A detail is chosen for all images together."""
    page = compare_page()
    if finding.image is None or finding.image >= len(page.images):
        return
    if fix.kind == "detail":
        page.detail = fix.detail
        return
    image = page.images[finding.image]
    try:
        page.images[finding.image : finding.image + 1] = carried_out(image, fix)
    except AppError as error:
        page.error = error
