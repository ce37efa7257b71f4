"""Two processes on one store, each with a runner: what one asks, the other follows and stops."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from components.chat.store import STALE_AFTER, AttemptResult, Progress
from components.compare.errors import CompareError
from components.compare.running.run import ComparisonRun, Snapshot
from components.compare.running.run_manager import RemoteComparison, Runs
from components.providers.endpoints import Endpoint
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.runner import Runner
from db.store import open_store
from tests.support.loopback import Loopback, error
from tests.support.loopback.reply import STALL, Reply, chunk, event
from tests.support.waiting import until
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import ended, states, watched
from tests.unit.db.comparing import comparison
from tests.unit.db.make import Clock

SLOW = "fake-slow"


@pytest.fixture
def two(database_url: str, loopback: Loopback) -> Iterator[tuple[ImageAnalyzer, ImageAnalyzer]]:
    desks = []
    for _ in range(2):
        store = open_store(database_url)
        runner = Runner()
        endpoint = Endpoint("loop", base_url=loopback.base_url)
        desks.append(
            ImageAnalyzer(
                store,
                runner,
                Runs(
                    runner,
                    store.comparisons,
                    store.conversations.image,
                    limiters=EndpointLimiters(2),
                ),
                endpoint,
            )
        )
    yield desks[0], desks[1]
    for analyzer in desks:
        analyzer.close()
        analyzer.runner.close()
        analyzer.store.close()


def followed(analyzer: ImageAnalyzer, run: ComparisonRun) -> RemoteComparison:
    logged = analyzer.store.comparisons.comparison("me", run.id)
    assert logged
    found = analyzer.runs.follow("me", logged)
    assert isinstance(found, RemoteComparison)
    return found


def seen(run: RemoteComparison, holds: Callable[[Snapshot], bool], seconds: float = 20) -> Snapshot:
    deadline, version = time.monotonic() + seconds, -1
    while time.monotonic() < deadline:
        version, now = run.wait(version, 0.2)
        if holds(now):
            return now
    raise AssertionError(f"it has not come to that: {states(now.cells)}")


def test_cells_are_seen_to_grow_and_to_end_on_the_other(
    two: tuple[ImageAnalyzer, ImageAnalyzer],
) -> None:
    here, there = two
    run = here.start("fake-tokens-40-100-1", images=1)
    watched(run, lambda now: bool(now.cells[0].answer))
    other = followed(there, run)
    first = seen(other, lambda now: bool(now.cells[0].answer))
    assert (states(first.cells), first.done, first.ended) == (["running"], False, 0)
    now = seen(other, lambda now: now.done)
    assert states(now.cells) == ["ok"]
    assert now.cells == ended(run).cells
    assert now.cost_unknown == 1
    logged = there.store.comparisons.comparison("me", run.id)
    assert logged
    assert there.runs.follow("me", logged) is None


@pytest.mark.parametrize("said", [{"content": "<think>two or"}, {"reasoning_content": "two or"}])
def test_a_thought_is_kept_before_its_end_and_after_a_stop(
    two: tuple[ImageAnalyzer, ImageAnalyzer], loopback: Loopback, said: dict[str, str]
) -> None:
    here, there = two
    loopback.enqueue(Reply([event(chunk(**said)), STALL]))
    run = here.start("fake-vision", images=1)

    def thought() -> tuple[str, str]:
        (cell,) = there.kept(run)
        return cell.state, cell.result.reasoning if cell.result else ""

    until(lambda: thought() == ("running", "two or"))
    there.runs.stop("me", run.id)
    ended(run)
    assert thought() == ("stopped", "two or")


def test_one_that_is_asked_here_is_the_run_itself(two: tuple[ImageAnalyzer, ImageAnalyzer]) -> None:
    here, _ = two
    run = here.start(SLOW, images=1)
    logged = here.store.comparisons.comparison("me", run.id)
    assert logged
    assert here.runs.follow("me", logged) is run
    here.runs.stop("me", run.id)
    ended(run)
    assert here.runs.follow("me", here.store.comparisons.comparison("me", run.id)) is None  # type: ignore[arg-type]


def test_a_cell_a_column_and_all_are_stopped_from_the_other(
    two: tuple[ImageAnalyzer, ImageAnalyzer],
) -> None:
    here, there = two
    run = here.start(SLOW, "fake-tokens-30-200-1", images=6)
    now = watched(run, lambda now: "running" in states(now.cells))
    running = next(cell for cell in now.cells if cell.state == "running")
    assert there.runs.stop("me", run.id, cells=[running.id])
    now = watched(run, lambda now: "stopped" in states(now.cells))
    assert states(now.cells).count("stopped") == 1
    assert there.runs.stop("me", run.id, column=0)
    now = watched(run, lambda now: all(c.ended for c in now.cells if c.column == 0))
    assert not now.done
    assert there.runs.stop("me", run.id)
    assert set(states(ended(run).cells)) <= {"ok", "stopped"}
    assert states(there.kept(run)) == states(run.wait(-1, 0)[1].cells)
    assert not there.runs.stop("me", run.id)


def test_all_of_an_owners_are_stopped_and_nobody_elses(
    two: tuple[ImageAnalyzer, ImageAnalyzer],
) -> None:
    here, there = two
    mine = [here.start(SLOW, images=1), there.start(SLOW, images=1)]
    yours = here.start("fake-tokens-15-200-1", images=1, owner="you")
    there.runs.stop_all("me")
    for run in mine:
        assert states(ended(run).cells) == ["stopped"]
    assert states(ended(yours).cells) == ["ok"]


def test_a_comparison_that_is_deleted_elsewhere_stops(
    two: tuple[ImageAnalyzer, ImageAnalyzer],
) -> None:
    here, there = two
    run = here.start(SLOW, images=3)
    watched(run, lambda now: "running" in states(now.cells))
    there.store.comparisons.delete("me", run.id)
    assert set(states(ended(run).cells)) == {"stopped"}


def test_what_the_other_is_at_is_not_asked_again(
    two: tuple[ImageAnalyzer, ImageAnalyzer], loopback: Loopback
) -> None:
    here, there = two
    models = ("fake-status-401", SLOW)
    run = here.start(*models, images=1)
    now = watched(run, lambda now: now.cells[0].state == "failed" and bool(now.cells[1].answer))
    failed = [now.cells[0].id]
    with pytest.raises(CompareError) as caught:
        there.runs.retry("me", run.id, failed, there.columns(*models), there.make)
    assert caught.value.code == "compare_already_running"
    assert there.kept(run)[0].state == "failed"
    assert len(loopback.asked()) == 2
    same = here.runs.retry("me", run.id, failed, here.columns(*models), here.make)
    assert same is run
    watched(run, lambda now: len(loopback.asked()) == 3 and now.cells[0].state == "failed")
    here.runs.stop("me", run.id)
    ended(run)


def test_after_its_end_either_asks_again_and_the_other_sees_that(
    two: tuple[ImageAnalyzer, ImageAnalyzer], loopback: Loopback
) -> None:
    here, there = two
    loopback.enqueue(error(400, message="No."), error(400, message="No."))
    run = here.start("fake-tokens-20-100-1", images=2)
    cells = ended(run).cells
    assert states(cells) == ["failed", "failed"]
    columns = there.columns("fake-tokens-20-100-1")
    again = there.runs.retry("me", run.id, [cells[0].id], columns, there.make)
    assert again
    other = followed(here, run)
    assert states(seen(other, lambda now: now.done).cells) == ["ok", "failed"]
    back = here.runs.retry("me", run.id, [cell.id for cell in cells], columns, here.make)
    assert back is run
    assert states(ended(run).cells) == ["ok", "ok"]
    assert len(loopback.asked()) == 4, "what the other had asked was left alone"


def test_without_a_heartbeat_it_ends_as_interrupted(database_url: str) -> None:
    clock = Clock(datetime.now(UTC))
    store = open_store(database_url, clock=clock)
    runner = Runner()
    runs = Runs(runner, store.comparisons, store.conversations.image)
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.comparison_progress("me", "cmp1", {"cell1-0": Progress("half")})
    store.comparisons.finish_cell("me", "cell1-1", AttemptResult("ok", "whole"))
    logged = store.comparisons.comparison("me", "cmp1")
    assert logged
    other = runs.follow("me", logged)
    assert isinstance(other, RemoteComparison)
    assert not other.done
    clock.pass_(STALE_AFTER + 1)
    now = seen(other, lambda now: now.done)
    assert states(now.cells) == ["interrupted", "ok", "interrupted", "interrupted"]
    assert now.cells[0].answer == "half"
    assert not runs.stop("me", "cmp1")
    runs.close()
    runner.close()
    store.close()
