"""A comparison in progress or as it stands in the log."""

import time
from functools import partial, reduce

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import services
from components.compare.cheapest_setting import is_settings
from components.compare.running.run import Snapshot
from components.compare.running.run_manager import Running
from components.compare.store import Comparison
from components.i18n.sentence import joined
from components.text import escape_markdown
from components.ui.app import announcing, errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import accepting, matrix, outputs, scored, together, trust
from components.ui.compare.cell_actions import retry, stop
from components.ui.compare.current_run import Shown, look, progress
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import breathe, current_session
from components.ui.streamlit_seam.settling import Settling

_SEEN = 10  # images shown with the answers; a matrix shows those of the cell that is looked at
_ASKED = 300  # characters of a question
LOOK = 0.25  # seconds between two looks at which a run of the page may be ended


def show() -> None:
    """Nothing where no comparison was asked for."""
    page = compare_page()
    if page.run_id is None:
        return
    with st.container(key="compare_results", gap="small"):
        if page.error:  # where no form was drawn that says it
            errors.show(page.error)
            page.error = None
        shown = _found()
        if shown is None:
            return
        _tell(shown)
        with st.container(key="compare_head", gap="xsmall"):
            _head(shown)
            line = st.empty()
        _images(shown.comparison)
        after_all = st.container(gap="small")
        if not shown.running:
            with after_all:
                if not is_settings(shown.comparison):
                    scored.sentence(shown.comparison, shown.cells)
                    accepting.expected(shown.comparison)
        _progress(line, shown)
        if shown.comparison.mode == "together":
            slots = together.show(shown.comparison, shown.cells, shown.snapshot)
            if shown.running and shown.run:
                current_session().last = partial(_watch, shown.run, slots, line)
        else:
            matrix.show(shown.comparison, shown.running, line)
        # Emptied, so that what belongs to the answers before doesn't stand there while it runs.
        after = st.empty()
        if shown.snapshot and shown.snapshot.store_errors:
            st.warning(text("compare.run.not_saved"), icon=":material/sync_problem:")
        if not shown.running:
            with after.container(gap="small"):
                trust.show(shown.comparison, shown.cells)
                outputs.show(shown.comparison, shown.cells)


@block("compare.found", main=True)
def _found() -> Shown | None:
    shown = look()
    if shown is None:
        st.info(text("compare.run.not_found"), icon=":material/search_off:")
    return shown


def _tell(shown: Shown) -> None:
    """Screen readers: that all have answered, or been stopped, and why some failed."""
    page, cells = compare_page(), shown.cells
    if shown.running:
        page.awaited = shown.comparison.id
    elif page.awaited == shown.comparison.id:
        page.awaited = None
        answered = sum(cell.state == "ok" for cell in cells)
        said = text("compare.told.done", n=answered, of=len(cells))
        results = [cell.result for cell in cells if cell.result]
        why = dict.fromkeys(errors.spoken(r.code, r.error_data) for r in results if r.code)
        announcing.say(reduce(joined, why, said))


@block("compare.progress")
def _progress(line: DeltaGenerator, shown: Shown) -> None:
    progress(line, shown.snapshot)


@block("compare.head")
def _head(shown: Shown) -> None:
    """What was asked, and what can be done with the whole."""
    comparison = shown.comparison
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        asked = comparison.questions[0] if len(comparison.questions) == 1 else comparison.title
        st.header(text("compare.run.title"), anchor=False, width="content")
        st.markdown(escape_markdown(asked[:_ASKED]), width="stretch")
        order = st.empty()
        if comparison.order == "reversed":
            order.badge(text("compare.run.reversed"), icon=":material/swap_vert:")
        act = st.empty()
        if shown.running:
            act.button(
                text("ui.input.stop"),
                key="compare_stop",
                type="primary",
                icon=":material/stop_circle:",
                on_click=stop,
                args=(comparison.id,),
            )
        else:
            with act.container(horizontal=True, gap="small", width="content"):
                _again(shown)


def _again(shown: Shown) -> None:
    if any(cell.answer for cell in shown.cells):
        st.button(
            text("compare.present.title"),
            key="compare_present",
            icon=":material/present_to_all:",
            on_click=_present,
        )
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


def _present() -> None:
    compare_page().presenting, compare_page().presented = True, compare_page().presented + 1


@block("compare.seen")
def _images(comparison: Comparison) -> None:
    """Those it is about, where the form holds others by now."""
    held = {image.digest for image in compare_page().images}
    if len(comparison.images) > _SEEN or {image.hash for image in comparison.images} <= held:
        return
    with st.container(horizontal=True, gap="small", key="compare_seen"):
        for image in comparison.images:
            thumbnail = (
                services.app().store().conversations.thumbnail(current_session().owner, image.hash)
            )
            with st.container(width=96, gap=None):
                if thumbnail:
                    st.image(thumbnail, width=96, alt=f"{image.letter}: {image.name}")
                st.caption(f"**{image.letter}** · {escape_markdown(image.name[:12])}")


def _watch(run: Running, slots: dict[str, together.Slot], line: DeltaGenerator) -> None:
    """Draw the growing answers until all have ended, then the page anew."""
    version, said, broken = -1, None, False
    settling = Settling()
    while True:
        version, snapshot = run.wait(version, LOOK)
        pauses = tuple(round(pause.until - time.monotonic()) for pause in snapshot.pauses)
        now = (snapshot.ended, round(snapshot.seconds_left or 0), pauses)
        if not broken:
            broken = not _grown(run, slots, snapshot, line if now != said else None)
            said = now
        if snapshot.done:
            st.rerun()
        breathe()
        settling.rest()


@block("compare.running", lambda: False)
def _grown(
    run: Running, slots: dict[str, together.Slot], snapshot: Snapshot, line: DeltaGenerator | None
) -> bool:
    """Draw what is new. line: of the progress, where that has changed."""
    together.update(run.comparison, slots, snapshot)
    if line is not None:
        progress(line, snapshot)
    return True
