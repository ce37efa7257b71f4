"""People who have signed in: kept, switched off, signed out."""

from dataclasses import replace
from datetime import timedelta

from components.access.log import Identity
from db.log import SqlLog
from tests.db.make import IDENTITY, START, Clock
from tests.db.owner_checker import OwnerChecker

ANN = "oidc-ann"
BOB = "oidc-bob"


def later(seconds: float, **other: str) -> Identity:
    at = IDENTITY.signed_in_at + timedelta(seconds=seconds)
    return replace(IDENTITY, signed_in_at=at, **other)  # type: ignore[arg-type]


def test_somebody_new_is_kept_with_what_the_sign_in_said(log: SqlLog, clock: Clock) -> None:
    log.see_person(ANN, IDENTITY)
    clock.pass_(600)
    log.see_person(ANN, later(300, name="Ann New"))
    found = log.person(ANN)
    assert found
    assert (found.name, found.email, found.off, found.role) == (
        "Ann New",
        "me@example.org",
        False,
        None,
    )
    assert found.first_seen == START
    assert found.last_seen == START + timedelta(seconds=600)


def test_an_older_cookie_doesnt_bring_back_an_older_name(log: SqlLog) -> None:
    log.see_person(ANN, later(300, name="New"))
    log.see_person(ANN, later(0, name="Old"))
    found = log.person(ANN)
    assert found
    assert (found.name, found.signed_in_at) == ("New", START + timedelta(seconds=300))


def test_what_an_admin_decides_is_about_one_person(log: SqlLog) -> None:
    for owner in (ANN, BOB):
        log.see_person(owner, IDENTITY)
    before = log.person(BOB)
    assert log.give_role(ANN, "viewer")
    assert log.switch_person(ANN, off=True)
    assert log.sign_person_out(ANN)
    found = log.person(ANN)
    assert found
    assert (found.role, found.off) == ("viewer", True)
    assert found.signed_out_before
    assert log.person(BOB) == before
    assert log.give_role(ANN, None)
    assert log.switch_person(ANN, off=False)


def test_of_somebody_unknown_nothing_is_made(log: SqlLog) -> None:
    assert not log.give_role(ANN, "admin")
    assert not log.switch_person(ANN, off=True)
    assert not log.sign_person_out(ANN)
    assert log.people() == []


def test_signing_out_ends_what_a_faster_clock_has_issued(log: SqlLog) -> None:
    log.see_person(ANN, later(90))
    log.sign_person_out(ANN)
    found = log.person(ANN)
    assert found
    assert found.signed_out_before == START + timedelta(seconds=90)


def test_signing_out_a_second_time_never_goes_back(log: SqlLog, clock: Clock) -> None:
    log.see_person(ANN, IDENTITY)
    log.sign_person_out(ANN)
    clock.pass_(60)
    log.sign_person_out(ANN)
    found = log.person(ANN)
    assert found
    assert found.signed_out_before
    assert found.signed_out_before >= START + timedelta(seconds=59)


def test_the_admins_list_has_everybody_and_is_the_one_query_without_an_owner(
    log: SqlLog, clock: Clock
) -> None:
    log.see_person(ANN, IDENTITY)
    clock.pass_(1)
    log.see_person(BOB, IDENTITY)
    checker = OwnerChecker(log.database.engine, ANN)
    assert [each.owner for each in log.people()] == [BOB, ANN]
    assert [each.partition(":")[0] for each in checker.complaints] == ["no owner for people"]
    log.person(ANN)
    log.switch_person(ANN, off=True)
    assert len(checker.complaints) == 1
