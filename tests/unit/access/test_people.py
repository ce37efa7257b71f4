"""What is kept of people is looked at in each run, and costs one query for all of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from components.access.errors import AccessError
from components.access.people import FRESH, People
from components.access.rules import Rules
from db.store import Store, open_store
from tests.unit.access.test_admission import AT, claims

RULES = Rules("oidc", allow=("example.org",))


class Clock:
    now = AT

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = open_store(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def people(store: Store, clock: Clock) -> People:
    return People(store.people, clock.seconds, clock)


def test_whoever_is_let_in_is_kept_and_whoever_is_not_isnt(people: People, store: Store) -> None:
    person = people.admit(claims(), RULES)
    with pytest.raises(AccessError):
        people.admit(claims(sub="99", email="x@evil.example"), RULES)
    assert [one.owner for one in store.people.everybody()] == [person.owner]


def test_many_runs_in_a_moment_are_one_query(people: People, store: Store) -> None:
    people.admit(claims(), RULES)
    people.admit(claims(), RULES)
    asked: list[str] = []
    event.listen(
        store.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2])
    )
    for _ in range(200):
        people.admit(claims(), RULES)
    assert asked == []


def test_switched_off_here_holds_at_once(people: People) -> None:
    person = people.admit(claims(), RULES)
    people.switch(person.owner, off=True)
    with pytest.raises(AccessError, match="access_off"):
        people.admit(claims(), RULES)
    people.switch(person.owner, off=False)
    assert people.admit(claims(), RULES) == person


@pytest.fixture
def elsewhere(database_url: str, clock: Clock) -> Iterator[People]:
    """Another process: its own connections to the same database."""
    second = open_store(database_url, clock=clock)
    yield People(second.people, clock.seconds, clock)
    second.close()


def test_what_another_process_decides_holds_here_before_anybody_clicks(
    people: People, elsewhere: People, clock: Clock
) -> None:
    person = people.admit(claims(), RULES)
    assert elsewhere.admit(claims(), RULES) == person
    people.admit(claims(), RULES)
    elsewhere.give_role(person.owner, "viewer")
    clock.pass_(FRESH + 0.001)
    assert people.admit(claims(), RULES).role == "viewer"
    elsewhere.switch(person.owner, off=True)
    clock.pass_(FRESH + 0.001)
    with pytest.raises(AccessError, match="access_off"):
        people.admit(claims(), RULES)
    with pytest.raises(AccessError, match="access_off"):
        elsewhere.admit(claims(), RULES)
    people.switch(person.owner, off=False)
    clock.pass_(FRESH + 0.001)
    assert elsewhere.admit(claims(), RULES).owner == person.owner
    assert FRESH <= 0.2


def test_signed_out_on_one_process_a_copied_cookie_is_worth_nothing_on_another(
    people: People, elsewhere: People, clock: Clock
) -> None:
    person = people.admit(claims(), RULES)
    elsewhere.admit(claims(), RULES)
    clock.pass_(10)
    people.sign_out(person.owner)
    clock.pass_(FRESH + 0.001)
    with pytest.raises(AccessError, match="access_signed_out"):
        elsewhere.admit(claims(), RULES)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(people: People, clock: Clock) -> None:
    person = people.admit(claims(), RULES)
    clock.pass_(10)
    people.sign_out(person.owner)
    clock.pass_(1)
    with pytest.raises(AccessError, match="access_signed_out"):
        people.admit(claims(), RULES)
    again = claims(iat=int(clock.now.timestamp()))
    assert people.admit(again, RULES).owner == person.owner


def test_a_role_given_by_an_admin_holds_at_once(people: People) -> None:
    person = people.admit(claims(), RULES)
    people.give_role(person.owner, "viewer")
    assert people.admit(claims(), RULES).role == "viewer"
    people.give_role(person.owner, None)
    assert people.admit(claims(), RULES).role == "member"


def test_two_people_are_two_whatever_they_are_called(people: People) -> None:
    ann, bob = (people.admit(claims(sub=sub), RULES) for sub in ("1", "2"))
    people.switch(ann.owner, off=True)
    assert people.admit(claims(sub="2"), RULES) == bob


def test_when_somebody_was_here_is_kept_to_some_minutes(
    people: People, store: Store, clock: Clock
) -> None:
    person = people.admit(claims(), RULES)
    for _ in range(10):
        clock.pass_(60)
        people.admit(claims(), RULES)
    kept = store.people.find(person.owner)
    assert kept
    assert clock.now - kept.last_seen <= timedelta(minutes=5)
