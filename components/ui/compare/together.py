"""Together: one request with all images, each model in its own column."""

from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.compare.log import Cell, Comparison
from components.compare.run import Snapshot
from components.markdown import safe_markdown
from components.text import escape_markdown
from components.ui import errors
from components.ui.compare import accepting
from components.ui.language import text
from components.ui.money import money, seconds, thinking, tokens


@dataclass
class Slot:
    """Where a cell's text and its line of figures go, and what was drawn there."""

    answer: DeltaGenerator
    line: DeltaGenerator
    drawn: str = field(default="")


def show(comparison: Comparison, cells: tuple[Cell, ...]) -> dict[str, Slot]:
    """A column a model; returns the slots of its cells, by id."""
    slots: dict[str, Slot] = {}
    with st.container(key="compare_columns"):
        for n, column in enumerate(st.columns(len(comparison.models), gap="small")):
            own = [cell for cell in cells if cell.column == n]
            with column, st.container(border=True, gap="small", key=f"compare_column-{n}"):
                _head(comparison, n, own)
                for cell in own:
                    slots[cell.id] = _cell(comparison, cell)
    return slots


def update(slots: dict[str, Slot], snapshot: Snapshot) -> None:
    """Draw what has changed."""
    for cell in snapshot.cells:
        slot = slots.get(cell.id)
        if slot is None:
            continue
        if cell.answer != slot.drawn:
            slot.answer.markdown(safe_markdown(cell.answer, growing=not cell.ended))
            slot.drawn = cell.answer
        slot.line.caption(line(cell))


def _head(comparison: Comparison, n: int, own: list[Cell]) -> None:
    model = comparison.models[n]
    name = text("ui.model.builtin_short") if not model.host else escape_markdown(model.model)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{name}**", width="stretch")
        if any(not cell.ended for cell in own):
            from components.ui.compare.results import stop

            st.button(
                text("ui.input.stop"),
                key=f"compare_stop-{n}",
                type="tertiary",
                icon=":material/stop_circle:",
                on_click=stop,
                args=(comparison.id, None, n),
            )


def _cell(comparison: Comparison, cell: Cell) -> Slot:
    if comparison.repeats > 1:
        st.caption(text("compare.run.round", n=cell.repeat))
    accepting.verdict(comparison, cell)
    slot = Slot(st.empty(), st.empty())
    if cell.answer:
        slot.answer.markdown(safe_markdown(cell.answer, growing=not cell.ended))
        slot.drawn = cell.answer
    slot.line.caption(line(cell))
    problem(cell)
    if cell.ended and cell.answer:
        accepting.button(comparison, cell)
    return slot


def problem(cell: Cell) -> None:
    """Why a cell failed."""
    result = cell.result
    if result and result.code:
        errors.show_code(result.code, result.error_data, result.error_data.get("detail", ""))


def line(cell: Cell) -> str:
    """State or figures of a cell: tokens, money, times."""
    result = cell.result
    if cell.state == "waiting":
        return text("compare.state.waiting")
    if cell.state == "running":
        key = "compare.state.answering" if cell.answer else "compare.state.asked"
        return text(key)
    parts = []
    if cell.state != "ok":
        parts.append(text(f"compare.state.{cell.state}"))
    if result:
        if result.usage_source == "reported" and result.input_tokens is not None:
            sent, got = tokens(result.input_tokens), tokens(result.output_tokens)
            parts.append(text("cost.page.in_out", input=sent, output=got) + thinking(result))
        if result.cost is not None:
            parts.append(money(result.cost))
        if result.ms_first is not None:
            parts.append(text("ui.cost.first", seconds=seconds(result.ms_first)))
        if result.ms_total is not None:
            parts.append(seconds(result.ms_total))
        if result.attempts > 1:
            parts.append(text("ui.chat.tries", n=result.attempts))
    return " · ".join(parts)
