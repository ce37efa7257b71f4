"""Limits in the store: what counts, what is refused, when it frees up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from components.spending.store import EXPIRES_AFTER, Bill, Rules, windows
from db.store import Store
from tests.unit.db.make import START, Clock
from tests.unit.spending.making import CENT, charge, everybody, person

DAY_END = datetime(2026, 3, 2, tzinfo=START.tzinfo)
MONTH_END = datetime(2026, 4, 1, tzinfo=START.tzinfo)


def test_without_limits_everything_is_let_through_and_written_down(store: Store) -> None:
    for n in range(30):
        assert store.usage.reserve("me", f"r{n}", charge(), Rules()) is None
        store.usage.settle("me", f"r{n}", Bill(CENT, 100, 20))
    (row,) = store.usage.rows("me", START - timedelta(days=1))
    assert (row.requests, row.images, row.input_tokens, row.output_tokens) == (30, 30, 3000, 600)
    assert (row.cost, row.unpriced) == (Decimal("0.30"), 0)


def test_what_prompt_caches_did_is_summed_up(store: Store) -> None:
    for n, bill in enumerate((Bill(CENT, 100, 20, 60, 30), Bill(CENT, 50, 5), Bill(CENT, 9, 1, 2))):
        store.usage.reserve("me", f"r{n}", charge(), Rules())
        store.usage.settle("me", f"r{n}", bill)
    (row,) = store.usage.rows("me", START - timedelta(days=1))
    assert (row.input_tokens, row.cached_tokens, row.cache_write_tokens) == (159, 62, 30)


def test_the_last_cent_can_be_spent_and_no_more(store: Store) -> None:
    rules = person(usd_day=Decimal("0.03"))
    assert [store.usage.reserve("me", f"r{n}", charge(), rules) for n in range(3)] == [None] * 3
    refused = store.usage.reserve("me", "r3", charge(), rules)
    assert refused
    assert (refused.what, refused.scope, refused.frees_at) == ("usd_day", "person", DAY_END)
    assert (refused.used, refused.limit, refused.needs) == (3 * CENT, 3 * CENT, CENT)


def test_what_is_refused_leaves_no_trace(store: Store) -> None:
    rules = person(usd_day=Decimal("0.001"))
    assert store.usage.reserve("me", "r1", charge(), rules)
    assert store.usage.rows("me", START - timedelta(days=1)) == []


def test_a_dear_question_settled_for_less_makes_room(store: Store) -> None:
    rules = person(usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    assert store.usage.reserve("me", "r2", charge(estimate=CENT / 2), rules)
    store.usage.settle("me", "r1", Bill(CENT / 4))
    assert store.usage.reserve("me", "r2", charge(estimate=CENT / 2), rules) is None


def test_a_cheap_question_settled_for_more_uses_the_room_up(store: Store) -> None:
    rules = person(usd_day=2 * CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    store.usage.settle("me", "r1", Bill(3 * CENT))
    refused = store.usage.reserve("me", "r2", charge(), rules)
    assert refused
    assert refused.used == 3 * CENT


def test_a_cost_that_stays_unknown_keeps_what_was_reserved(store: Store) -> None:
    rules = person(usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    store.usage.settle("me", "r1", Bill(None))
    assert store.usage.used("me", rules)["person"].usd_day == CENT


def test_what_is_released_counts_for_nothing(store: Store) -> None:
    rules = person(requests_minute=1, images_day=1, usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    store.usage.release("me", "r1")
    store.usage.settle("me", "r1", Bill(5 * CENT))  # too late
    used = store.usage.used("me", rules)["person"]
    assert (used.recent, used.images, used.usd_day) == ((), 0, 0)


def test_the_minute_frees_up_with_its_oldest_request(store: Store, clock: Clock) -> None:
    rules = person(requests_minute=2)
    store.usage.reserve("me", "r1", charge(), rules)
    clock.pass_(20)
    store.usage.reserve("me", "r2", charge(), rules)
    store.usage.settle("me", "r1", Bill(CENT))
    clock.pass_(39)
    refused = store.usage.reserve("me", "r3", charge(), rules)
    assert refused
    assert (refused.what, refused.seconds) == ("requests_minute", 1)
    clock.pass_(1)
    assert store.usage.reserve("me", "r3", charge(), rules) is None


def test_a_lowered_limit_frees_up_when_enough_requests_are_old(store: Store, clock: Clock) -> None:
    for n in range(4):
        store.usage.reserve("me", f"r{n}", charge(), Rules())
        clock.pass_(10)
    refused = store.usage.reserve("me", "late", charge(), person(requests_minute=2))
    assert refused
    assert refused.frees_at == START + timedelta(seconds=20 + 60)


def test_images_are_counted_by_the_day(store: Store, clock: Clock) -> None:
    rules = person(images_day=5)
    assert store.usage.reserve("me", "r1", charge(images=4), rules) is None
    store.usage.settle("me", "r1", Bill(CENT))
    refused = store.usage.reserve("me", "r2", charge(images=2), rules)
    assert refused
    assert (refused.used, refused.needs, refused.frees_at) == (4, 2, DAY_END)
    assert store.usage.reserve("me", "r3", charge(images=0), rules) is None, "a text needs no image"
    clock.now = DAY_END
    assert store.usage.reserve("me", "r2", charge(images=5), rules) is None


def test_a_new_day_frees_the_day_and_not_the_month(store: Store, clock: Clock) -> None:
    rules = person(usd_day=CENT, usd_month=Decimal("0.015"))
    store.usage.reserve("me", "r1", charge(), rules)
    store.usage.settle("me", "r1", Bill(CENT))
    clock.now = DAY_END
    refused = store.usage.reserve("me", "r2", charge(), rules)
    assert refused
    assert (refused.what, refused.frees_at) == ("usd_month", MONTH_END)
    clock.now = MONTH_END
    assert store.usage.reserve("me", "r2", charge(), rules) is None


def test_the_limit_that_frees_up_last_is_the_one_that_is_told(store: Store) -> None:
    rules = person(requests_minute=0, images_day=0, usd_day=Decimal(0), usd_month=Decimal(0))
    refused = store.usage.reserve("me", "r1", charge(), rules)
    assert refused
    assert refused.what == "usd_month"


def test_an_unknown_price_counts_as_request_and_images_only(store: Store) -> None:
    rules = person(requests_minute=2, images_day=10, usd_day=CENT)
    for n in range(2):
        assert store.usage.reserve("me", f"r{n}", charge(estimate=None, images=3), rules) is None
    used = store.usage.used("me", rules)["person"]
    assert (len(used.recent), used.images, used.usd_day) == (2, 6, 0)
    assert store.usage.unpriced("me") == 2
    assert store.usage.reserve("me", "r2", charge(estimate=None), rules)


def test_an_unknown_price_is_refused_too_once_nothing_is_left(store: Store) -> None:
    rules = person(usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    assert store.usage.reserve("me", "r2", charge(estimate=None), rules)


def test_a_typed_endpoint_counts_as_requests_alone(store: Store) -> None:
    rules = person(requests_minute=2, images_day=1, usd_month=CENT)
    mine = charge(kind="own", images=9, estimate=Decimal(7))
    assert store.usage.reserve("me", "r1", mine, rules) is None
    store.usage.settle("me", "r1", Bill(Decimal(7)))
    used = store.usage.used("me", rules)["person"]
    assert (len(used.recent), used.images, used.usd_month) == (1, 0, 0)
    assert store.usage.reserve("me", "r2", mine, rules) is None
    refused = store.usage.reserve("me", "r3", mine, rules)
    assert refused
    assert refused.what == "requests_minute"
    assert store.usage.rows("me", START - timedelta(days=1))[0].cost == 7


def test_the_built_in_reader_is_free_and_never_refused(store: Store) -> None:
    rules = person(requests_minute=0, images_day=0, usd_day=Decimal(0))
    free = charge(kind="builtin", estimate=Decimal(0))
    assert store.usage.reserve("me", "r1", free, rules) is None
    assert store.usage.used("me", rules)["person"].recent == ()


def test_limits_of_a_person_are_their_own(store: Store) -> None:
    rules = person(usd_day=CENT)
    assert store.usage.reserve("me", "r1", charge(), rules) is None
    assert store.usage.reserve("you", "r1", charge(), rules) is None
    assert store.usage.reserve("me", "r2", charge(), rules)


def test_limits_for_all_are_everybodys_together(store: Store) -> None:
    rules = everybody(usd_month=2 * CENT)
    assert store.usage.reserve("me", "r1", charge(), rules) is None
    assert store.usage.reserve("you", "r1", charge(), rules) is None
    refused = store.usage.reserve("she", "r1", charge(), rules)
    assert refused
    assert (refused.scope, refused.used) == ("everybody", 2 * CENT)


def test_a_repeat_reserves_once(store: Store) -> None:
    rules = person(requests_minute=1)
    assert store.usage.reserve("me", "r1", charge(), rules) is None
    assert store.usage.reserve("me", "r1", charge(), rules) is None
    assert len(store.usage.used("me", rules)["person"].recent) == 1


def test_reservations_of_a_dead_process_expire(store: Store, clock: Clock) -> None:
    rules = person(usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    clock.pass_(EXPIRES_AFTER - 1)
    store.usage.keep_reserved("me", ["r1"])
    clock.pass_(EXPIRES_AFTER - 1)
    assert store.usage.reserve("me", "r2", charge(), rules), "it was alive a moment ago"
    clock.pass_(1)
    assert store.usage.reserve("me", "r2", charge(), rules) is None


def test_a_process_that_comes_back_settles_after_all(store: Store, clock: Clock) -> None:
    rules = person(usd_day=CENT)
    store.usage.reserve("me", "r1", charge(), rules)
    clock.pass_(EXPIRES_AFTER + 1)
    store.usage.settle("me", "r1", Bill(CENT))
    assert store.usage.used("me", rules)["person"].usd_day == CENT


def test_the_tiniest_costs_add_up_exactly(store: Store) -> None:
    tiny = Decimal("0.0000000375")  # one cached token of a cheap model
    for n in range(10):
        store.usage.reserve("me", f"r{n}", charge(estimate=tiny), Rules())
        store.usage.settle("me", f"r{n}", Bill(tiny))
    assert store.usage.used("me", person(usd_day=CENT))["person"].usd_day == 10 * tiny
    assert store.usage.rows("me", START - timedelta(days=1))[0].cost == 10 * tiny


def test_what_was_used_is_told_by_day_model_and_endpoint(store: Store, clock: Clock) -> None:
    store.usage.reserve("me", "r1", charge(model="gpt-4o"), Rules())
    store.usage.reserve("me", "r2", charge(model="llava", estimate=None), Rules())
    store.usage.reserve("you", "r1", charge(), Rules())
    for owner, each in (("me", "r1"), ("me", "r2"), ("you", "r1")):
        store.usage.settle(owner, each, Bill(None if each == "r2" else CENT))
    clock.now = DAY_END
    store.usage.reserve("me", "r3", charge(), Rules())
    store.usage.settle("me", "r3", Bill(CENT))
    mine = store.usage.rows("me", START - timedelta(days=1))
    told = [(str(row.day), row.model, row.cost, row.unpriced) for row in mine]
    assert told == [
        ("2026-03-02", "gpt-4o", CENT, 0),
        ("2026-03-01", "gpt-4o", CENT, 0),
        ("2026-03-01", "llava", 0, 1),
    ]
    assert {row.owner for row in store.usage.rows_of_all(START - timedelta(days=1))} == {
        "me",
        "you",
    }
    assert store.usage.rows("me", DAY_END) == mine[:1]


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("zone", "at", "days"),
    [
        # Midnight there.
        ("Asia/Shanghai", ("2026-03-01T15:59", "2026-03-01T16:00"), ("2026-03-01", "2026-03-02")),
        (
            NEW_YORK,
            ("2026-03-02T04:59", "2026-03-02T05:00"),
            ("2026-03-01", "2026-03-02"),
        ),
        # The clocks go forward on the 8th, so that it ends an hour earlier.
        (
            NEW_YORK,
            ("2026-03-08T04:59", "2026-03-09T04:00"),
            ("2026-03-07", "2026-03-09"),
        ),
        ("Asia/Kathmandu", ("2026-03-01T18:14", "2026-03-01T18:15"), ("2026-03-01", "2026-03-02")),
    ],
)
def test_days_are_those_of_the_zone_that_is_asked_for(
    store: Store, clock: Clock, zone: str, at: tuple[str, str], days: tuple[str, str]
) -> None:
    for n, moment in enumerate(at):
        clock.now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        store.usage.reserve("me", f"r{n}", charge(), Rules())
        store.usage.settle("me", f"r{n}", Bill(CENT))
    since = clock.now - timedelta(days=9)
    for rows in (
        store.usage.rows("me", since, ZoneInfo(zone)),
        store.usage.rows_of_all(since, ZoneInfo(zone)),
    ):
        assert tuple(str(row.day) for row in reversed(rows)) == days


@pytest.mark.parametrize(
    ("now", "month_ends"),
    [
        (datetime(2026, 1, 31, 23, 59, tzinfo=START.tzinfo), "2026-02-01"),
        (datetime(2026, 12, 1, tzinfo=START.tzinfo), "2027-01-01"),
        (datetime(2028, 2, 29, 12, tzinfo=START.tzinfo), "2028-03-01"),
    ],
)
def test_months_end_where_the_next_begins(now: datetime, month_ends: str) -> None:
    assert f"{windows(now).next_month:%Y-%m-%d}" == month_ends


def test_a_minute_reaches_back_over_the_end_of_a_month(store: Store, clock: Clock) -> None:
    rules = person(requests_minute=1)
    clock.now = MONTH_END - timedelta(seconds=10)
    store.usage.reserve("me", "r1", charge(), rules)
    clock.now = MONTH_END + timedelta(seconds=10)
    assert store.usage.reserve("me", "r2", charge(), rules)
