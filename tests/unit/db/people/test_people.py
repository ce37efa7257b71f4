"""People who have signed in: kept, switched off, signed out."""

from dataclasses import replace
from datetime import timedelta

from components.access.store import Identity
from db.store import Store
from tests.unit.db.make import IDENTITY, START, Clock
from tests.unit.db.owners.owner_checker import OwnerChecker

ANN = "oidc-ann"
BOB = "oidc-bob"


def later(seconds: float, **other: str) -> Identity:
    at = IDENTITY.signed_in_at + timedelta(seconds=seconds)
    return replace(IDENTITY, signed_in_at=at, **other)  # type: ignore[arg-type]


def test_somebody_new_is_kept_with_what_the_sign_in_said(store: Store, clock: Clock) -> None:
    store.people.see(ANN, IDENTITY)
    clock.pass_(600)
    store.people.see(ANN, later(300, name="Ann New"))
    found = store.people.find(ANN)
    assert found
    assert (found.name, found.email, found.off, found.role) == (
        "Ann New",
        "me@example.org",
        False,
        None,
    )
    assert found.first_seen == START
    assert found.last_seen == START + timedelta(seconds=600)


def test_an_older_cookie_doesnt_bring_back_an_older_name(store: Store) -> None:
    store.people.see(ANN, later(300, name="New"))
    store.people.see(ANN, later(0, name="Old"))
    found = store.people.find(ANN)
    assert found
    assert (found.name, found.signed_in_at) == ("New", START + timedelta(seconds=300))


def test_what_an_admin_decides_is_about_one_person(store: Store) -> None:
    for owner in (ANN, BOB):
        store.people.see(owner, IDENTITY)
    before = store.people.find(BOB)
    assert store.people.give_role(ANN, "viewer")
    assert store.people.switch(ANN, off=True)
    assert store.people.sign_out(ANN)
    found = store.people.find(ANN)
    assert found
    assert (found.role, found.off) == ("viewer", True)
    assert found.signed_out_before
    assert store.people.find(BOB) == before
    assert store.people.give_role(ANN, None)
    assert store.people.switch(ANN, off=False)


def test_of_somebody_unknown_nothing_is_made(store: Store) -> None:
    assert not store.people.give_role(ANN, "admin")
    assert not store.people.switch(ANN, off=True)
    assert not store.people.sign_out(ANN)
    assert store.people.everybody() == []


def test_signing_out_ends_what_a_faster_clock_has_issued(store: Store) -> None:
    store.people.see(ANN, later(90))
    store.people.sign_out(ANN)
    found = store.people.find(ANN)
    assert found
    assert found.signed_out_before == START + timedelta(seconds=90)


def test_signing_out_a_second_time_never_goes_back(store: Store, clock: Clock) -> None:
    store.people.see(ANN, IDENTITY)
    store.people.sign_out(ANN)
    clock.pass_(60)
    store.people.sign_out(ANN)
    found = store.people.find(ANN)
    assert found
    assert found.signed_out_before
    assert found.signed_out_before >= START + timedelta(seconds=59)


def test_the_admins_list_has_everybody_and_is_the_one_query_without_an_owner(
    store: Store, clock: Clock
) -> None:
    store.people.see(ANN, IDENTITY)
    clock.pass_(1)
    store.people.see(BOB, IDENTITY)
    checker = OwnerChecker(store.database.engine, ANN)
    assert [each.owner for each in store.people.everybody()] == [BOB, ANN]
    assert [each.partition(":")[0] for each in checker.complaints] == ["no owner for people"]
    store.people.find(ANN)
    store.people.switch(ANN, off=True)
    assert len(checker.complaints) == 1
