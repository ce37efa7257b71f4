"""The runner by itself, with a kind of run of its own: many cells, stops, drains, heartbeats."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest

from components.errors import ProviderError, StoreError
from components.providers.base import Event, Finish, TextDelta, VisionRequest
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.runner import Runner
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.runner.making import FakeRun, FakeRuns, ended


@pytest.fixture
def runs() -> Iterator[FakeRuns]:
    runner = Runner()
    yield FakeRuns(runner)
    runner.close()


class Crowd(FakeClient):
    """Answers every request at its next turn of the loop. most: as were open at once."""

    def __init__(self) -> None:
        super().__init__()
        self.open = self.most = self.asked = 0

    async def stream(self, request: VisionRequest) -> AsyncIterator[Event]:
        self.open, self.asked = self.open + 1, self.asked + 1
        self.most = max(self.most, self.open)
        await asyncio.sleep(0)
        yield TextDelta(request.messages[0].text)
        self.open -= 1
        yield Finish("stop", None, "m")


def test_thousands_of_cells_are_asked_a_few_at_once_and_each_is_kept(runs: FakeRuns) -> None:
    client = Crowd()
    run = ended(runs.start(FakeRun(client, 3000, limiter=EndpointLimiter("loop", 4))), 120)
    assert (client.asked, client.most, runs.running) == (3000, 4, 0)
    assert {cell_id: result.text for cell_id, result in run.kept.items()} == {
        cell_id: cell_id for cell_id in run.cells
    }
    assert sorted(run.told) == sorted(run.cells)


def a_moment(runs: FakeRuns) -> None:
    """What the loop is about to do is done."""
    runs.runner.call(lambda: asyncio.sleep(0.1), 20)


def test_what_goes_first_waits_for_no_cell_and_the_cells_leave_it_a_place(runs: FakeRuns) -> None:
    limiter, client, chat = EndpointLimiter("loop", 2), FakeClient(), FakeClient()
    for _ in range(4):
        client.enqueue(60.0)
    run = runs.start(FakeRun(client, 4, limiter=limiter))
    until(lambda: len(client.history) == 2)
    chat.enqueue("at once", 60.0)
    first = runs.start(FakeRun(chat, name="first", first=True, limiter=limiter))
    until(lambda: first.cell.text == "at once")
    runs.stop_cells(run, ["r-0"])
    until(lambda: "r-0" in run.kept)
    a_moment(runs)
    assert len(client.history) == 2, "of two places one is the answer's"
    runs.stop_cells(run, ["r-1"])
    until(lambda: len(client.history) == 3)
    a_moment(runs)
    assert len(client.history) == 3
    runs.stop_cells(first)
    until(lambda: len(client.history) == 4)
    runs.stop_cells(run)
    ended(run)


def test_one_place_is_always_left_to_the_cells(runs: FakeRuns) -> None:
    limiter, chat, client = EndpointLimiter("loop", 2), FakeClient(), FakeClient()
    for n in range(3):
        chat.enqueue(60.0)
        runs.start(FakeRun(chat, name=f"first-{n}", first=True, limiter=limiter))
    until(lambda: len(chat.history) == 3)
    client.enqueue("through", finish())
    assert ended(runs.start(FakeRun(client, limiter=limiter))).kept["r-0"].text == "through"


def test_a_limit_that_an_answer_meets_is_kept_by_the_cells_and_not_by_the_next_answer(
    runs: FakeRuns,
) -> None:
    limiter, chat, client = EndpointLimiter("loop", 2), FakeClient(), FakeClient()
    chat.enqueue(ProviderError("rate_limit", status=429, retry_after=60.0, host="h", model="m"))
    chat.enqueue("fine", finish())
    runs.start(FakeRun(chat, name="first", first=True, limiter=limiter))
    until(lambda: limiter.paused)
    run = runs.start(FakeRun(client, limiter=limiter))
    assert ended(runs.start(FakeRun(chat, name="second", first=True, limiter=limiter))).kept
    assert not client.history
    runs.stop_cells(run)
    assert ended(run).kept["r-0"].outcome == "stopped"


def test_a_cell_that_is_stopped_in_the_queue_gives_its_place_to_the_next(runs: FakeRuns) -> None:
    limiter, client, waiting = EndpointLimiter("loop", 1), FakeClient(), FakeClient()
    client.enqueue(60.0)
    holds = runs.start(FakeRun(client, name="holds", limiter=limiter))
    until(lambda: client.history)
    given_up = runs.start(FakeRun(waiting, name="given-up", limiter=limiter))
    waiting.enqueue("mine", finish())
    patient = runs.start(FakeRun(waiting, name="patient", limiter=limiter))
    until(lambda: given_up.cell.task)
    runs.stop_cells(given_up)
    ended(given_up)
    runs.stop_cells(holds)
    assert ended(patient).kept["patient-0"].text == "mine"


def test_a_drain_keeps_what_came_and_leaves_what_was_never_sent() -> None:
    runner = Runner()
    runs, client = FakeRuns(runner), FakeClient()
    for _ in range(4):
        client.enqueue("half", 60.0)
    run = runs.start(FakeRun(client, 2000, limiter=EndpointLimiter("loop", 4)))
    until(lambda: sum(cell.text == "half" for cell in run.find()) == 4)
    runner.close()
    assert [(result.outcome, result.text) for result in run.kept.values()] == [
        ("interrupted", "half")
    ] * 4
    assert len(client.history) == 4


def test_a_heartbeat_stops_what_somebody_asked_to_stop_and_all_of_what_is_gone(
    runs: FakeRuns,
) -> None:
    client = FakeClient()
    for _ in range(4):
        client.enqueue(60.0)
    some, gone = FakeRun(client, 2, name="some"), FakeRun(client, 2, name="gone")
    answers = {"some": ["some-1"], "gone": None}
    runs.progress = lambda running: [answers[run.id] for run in running]
    runs.start(some)
    runs.start(gone)
    assert {result.outcome for result in ended(gone).kept.values()} == {"stopped"}
    until(lambda: "some-1" in some.kept)
    assert "some-0" not in some.kept


def test_one_run_that_cannot_be_noted_keeps_no_other_from_its_heartbeat(runs: FakeRuns) -> None:
    client, noted = FakeClient(), threading.Event()

    def choosy(running: object) -> list[tuple[()]]:
        names = [run.id for run in running]  # type: ignore[attr-defined]
        if "bad" in names:
            raise OverflowError("progress")
        if names == ["good"]:
            noted.set()
        return [() for _ in names]

    runs.progress = choosy
    for name in ("bad", "good"):
        client.enqueue(60.0)
        runs.start(FakeRun(client, name=name))
    assert noted.wait(20)


def test_a_store_that_is_away_is_asked_for_one_kind_only(runs: FakeRuns) -> None:
    """The other would only wait as long."""
    other, asked, client = FakeRuns(runs.runner), threading.Event(), FakeClient()

    def away(_: object) -> list[None]:
        asked.set()
        raise StoreError("store_busy")

    runs.progress = away
    others: list[object] = []
    other.progress = lambda running: others.append(running) or [() for _ in running]  # type: ignore[func-returns-value]
    for each in (runs, other):
        client.enqueue(60.0)
        each.start(FakeRun(client))
    assert asked.wait(20)
    assert not others


def test_all_of_an_owners_are_stopped_and_nobody_elses(runs: FakeRuns) -> None:
    client = FakeClient()
    for _ in range(2):
        client.enqueue(60.0)
    mine = runs.start(FakeRun(client, owner="me"))
    yours = runs.start(FakeRun(client, owner="you"))
    until(lambda: len(client.history) == 2)
    runs.stop_all("me")
    assert ended(mine).kept["r-0"].outcome == "stopped"
    assert not yours.done
    assert runs.asked_to_stop == ["me"]


@pytest.fixture
def earlier() -> set[threading.Thread]:
    """What other tests of this process have left running."""
    return set(threading.enumerate())


def test_what_is_asked_and_written_takes_three_threads_however_many_kinds_there_are(
    earlier: set[threading.Thread], runs: FakeRuns
) -> None:
    FakeRuns(runs.runner)
    client = FakeClient()
    client.enqueue("a", finish())
    ended(runs.start(FakeRun(client)))
    runs.runner.writer.beat([])
    ours = set(threading.enumerate()) - earlier
    names = [each.name for each in ours if each.name.startswith("tuwen-")]
    assert sorted(names) == ["tuwen-log-beat_0", "tuwen-log_0", "tuwen-runner"]
