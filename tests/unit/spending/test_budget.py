"""The budget of a process: refusals as sentences, signs of life, room on disk, settings."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

import pytest

from components.errors import StoreError
from components.i18n.sentence import sentence
from components.spending import Budget, SpendingError, limits_from
from components.spending.errors import QuotaError
from components.spending.gauges import gauges
from components.spending.store import EXPIRES_AFTER, Bill, Limits, Rules
from db.store import Store
from db.usage.usage import Usage
from tests.unit.db.make import START, Clock, content, turn
from tests.unit.spending.making import CENT, charge, everybody, person


def test_a_refusal_says_which_limit_how_much_and_when(store: Store) -> None:
    budget = Budget(store.usage, person(usd_day=Decimal("0.03"), requests_minute=5))
    budget.reserve("me", charge(estimate=Decimal("0.025")))
    with pytest.raises(SpendingError) as caught:
        budget.reserve("me", charge())
    what, then = sentence("en", caught.value.code, caught.value.data)
    assert what.startswith("$0.025 of your $0.03 per day are spent or reserved")
    assert "$0.01" in what
    assert "2026-03-02 00:00 UTC" in then
    assert "$0.025" in sentence("zh", caught.value.code, caught.value.data)[0]


def test_a_full_minute_says_the_seconds(store: Store, clock: Clock) -> None:
    budget = Budget(store.usage, everybody(requests_minute=1))
    budget.reserve("me", charge())
    clock.pass_(17.2)
    with pytest.raises(SpendingError, match="spending_all_requests_minute") as caught:
        budget.reserve("you", charge())
    assert caught.value.data["seconds"] == 43


def test_what_is_open_here_is_kept_alive(store: Store, clock: Clock) -> None:
    budget = Budget(store.usage, person(usd_day=CENT))
    held = budget.reserve("me", charge())
    for _ in range(5):
        clock.pass_(EXPIRES_AFTER * 0.9)
        budget.beat()
    with pytest.raises(SpendingError):
        budget.reserve("me", charge())
    budget.settle(held, None)
    clock.pass_(1)
    budget.reserve("me", charge())


class Stuck(Usage):
    """A store that can't be written for a while."""

    stuck = True

    def settle(self, owner: str, reservation_id: str, bill: Bill) -> None:
        if self.stuck:
            raise StoreError("store_busy")
        super().settle(owner, reservation_id, bill)


def test_what_could_not_be_settled_is_settled_later_and_counts_meanwhile(
    store: Store, clock: Clock
) -> None:
    stuck = Stuck(store)
    budget = Budget(stuck, person(usd_day=2 * CENT))
    held = budget.reserve("me", charge(estimate=2 * CENT))
    budget.settle(held, Bill(CENT))
    clock.pass_(EXPIRES_AFTER * 0.9)
    budget.beat()
    clock.pass_(EXPIRES_AFTER * 0.9)
    with pytest.raises(SpendingError):
        budget.reserve("me", charge())
    stuck.stuck = False
    budget.beat()
    budget.reserve("me", charge())


def test_the_whole_of_many_is_looked_at_and_nothing_reserved(store: Store) -> None:
    budget = Budget(store.usage, person(images_day=10, requests_minute=1))
    budget.check("me", [charge(images=2)] * 5)
    with pytest.raises(SpendingError, match="spending_images_day"):
        budget.check("me", [charge(images=2)] * 6)
    budget.check("me", [charge(kind="own", images=2)] * 60)
    assert budget.used("me")["person"].images == 0


def test_images_that_do_not_fit_on_disk_are_refused_in_words(store: Store) -> None:
    kept = content("1")
    store.conversations.begin_turn("me", turn())
    budget = Budget(store.usage, quota=len(kept.content) + 10)
    budget.make_room("me", [(kept.hash, len(kept.content)), ("new", 10)])
    with pytest.raises(QuotaError):
        budget.make_room("me", [("new", 11)])
    budget.make_room("you", [("new", 11)])
    Budget(store.usage).make_room("me", [("new", 10**12)])


def test_gauges_tell_the_fullest_first(store: Store) -> None:
    rules = Rules(Limits(requests_minute=4, usd_day=CENT * 10), Limits(images_day=0))
    for _ in range(3):
        store.usage.reserve("me", f"r{_}", charge(kind="own"), rules)
    found = gauges(rules, store.usage.used("me", rules))
    told = [(g.what, g.share, g.nearly, g.full) for g in found]
    assert told == [
        ("images_day", 1.0, True, True),
        ("requests_minute", 0.75, False, False),
        ("usd_day", 0.0, False, False),
    ]


def test_limits_are_read_from_the_environment_first() -> None:
    secrets = {"limits": {"usd_day": 2, "images_day": 30, "all_usd_month": "99.50"}}
    rules, errors = limits_from(
        {"LIMIT_USD_DAY": "0.5", "LIMIT_ALL_REQUESTS_MINUTE": " 7 "}, secrets
    )
    assert rules == Rules(
        Limits(images_day=30, usd_day=Decimal("0.5")),
        Limits(requests_minute=7, usd_month=Decimal("99.50")),
    )
    assert errors == []
    assert limits_from({"LIMIT_USD_DAY": ""}, {}) == (Rules(), [])


@pytest.mark.parametrize("written", ["5 dollars", "-1", "nan", "inf", "1e9", "１", True, [1]])
def test_a_limit_that_cannot_be_read_lets_nothing_through(written: object) -> None:
    rules, errors = limits_from({}, {"limits": {"requests_minute": written}})
    assert rules.person.requests_minute == 0
    assert [(e.code, e.data["setting"]) for e in errors] == [
        ("config_limit", "limits.requests_minute")
    ]


def test_a_limit_of_an_unknown_name_is_told() -> None:
    _, errors = limits_from({}, {"limits": {"usd_week": 5}})
    assert [e.data["setting"] for e in errors] == ["limits.usd_week"]


def test_old_conversations_go_and_starred_ones_stay(store: Store, clock: Clock) -> None:
    from tests.unit.db.comparing import comparison

    for name in ("1", "2"):
        store.conversations.begin_turn("me", turn(name))
    store.history.star("me", ["c2"])
    store.comparisons.begin_comparison("me", *comparison("1"))
    clock.now = START + timedelta(days=29)
    store.conversations.begin_turn("me", turn("3"))
    store.conversations.begin_turn("you", turn("1"))
    assert store.retention.retire_all(timedelta(days=31)) == 0
    clock.pass_(86_400 * 2.5)
    assert store.retention.retire_all(timedelta(days=31)) == 2
    assert [row.id for row in store.history.page("me")] == ["c3", "c2"]
    assert store.comparisons.page("me") == []
    assert store.conversations.image("me", content("1").hash) is None
    assert store.conversations.image("me", content("2").hash)
    assert store.history.count("you") == 1


def test_deleting_everything_leaves_nothing_but_what_requests_cost(store: Store) -> None:
    from tests.unit.db.make import fill, rows_of

    fill(store, "me")
    fill(store, "you")
    yours = rows_of(store, "you")
    store.history.delete("me", ["c1"])
    assert store.retention.delete_everything("me") == 1
    left: Collection[str] = {name for name, rows in rows_of(store, "me").items() if rows}
    assert left <= {"people", "usage_events"}
    assert rows_of(store, "you") == yours
    assert store.usage.rows("me", START - timedelta(days=1))
