"""The clock is set an hour ahead or back, while answers run and limits count."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from components.access.passes import VALID, Passes
from components.access.store import Identity
from components.chat.store import STALE_AFTER, AlreadyRunning
from components.spending import Budget
from components.spending.errors import SpendingError
from components.spending.store import EXPIRES_AFTER, Bill, Charge, Limits, Rules
from db.engine.clock import ASK_AGAIN, SharedClock
from db.store import Store, open_store
from tests.unit.db.make import Clock, progress, turn

HOUR = 3600
JUMPS = pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "back"])
A_MINUTE = Rules(person=Limits(requests_minute=1))
MONEY = Rules(person=Limits(usd_day=Decimal(1)))
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = open_store(database_url, clock=clock)
    yield opened
    opened.close()


def charge(cost: str = "0.6") -> Charge:
    return Charge("server", "loop", "127.0.0.1", "gpt-4o", estimate=Decimal(cost))


def outcome(store: Store) -> str:
    attempt = store.conversations.attempt("me", "t1")
    assert attempt
    return attempt.result.outcome


@JUMPS
def test_a_live_answer_is_alive_again_with_its_next_heartbeat(
    store: Store, clock: Clock, jump: int
) -> None:
    store.conversations.begin_turn("me", turn())
    clock.pass_(jump)
    progress(store, "me", "t1", "A c")
    assert outcome(store) == "running"
    with pytest.raises(AlreadyRunning):
        store.conversations.begin_turn("me", turn("2", conversation_id="c1"), alone=True)


@JUMPS
def test_a_dead_answer_is_not_brought_to_life(store: Store, clock: Clock, jump: int) -> None:
    store.conversations.begin_turn("me", turn())
    clock.pass_(STALE_AFTER + 1)
    assert outcome(store) == "interrupted"
    clock.pass_(jump)
    assert outcome(store) == "interrupted"
    store.conversations.begin_turn("me", turn("2", conversation_id="c1"), alone=True)


@JUMPS
def test_a_full_minute_locks_nobody_out_for_longer_than_two(
    store: Store, clock: Clock, jump: int
) -> None:
    budget = Budget(store.usage, A_MINUTE)
    budget.settle(budget.reserve("me", charge()), Bill(cost=Decimal("0.1")))
    with pytest.raises(SpendingError):
        budget.reserve("me", charge())
    clock.pass_(jump)
    budget.reserve("me", charge())
    with pytest.raises(SpendingError):  # and it counts again from here
        budget.reserve("me", charge())


@JUMPS
def test_what_was_spent_today_still_counts(store: Store, clock: Clock, jump: int) -> None:
    budget = Budget(store.usage, MONEY)
    budget.settle(budget.reserve("me", charge()), Bill(cost=Decimal("0.6")))
    clock.pass_(jump)
    with pytest.raises(SpendingError):
        budget.reserve("me", charge())


@JUMPS
def test_what_a_live_process_has_reserved_counts_again_with_its_next_sign_of_life(
    store: Store, clock: Clock, jump: int
) -> None:
    budget = Budget(store.usage, MONEY)
    budget.reserve("me", charge())
    clock.pass_(jump)
    budget.beat()
    with pytest.raises(SpendingError):
        Budget(store.usage, MONEY).reserve("me", charge())


def test_what_a_dead_process_had_reserved_is_free_after_the_clock_was_set_back(
    store: Store, clock: Clock
) -> None:
    Budget(store.usage, MONEY).reserve("me", charge())
    clock.pass_(EXPIRES_AFTER / 2 - HOUR)
    Budget(store.usage, MONEY).reserve("me", charge())


@JUMPS
def test_signing_out_ends_the_sign_in_whatever_the_clock_says(
    store: Store, clock: Clock, jump: int
) -> None:
    signed_in = clock()
    store.people.see("me", Identity("https://id", "7", "a@b.c", "Ann", signed_in))
    clock.pass_(jump)
    store.people.sign_out("me")
    kept = store.people.find("me")
    assert kept
    assert kept.signed_out_before
    assert signed_in <= kept.signed_out_before


@JUMPS
def test_a_pass_is_good_for_an_hour_more_or_less_and_no_longer(jump: int) -> None:
    now = [1_000_000.0]
    passes = Passes("word", "secret", clock=lambda: now[0])
    given = passes.issue()
    now[0] += jump
    assert passes.holds(given)
    now[0] += VALID - min(jump, 0) + 1
    assert not passes.holds(given)


class Server:
    """A database server's clock, asked by two processes whose seconds pass alike."""

    def __init__(self) -> None:
        self.now, self.passed = NOON, 0.0

    def clock(self) -> SharedClock:
        return SharedClock(lambda: self.now, monotonic=lambda: self.passed)

    def pass_(self, seconds: float) -> None:
        self.passed += seconds
        self.now += timedelta(seconds=seconds)


@JUMPS
def test_when_the_servers_clock_jumps_all_processes_follow_within_seconds(jump: int) -> None:
    server = Server()
    first = server.clock()
    first()
    server.pass_(ASK_AGAIN / 2)
    second = server.clock()
    second()
    server.now += timedelta(seconds=jump)
    server.pass_(ASK_AGAIN + 0.1)
    assert abs((first() - second()).total_seconds()) < STALE_AFTER
    assert abs((first() - server.now).total_seconds()) < 1


@JUMPS
def test_the_servers_own_clock_does_not_matter_where_the_database_has_one(jump: int) -> None:
    server, here = Server(), [NOON]
    clock = SharedClock(lambda: server.now, monotonic=lambda: server.passed, here=lambda: here[0])
    before = clock()
    here[0] += timedelta(seconds=jump)
    server.pass_(1)
    assert clock() - before == timedelta(seconds=1)
