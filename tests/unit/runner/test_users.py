"""What holds for whoever gives the runner its work: a store that is away or refuses, a process that
ends or is gone, another process beside it, money."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from components.errors import ProviderError, StoreError
from components.providers.base import Usage
from components.runner.cell import RunningCell
from components.runner.retry import POLICY
from components.runner.run import Run
from components.spending import Budget
from components.spending.store import Limits, Rules
from db.store import Store, open_store
from tests.support.databases import Raw
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.store_away import AwayStore
from tests.unit.db.make import url_of
from tests.unit.runner.users import USERS, User

Make = Callable[..., User]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture(params=USERS)
def make(request: pytest.FixtureRequest, store: Store) -> Iterator[Make]:
    """Processes of one kind of user, on one store or on the one that is given."""
    with ExitStack() as made:

        def user(kept: Any = store, **other: Any) -> User:
            found = USERS[request.param](kept, **other)
            made.callback(found.close)
            return found

        yield user


def asked(user: User, *steps: Any) -> Run[Any]:
    client = FakeClient()
    client.enqueue(*steps)
    return user.ask(client)


def let(user: User, go_on: asyncio.Event) -> None:
    """Let the client that waits for it go on."""

    async def let() -> None:
        go_on.set()

    user.runner.call(let, 20)


def cell_of(run: Run[Any]) -> RunningCell:
    (cell,) = run.find()
    return cell  # type: ignore[no-any-return]


def ended(run: Run[Any]) -> Run[Any]:
    until(lambda: run.done, 20, "the run has not ended")
    return run


def test_an_end_that_the_store_did_not_take_is_in_it_once_it_is_back(
    make: Make, store: Store
) -> None:
    away = AwayStore(store)
    user = make(away)
    go_on = asyncio.Event()
    run = asked(user, "the whole ", go_on, "answer", finish())
    away.away = True
    let(user, go_on)
    ended(run)
    assert isinstance(cell_of(run).store_error, StoreError)
    assert user.manager.saving(run)
    assert user.kept(store, run).outcome == "running"
    assert not run.settled
    away.away = False
    until(lambda: not user.manager.saving(run))
    assert cell_of(run).store_error is None
    assert run.settled
    assert (user.kept(store, run).outcome, user.kept(store, run).text) == ("ok", "the whole answer")


def test_what_was_never_taken_is_tried_once_more_as_the_process_ends(
    make: Make, store: Store
) -> None:
    away = AwayStore(store)
    user = make(away)
    go_on = asyncio.Event()
    run = asked(user, "whole", go_on, finish())
    away.away = True
    let(user, go_on)
    ended(run)
    away.away = False
    user.close()
    assert user.kept(store, run).text == "whole"


def test_a_process_that_ends_keeps_what_came_as_interrupted(make: Make, store: Store) -> None:
    user = make()
    run = asked(user, "half", 60.0)
    until(lambda: cell_of(run).text)
    user.close()
    assert (user.kept(store, run).outcome, user.kept(store, run).text) == ("interrupted", "half")


def test_another_process_sees_it_grow_stops_it_and_sees_its_end(
    make: Make, store: Store, database_url: str
) -> None:
    second = open_store(database_url)
    here, there = make(), make(second)
    run = asked(here, "first part", 60.0)
    until(lambda: cell_of(run).text)
    remote = there.remote(run)
    version, seen = -1, ""
    while "first part" not in str(seen):
        version, *seen = remote.wait(version, 5)
        assert not remote.done
    assert there.remote(run) is remote, "all readers share it"
    assert there.stop(run)
    ended(run)
    until(lambda: remote.wait(version, 1) and remote.done)
    assert there.remote(run) is None
    assert (there.kept(second, run).outcome, there.kept(second, run).text) == (
        "stopped",
        "first part",
    )
    assert not there.stop(run)
    second.close()


def test_all_of_an_owners_are_stopped_from_another_process(make: Make, database_url: str) -> None:
    second = open_store(database_url)
    here, there = make(), make(second)
    run = asked(here, "a", 60.0)
    until(lambda: cell_of(run).text)
    there.manager.stop_all("somebody else")
    there.manager.stop_all("local")
    assert cell_of(ended(run)).stopped
    second.close()


def test_what_is_deleted_elsewhere_stops(make: Make, store: Store) -> None:
    run = asked(make(), "a", 60.0)
    until(lambda: cell_of(run).text)
    store.retention.delete_everything("local")
    assert cell_of(ended(run)).stopped


def test_a_pause_is_seen_and_a_stop_ends_it(make: Make, store: Store) -> None:
    user = make()
    run = asked(
        user, ProviderError("rate_limit", status=429, retry_after=60.0, host="h", model="m")
    )
    until(lambda: cell_of(run).retry)
    retry = cell_of(run).retry
    assert retry
    assert (retry.attempt, retry.error.code) == (2, "rate_limit")
    assert user.stop(run)
    ended(run)
    result = user.kept(store, run)
    assert (result.outcome, result.attempts, result.code) == ("stopped", 1, "rate_limit")


def test_what_may_pass_is_tried_again_and_what_broke_off_is_not(make: Make, store: Store) -> None:
    user, client = make(), FakeClient()
    client.enqueue(ProviderError("upstream", status=503, host="h", model="m"))
    client.enqueue("fine", finish())
    result = user.kept(store, ended(user.ask(client)))
    assert (result.outcome, result.text, result.attempts) == ("ok", "fine", 2)
    client.enqueue("a word", ProviderError("conn", host="h", model="m"))
    result = user.kept(store, ended(user.ask(client)))
    assert (result.outcome, result.text, result.attempts) == ("interrupted", "a word", 1)


def test_a_bug_in_a_client_is_an_end_without_its_text(
    make: Make, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    user = make()
    result = user.kept(store, ended(asked(user, RuntimeError("Bearer sk-canary-123"))))
    assert result.code == "stream_error"
    assert "canary" not in str(result) + caplog.text


@pytest.mark.parametrize(
    "place",
    [
        "components.runner.runner.ending_of",
        "components.runner.runner.is_answer",
        "components.runner.result_writer.settle",
        "components.runner.result_writer.bill_of",
        "components.runner.result_writer.without_figures",
        "components.spending.Budget.settle",
        "components.spending.Budget.beat",
    ],
)
def test_whatever_a_writer_raises_the_run_ends(
    make: Make, store: Store, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    user = make(budget=Budget(store.usage))

    def fail(*_: Any, **__: Any) -> Any:
        raise OverflowError(place)

    with monkeypatch.context() as patch:
        patch.setattr(place, fail)
        assert cell_of(ended(asked(user, "All is well.", finish()))).result
    assert user.kept(store, ended(asked(user, "Still well.", finish()))).text == "Still well."


def test_figures_beyond_any_column_leave_nothing_open(make: Make, store: Store) -> None:
    user = make()
    result = user.kept(store, ended(asked(user, "Well.", finish(usage=Usage(2**63, 1)))))
    assert (result.outcome != "running", result.text) == (True, "Well.")


def test_a_request_is_reserved_once_and_settled_at_its_end(make: Make, store: Store) -> None:
    rules = Rules(person=Limits(requests_minute=9))
    user = make(budget=Budget(store.usage, rules), policy=POLICY)
    client = FakeClient()
    client.enqueue(ProviderError("conn", host="h", model="m"))
    client.enqueue("fine", finish(usage=Usage(10, 2)))
    ended(user.ask(client))
    rows = Raw(url_of(store)).run("SELECT state FROM usage_events")
    assert [tuple(row) for row in rows] == [("settled",)], "tries of one request are one"
