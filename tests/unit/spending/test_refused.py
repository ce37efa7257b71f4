"""Who is told of refusals: each that ends a request, and none that is only waited for."""

from decimal import Decimal

import pytest

from components.spending import Budget, SpendingError
from components.spending.errors import QuotaError
from db.store import Store
from tests.unit.spending.making import CENT, charge, everybody, person


def test_a_refusal_is_told_with_its_limit_and_scope(store: Store) -> None:
    told: list[tuple[str, str]] = []
    budget = Budget(store.usage, everybody(usd_day=CENT), refused=lambda *what: told.append(what))
    budget.reserve("me", charge())
    assert told == []
    with pytest.raises(SpendingError):
        budget.reserve("you", charge(subject="t2"))
    with pytest.raises(SpendingError):
        budget.check("you", [charge(subject="t3")])
    assert told == [("usd_day", "everybody")] * 2


@pytest.mark.parametrize(("limit", "times"), [(1, 0), (0, 1)])
def test_a_full_minute_that_is_waited_for_is_no_refusal(
    store: Store, limit: int, times: int
) -> None:
    told: list[tuple[str, str]] = []
    rules = person(requests_minute=limit, usd_day=Decimal(1))
    budget = Budget(store.usage, rules, refused=lambda *what: told.append(what))
    if limit:
        budget.reserve("me", charge())
    with pytest.raises(SpendingError):
        budget.reserve("me", charge(subject="t2"), waits=True)
    assert told == [("requests_minute", "person")] * times


def test_a_full_disk_quota_is_told(store: Store) -> None:
    told: list[tuple[str, str]] = []
    budget = Budget(store.usage, quota=10, refused=lambda *what: told.append(what))
    with pytest.raises(QuotaError):
        budget.make_room("me", [("new", 11)])
    assert told == [("quota", "person")]
