"""People who have signed in: kept, switched off, signed out."""

from dataclasses import replace
from datetime import timedelta

from components.access.store import Identity
from db.store import SqlStore
from tests.unit.db.make import IDENTITY, START, Clock
from tests.unit.db.owner_checker import OwnerChecker

ANN = "oidc-ann"
BOB = "oidc-bob"


def later(seconds: float, **other: str) -> Identity:
    at = IDENTITY.signed_in_at + timedelta(seconds=seconds)
    return replace(IDENTITY, signed_in_at=at, **other)  # type: ignore[arg-type]


def test_somebody_new_is_kept_with_what_the_sign_in_said(store: SqlStore, clock: Clock) -> None:
    store.see_person(ANN, IDENTITY)
    clock.pass_(600)
    store.see_person(ANN, later(300, name="Ann New"))
    found = store.person(ANN)
    assert found
    assert (found.name, found.email, found.off, found.role) == (
        "Ann New",
        "me@example.org",
        False,
        None,
    )
    assert found.first_seen == START
    assert found.last_seen == START + timedelta(seconds=600)


def test_an_older_cookie_doesnt_bring_back_an_older_name(store: SqlStore) -> None:
    store.see_person(ANN, later(300, name="New"))
    store.see_person(ANN, later(0, name="Old"))
    found = store.person(ANN)
    assert found
    assert (found.name, found.signed_in_at) == ("New", START + timedelta(seconds=300))


def test_what_an_admin_decides_is_about_one_person(store: SqlStore) -> None:
    for owner in (ANN, BOB):
        store.see_person(owner, IDENTITY)
    before = store.person(BOB)
    assert store.give_role(ANN, "viewer")
    assert store.switch_person(ANN, off=True)
    assert store.sign_person_out(ANN)
    found = store.person(ANN)
    assert found
    assert (found.role, found.off) == ("viewer", True)
    assert found.signed_out_before
    assert store.person(BOB) == before
    assert store.give_role(ANN, None)
    assert store.switch_person(ANN, off=False)


def test_of_somebody_unknown_nothing_is_made(store: SqlStore) -> None:
    assert not store.give_role(ANN, "admin")
    assert not store.switch_person(ANN, off=True)
    assert not store.sign_person_out(ANN)
    assert store.people() == []


def test_signing_out_ends_what_a_faster_clock_has_issued(store: SqlStore) -> None:
    store.see_person(ANN, later(90))
    store.sign_person_out(ANN)
    found = store.person(ANN)
    assert found
    assert found.signed_out_before == START + timedelta(seconds=90)


def test_signing_out_a_second_time_never_goes_back(store: SqlStore, clock: Clock) -> None:
    store.see_person(ANN, IDENTITY)
    store.sign_person_out(ANN)
    clock.pass_(60)
    store.sign_person_out(ANN)
    found = store.person(ANN)
    assert found
    assert found.signed_out_before
    assert found.signed_out_before >= START + timedelta(seconds=59)


def test_the_admins_list_has_everybody_and_is_the_one_query_without_an_owner(
    store: SqlStore, clock: Clock
) -> None:
    store.see_person(ANN, IDENTITY)
    clock.pass_(1)
    store.see_person(BOB, IDENTITY)
    checker = OwnerChecker(store.database.engine, ANN)
    assert [each.owner for each in store.people()] == [BOB, ANN]
    assert [each.partition(":")[0] for each in checker.complaints] == ["no owner for people"]
    store.person(ANN)
    store.switch_person(ANN, off=True)
    assert len(checker.complaints) == 1
