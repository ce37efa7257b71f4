"""Together: one request with all images, each model in its own column."""

import math
import time
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.compare.running.run import Snapshot
from components.compare.store import Cell, Comparison
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import accepting, scored
from components.ui.compare.cell_actions import retry, stop
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import made, prose, reasoning
from components.ui.widgets.money import charged, seconds, thinking, tokens

_COLOURS: dict[str, Literal["green", "red", "orange"]] = {
    "right": "green",
    "wrong": "red",
    "some": "orange",
}


@dataclass
class Slot:
    """Where a cell's text, its pictures, its line of figures and its error go, and what was drawn
    there.

    stop: the place of its column's Stop, the same for all cells of a column.
    """

    answer: DeltaGenerator
    pictures: DeltaGenerator
    line: DeltaGenerator
    problem: DeltaGenerator
    stop: DeltaGenerator
    growing: prose.GrowingProse | None = None
    drawn: str = ""
    said: str = ""
    ended: bool = False


def show(
    comparison: Comparison, cells: tuple[Cell, ...], snapshot: Snapshot | None
) -> dict[str, Slot]:
    """A column a model; returns the slots of its cells, by id."""
    slots: dict[str, Slot] = {}
    with st.container(key="compare_columns"):
        for n, column in enumerate(st.columns(len(comparison.models), gap="small")):
            own = [cell for cell in cells if cell.column == n]
            with column, st.container(border=True, gap="small", key=f"compare_column-{n}"):
                _column(comparison, n, own, snapshot, slots)
    return slots


@block("compare.column")
def _column(
    comparison: Comparison,
    n: int,
    own: list[Cell],
    snapshot: Snapshot | None,
    slots: dict[str, Slot],
) -> None:
    """Of one model; fills `slots` with those of its cells."""
    stop = _head(comparison, n, own)
    for cell in own:
        if slot := _cell(comparison, cell, stop, snapshot):
            slots[cell.id] = slot


def update(comparison: Comparison, slots: dict[str, Slot], snapshot: Snapshot) -> None:
    """Draw what has changed."""
    open_ = {cell.column for cell in snapshot.cells if not cell.ended}
    for cell in snapshot.cells:
        slot = slots.get(cell.id)
        if slot is None or slot.ended:
            continue
        if cell.answer != slot.drawn:
            _write(cell, slot)
        if (said := line(cell, comparison, snapshot)) != slot.said:
            slot.line.caption(said)
            slot.said = said
        if cell.ended:
            slot.ended = True
            _pictures(cell, slot)
            _failed(comparison, cell, slot)
            if cell.column not in open_:
                slot.stop.empty()


def _head(comparison: Comparison, n: int, own: list[Cell]) -> DeltaGenerator:
    model = comparison.models[n]
    name = text("ui.model.builtin_short") if not model.host else escape_markdown(model.model)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{name}**", width="stretch")
        place = st.empty()
        if any(not cell.ended for cell in own):
            place.button(
                text("ui.input.stop"),
                key=f"compare_stop-{n}",
                type="tertiary",
                icon=":material/stop_circle:",
                on_click=stop,
                args=(comparison.id, None, n),
            )
    if own and all(cell.ended for cell in own):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if found := scored.right(comparison, own, n):
                said, kind = found
                st.badge(said, color=_COLOURS[kind])
            st.caption(scored.line(comparison, own, n), width="content")
    return place


@block("compare.answer")
def _cell(
    comparison: Comparison, cell: Cell, stop: DeltaGenerator, snapshot: Snapshot | None
) -> Slot | None:
    if comparison.repeats > 1:
        st.caption(text("compare.run.round", n=cell.repeat))
    with st.empty().container(gap="xsmall"):
        accepting.verdict(comparison, cell)
        if cell.ended and cell.result:
            reasoning.folded(cell.result.reasoning, cell.id)
    answer, pictures, said, trouble = (st.empty() for _ in range(4))
    slot = Slot(answer, pictures, said, trouble, stop, ended=cell.ended)
    if cell.answer:
        _write(cell, slot)
    slot.said = line(cell, comparison, snapshot)
    slot.line.caption(slot.said)
    if cell.ended:
        _pictures(cell, slot)
        _failed(comparison, cell, slot)
    foot = st.empty()  # nothing of the comparison before while this one runs
    if cell.state == "ok" and cell.answer:
        with foot.container():
            accepting.button(comparison, cell)
    return slot


def _write(cell: Cell, slot: Slot) -> None:
    slot.drawn = cell.answer
    if cell.ended:
        with slot.answer:
            prose.show(cell.answer)
        return
    slot.growing = slot.growing or prose.GrowingProse(slot.answer)
    slot.growing.write(cell.answer)


def _pictures(cell: Cell, slot: Slot) -> None:
    if cell.pictures:
        with slot.pictures.container():
            pictures(cell)


@block("compare.pictures")
def pictures(cell: Cell) -> None:
    """Those in its answer."""
    made.show(current_session().owner, cell.pictures, cell.id)


def _failed(comparison: Comparison, cell: Cell, slot: Slot) -> None:
    """Why it has no answer, and another try for it alone."""
    if cell.state == "ok":
        return
    with slot.problem.container(gap="small"):
        problem(cell)
        st.button(
            counted("compare.run.retry", 1),
            key=f"compare_retry-{cell.id}",
            icon=":material/refresh:",
            type="tertiary",
            on_click=retry,
            args=(comparison, [cell.id]),
        )


def problem(cell: Cell) -> None:
    """Why a cell failed."""
    result = cell.result
    if result and result.code:
        errors.show_code(result.code, result.error_data, result.error_data.get("detail", ""))


def waits_for(cell: Cell, comparison: Comparison, snapshot: Snapshot | None) -> str:
    """What an open cell waits for: another try, or the endpoint's patience; "" for nothing."""
    if snapshot is None or cell.ended:
        return ""
    now = time.monotonic()
    if pause := snapshot.retries.get(cell.id):
        facts = {k: v for k, v in pause.error.data.items() if k != "seconds"}  # counted down here
        what, _ = errors.sentence(pause.error.code, facts)
        left = max(1, math.ceil(pause.until - now))
        return text("ui.chat.retrying", what=what, seconds=left, attempt=pause.attempt, of=pause.of)
    endpoint = comparison.models[cell.column].endpoint
    for held in snapshot.pauses:
        if held.endpoint == endpoint and cell.state == "waiting":
            return text("compare.run.pause", endpoint=endpoint, seconds=max(1, held.until - now))
    return ""


def line(cell: Cell, comparison: Comparison, snapshot: Snapshot | None = None) -> str:
    """What it waits for, its state, or its figures: tokens, money, times."""
    result = cell.result
    if waits := waits_for(cell, comparison, snapshot):
        return waits
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
        elif result.usage_source == "implausible":
            parts.append(text("compare.run.implausible"))
        if result.cost is not None:
            parts.append(charged(result))
        if result.ms_first is not None:
            parts.append(text("ui.cost.first", seconds=seconds(result.ms_first)))
        if result.ms_total is not None:
            parts.append(seconds(result.ms_total))
        if result.attempts > 1:
            parts.append(text("ui.chat.tries", n=result.attempts))
    return " · ".join(parts)
