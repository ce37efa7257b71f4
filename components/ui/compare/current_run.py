"""The comparison on the screen, as it stands now, and how far it is."""

import time
from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from components import services
from components.compare.running.run import Snapshot
from components.compare.running.run_manager import Running
from components.compare.store import Cell, Comparison
from components.ui.app.language import text
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets.money import money

_MINUTES = 100  # seconds from which minutes are told


@dataclass(frozen=True)
class Shown:
    """What is on the screen: of a run in progress, here or in another process, or of the log."""

    comparison: Comparison
    cells: tuple[Cell, ...]
    run: Running | None
    snapshot: Snapshot | None

    @property
    def running(self) -> bool:
        return self.snapshot is not None and not self.snapshot.done


def look() -> Shown | None:
    """The comparison of the address, None where there is none."""
    session, run_id = current_session(), compare_page().run_id
    if run_id is None:
        return None
    # First ours: one that ends in between is then read from the store in its last state.
    mine = services.app().runs().run(session.owner, run_id)
    unsettled = mine if mine and not mine.settled else None
    logged = services.app().store().comparisons.comparison(session.owner, run_id)
    if logged is None:
        return None
    run = unsettled or services.app().runs().follow(session.owner, logged)
    if run is None:
        return Shown(logged.comparison, logged.cells, None, None)
    snapshot = run.wait(-1, 0)[1]
    return Shown(logged.comparison, snapshot.cells, run, snapshot)


def runs_here() -> bool:
    """Whether the comparison of the address runs in this process."""
    run_id = compare_page().run_id
    run = services.app().runs().run(current_session().owner, run_id) if run_id else None
    return run is not None and not run.wait(-1, 0)[1].done


def progress(line: DeltaGenerator, snapshot: Snapshot | None) -> None:
    """How far, how long still, what waits for what, what it cost so far."""
    if snapshot is None or snapshot.done:
        return
    parts = [text("compare.run.done_of", n=snapshot.ended, of=len(snapshot.cells))]
    if snapshot.seconds_left is not None:
        parts.append(_left(snapshot.seconds_left))
    if snapshot.cost:
        parts.append(money(snapshot.cost))
    for pause in snapshot.pauses:
        parts.append(
            text(
                "compare.run.pause",
                endpoint=pause.endpoint,
                seconds=max(1.0, pause.until - time.monotonic()),
            )
        )
    line.progress(snapshot.share, text=" · ".join(parts))


def _left(seconds: float) -> str:
    """A guess, and no more exact than that."""
    if seconds < _MINUTES:
        return text("compare.run.left", seconds=max(1, seconds))
    return text("compare.run.left_minutes", minutes=seconds / 60)
