"""A comparison in progress or as it stands in the log."""

import time
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.compare.log import Cell, Comparison
from components.compare.run import Run, Snapshot
from components.text import escape_markdown
from components.ui import errors, services
from components.ui.compare import matrix, outputs, together, trust
from components.ui.compare.images import comparing
from components.ui.language import counted, text
from components.ui.money import money
from components.ui.state import breathe, visit

LOOK = 0.25  # seconds between two looks at which a run of the page may be ended


@dataclass(frozen=True)
class Shown:
    """What is on the screen: of a run in progress, or of the log."""

    comparison: Comparison
    cells: tuple[Cell, ...]
    run: Run | None
    snapshot: Snapshot | None

    @property
    def running(self) -> bool:
        return self.snapshot is not None and not self.snapshot.done


def look() -> Shown | None:
    """The comparison of the address, None where there is none."""
    here, run_id = visit(), comparing().run_id
    if run_id is None:
        return None
    run = services.runs().run(here.owner, run_id)
    if run is not None:
        snapshot = run.wait(-1, 0)[1]
        kept = services.log().comparison(here.owner, run_id)
        comparison = kept.comparison if kept else run.comparison  # with what was accepted since
        return Shown(comparison, snapshot.cells, run, snapshot)
    logged = services.log().comparison(here.owner, run_id)
    return Shown(logged.comparison, logged.cells, None, None) if logged else None


def show() -> None:
    shown = look()
    if shown is None:
        if comparing().run_id:
            st.info(text("compare.run.not_found"), icon=":material/search_off:")
        return
    st.subheader(text("compare.run.title"))
    with st.container(key="compare_results", gap="small"):
        _head(shown)
        line = st.empty()
        _progress(line, shown.snapshot)
        if shown.comparison.mode == "together":
            slots = together.show(shown.comparison, shown.cells)
            if shown.running and shown.run:
                visit().last = partial(_watch, shown.run, slots, line)
        else:
            matrix.show(shown.comparison, shown.running)
        if not shown.running:
            trust.show(shown.comparison, shown.cells)
            outputs.show(shown.comparison, shown.cells)


def _head(shown: Shown) -> None:
    """What was asked, and what can be done with the whole."""
    comparison = shown.comparison
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"**{escape_markdown(comparison.title)}**", width="stretch")
        if comparison.order == "reversed":
            st.badge(text("compare.run.reversed"), icon=":material/swap_vert:")
        if shown.running:
            st.button(
                text("ui.input.stop"),
                key="compare_stop",
                type="primary",
                icon=":material/stop_circle:",
                on_click=stop,
                args=(comparison.id,),
            )
        else:
            _again(shown)


def _again(shown: Shown) -> None:
    failed = [c.id for c in shown.cells if c.state in ("failed", "stopped", "interrupted")]
    if failed:
        st.button(
            counted("compare.run.retry", len(failed)),
            key="compare_retry",
            icon=":material/refresh:",
            on_click=retry,
            args=(shown.comparison, failed),
        )
    if shown.comparison.mode == "together":
        st.button(
            text("compare.run.swap_order"),
            key="compare_swap_order",
            icon=":material/swap_vert:",
            help=text("compare.run.swap_order_help"),
            on_click=trust.swap_order,
            args=(shown.comparison,),
        )


def _progress(line: DeltaGenerator, snapshot: Snapshot | None) -> None:
    """How far, how long still, what waits for what, what it cost so far."""
    if snapshot is None or snapshot.done:
        return
    parts = [text("compare.run.done_of", n=snapshot.ended, of=len(snapshot.cells))]
    if snapshot.seconds_left is not None:
        parts.append(text("compare.run.left", seconds=snapshot.seconds_left))
    if snapshot.cost:
        parts.append(money(snapshot.cost))
    for pause in snapshot.pauses:
        parts.append(
            text(
                "compare.run.pause",
                endpoint=pause.endpoint,
                seconds=max(0.0, pause.until - time.monotonic()),
            )
        )
    line.progress(snapshot.share, text=" · ".join(parts))


def _watch(run: Run, slots: dict[str, together.Slot], line: DeltaGenerator) -> None:
    """Draw the growing answers until all have ended, then the page anew."""
    version, said = -1, None
    while True:
        version, snapshot = run.wait(version, LOOK)
        together.update(slots, snapshot)
        now = (snapshot.ended, round(snapshot.seconds_left or 0), len(snapshot.pauses))
        if now != said:
            _progress(line, snapshot)
            said = now
        if snapshot.done:
            st.rerun()
        breathe()


def stop(comparison_id: str, cell: str | None = None, column: int | None = None) -> None:
    cells = None if cell is None else [cell]
    services.runs().stop(visit().owner, comparison_id, cells=cells, column=column)


def retry(comparison: Comparison, cells: list[str]) -> None:
    """Ask cells again that ended without an answer, at the endpoints they were asked at."""
    from components.ui.compare.columns import columns_of, maker

    try:
        visit().person.must_ask()
        columns = columns_of(comparison)
        services.runs().retry(visit().owner, comparison.id, cells, columns, maker(columns))
    except Exception as error:
        comparing().error = errors.unexpected(error)
