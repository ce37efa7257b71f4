"""What a model's answers come to, in one line for the head of its column."""

from collections.abc import Sequence

import streamlit as st

from components.compare.judging.savings import saving
from components.compare.judging.scores import scores
from components.compare.store import Cell, Comparison
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.history.row_facts import cost_of
from components.ui.widgets.money import seconds

_FEW = 10  # times, from which no decimals are told


def line(comparison: Comparison, cells: Sequence[Cell], column: int) -> str:
    """Failed, cost, mean time (Markdown)."""
    score = scores(comparison, cells)[column]
    parts = []
    if score.failed:
        parts.append(counted("compare.score.failed", score.failed))
    if score.answered:
        parts.append(cost_of(score.cost, not score.cost_unknown))
    if score.ms_total is not None:
        parts.append(seconds(round(score.ms_total)))
    return " · ".join(parts)


def right(comparison: Comparison, cells: Sequence[Cell], column: int) -> tuple[str, str] | None:
    """How many of the judged answers are right, and whether that is all ("right"), none ("wrong")
    or "some" of them; None where none is judged."""
    score = scores(comparison, cells)[column]
    if not score.judged:
        return None
    said = text("compare.score.of_judged", right=score.right, judged=score.judged)
    if score.right == score.judged:
        return said, "right"
    return said, "some" if score.right else "wrong"


def model_name(comparison: Comparison, column: int) -> str:
    model = comparison.models[column]
    return model.model if model.host else text("ui.model.builtin_short")


@block("compare.saving")
def sentence(comparison: Comparison, cells: Sequence[Cell]) -> None:
    """That a cheaper model does as well, where that is so."""
    if said := told(comparison, cells):
        st.success(said, icon=":material/savings:")


def told(comparison: Comparison, cells: Sequence[Cell]) -> str:
    """ "" where nothing can be said."""
    found = saving(comparison, cells)
    if found is None:
        return ""
    names = [_name(comparison, column) for column in (found.cheap, found.dear)]
    parts = [
        text("compare.saving.same", cheap=names[0], dear=names[1]),
        text("compare.saving.cheaper", times=_times(float(found.cheaper))),
    ]
    if found.faster is not None and found.faster >= 1.1:
        parts.append(text("compare.saving.faster", times=_times(found.faster)))
    elif found.faster is not None and found.faster <= 0.9:
        parts.append(text("compare.saving.slower", times=_times(1 / found.faster)))
    said = text("compare.saving.comma").join(parts)
    return said + counted("compare.saving.of", found.answers)


def _name(comparison: Comparison, column: int) -> str:
    """Told from the other one by its endpoint where both are called alike."""
    name = model_name(comparison, column)
    if [model_name(comparison, n) for n in range(len(comparison.models))].count(name) > 1:
        name = f"{name} ({comparison.models[column].endpoint})"
    return escape_markdown(name)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= _FEW else f"{ratio:.1f}".removesuffix(".0")
