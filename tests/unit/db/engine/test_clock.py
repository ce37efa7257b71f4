"""One clock for all processes of a log."""

from datetime import UTC, datetime, timedelta, timezone

from components.errors import StoreError
from db.engine.clock import ASK_AGAIN, SharedClock
from db.store import open_store
from tests.unit.db.make import DONE, START, turn


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_between_two_looks_seconds_are_counted_by_a_clock_that_nobody_sets() -> None:
    watch, asked, here = Watch(), [], [START]

    def ask() -> datetime:
        asked.append(watch.seconds)
        return START + timedelta(seconds=watch.seconds)

    clock = SharedClock(ask, watch, lambda: here[0])
    assert clock() == START
    watch.seconds = ASK_AGAIN / 2
    here[0] = START + timedelta(hours=1)  # the machine's clock was set
    assert clock() == START + timedelta(seconds=ASK_AGAIN / 2)
    assert asked == [0.0]
    watch.seconds = ASK_AGAIN + 1
    assert clock() == START + timedelta(seconds=ASK_AGAIN + 1)
    assert asked == [0.0, ASK_AGAIN + 1]


def test_it_gives_utc_whatever_zone_the_server_says() -> None:
    zone = timezone(timedelta(hours=8))
    told = SharedClock(lambda: START.astimezone(zone))()
    assert told.tzinfo is UTC
    assert abs(told - START) < timedelta(seconds=5)


def test_while_the_server_is_away_counting_goes_on() -> None:
    watch, away = Watch(), [False]

    def ask() -> datetime:
        if away[0]:
            raise StoreError("store_gone", path="db/tuwen")
        return START

    clock = SharedClock(ask, watch)
    assert clock() == START
    away[0], watch.seconds = True, 100.0
    assert clock() == START + timedelta(seconds=100)


def test_without_a_clock_of_its_own_a_database_has_the_machines() -> None:
    now = [START]
    clock = SharedClock(lambda: None, here=lambda: now[0])
    assert clock() == START
    now[0] += timedelta(days=1)
    assert clock() == START + timedelta(days=1)


def test_postgres_is_asked_for_its_time(postgres_store_url: str) -> None:
    store = open_store(postgres_store_url)
    before = datetime.now(UTC)
    store.conversations.begin_turn("me", turn(started_at=before))
    store.conversations.finish("me", "t1", DONE)
    (row,) = store.history.page("me")
    assert abs(row.updated_at - before) < timedelta(seconds=30)
    store.close()
