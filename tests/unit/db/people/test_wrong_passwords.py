"""Wrong passwords, as the store keeps them: for an hour, without anybody's address or name."""

from datetime import timedelta

import pytest

from components.access.errors import AccessError
from components.access.password import SharedPassword
from components.access.store import FORGOTTEN, FREE
from db.store import Store
from tests.unit.db.make import NOBODYS, Clock, fill, rows_of
from tests.unit.db.owners.owner_checker import OwnerChecker

ADDRESS = "192.0.2.77"


def test_what_counts_no_longer_is_removed_on_the_way(store: Store, clock: Clock) -> None:
    for _ in range(3):
        store.people.password_typed("one", right=False)
    clock.pass_(FORGOTTEN.total_seconds())
    store.people.password_typed("two", right=False)
    assert len(rows_of(store)["wrong_passwords"]) == 4
    clock.pass_(1)
    store.people.password_typed("two", right=False)
    assert [row[1] for row in rows_of(store)["wrong_passwords"]] == ["two", "two"]


def test_no_address_and_nothing_that_was_typed_is_kept(store: Store) -> None:
    gate = SharedPassword("correct horse battery", store.people)
    for client in (ADDRESS, None):
        with pytest.raises(AccessError, match="access_wrong_password"):
            gate.check("what I typed", client)
    kept = str(rows_of(store)["wrong_passwords"])
    assert kept.count("'") > 2
    assert ADDRESS not in kept
    assert "typed" not in kept
    other = SharedPassword("another long password", store.people)
    assert other._place(ADDRESS) != gate._place(ADDRESS), "only by the password it can be found"


def test_whoever_waits_is_counted_no_further_and_writes_nothing(store: Store) -> None:
    for _ in range(FREE):
        wait = store.people.password_typed("one", right=False)
    before = rows_of(store)
    for right in (False, True):
        assert store.people.password_typed("one", right=right) == wait == timedelta(seconds=2)
    assert rows_of(store) == before


def test_the_right_one_at_first_writes_nothing(store: Store) -> None:
    assert store.people.password_typed("one", right=True) == timedelta(0)
    assert rows_of(store)["wrong_passwords"] == []


def test_only_the_table_of_nobody_is_asked_without_an_owner(store: Store) -> None:
    fill(store)
    checker = OwnerChecker(store.database.engine, "me")
    for right in (False, True):
        store.people.password_typed("one", right=right)
    assert checker.statements >= 6
    asked = {c.partition(":")[0] for c in checker.complaints}
    assert asked == {"no owner for wrong_passwords", "inserts for another owner"}
    assert {"wrong_passwords"} == NOBODYS
    assert all("wrong_passwords" in c for c in checker.complaints)
