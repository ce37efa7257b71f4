"""Each method of a repository says whose rows it is about; what isn't about one owner is listed
here, so that a new one is looked at twice."""

import inspect
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from components.spending.store import Limits, Rules
from db.engine.repository import Repository, across_owners, for_owner
from db.schema.case_runs import case_runs
from db.schema.cases import case_sets
from db.schema.comparisons import comparisons
from db.schema.conversations import conversations, draft_images, messages
from db.schema.passwords import wrong_passwords
from db.schema.people import people
from db.schema.sharing import shares, team_visible
from db.schema.usage import usage_events
from db.store import Store
from tests.unit.db.make import CALLS, CHARGE, START, fill, methods
from tests.unit.db.owners.owner_checker import OwnerChecker

DB = Path(__file__).parents[4] / "db"
# name -> tables of which it may read or write everybody's rows
ACROSS_OWNERS = {
    "conversations.progress_of_all": (),  # of many owners, each by name
    "retention._owners_with_deleted": (
        conversations,
        case_sets,
    ),  # what the server does for everybody
    "retention._owners_with_old": (conversations, comparisons, case_runs),
    "retention._owners_with_drafts": (draft_images,),
    "usage._reserve_among_all": (usage_events,),  # limits for all together
    "usage._used_by_all": (usage_events,),
    "usage.rows_of_all": (usage_events,),  # for admins
    "people.everybody": (people,),
    "shares.by_token": (shares,),  # begins without an owner, and names one
    "shares.team": (conversations, team_visible),  # about others by its nature
    "people._wait": (wrong_passwords,),  # whoever types a password is nobody yet
    "people._count_typed": (wrong_passwords,),
}
WITHOUT_OWNER = {"retention.purge_all", "retention.purge_all_drafts", "retention.retire_all"}
WITHOUT_OWNER |= {"usage.rows_of_all", "people.everybody", "shares.by_token", "shares.team"}
WITHOUT_OWNER |= {"people.password_typed"}
BY_OWNER = {"conversations.progress_of_all"}


def test_what_is_not_about_one_owner_is_listed(store: Store) -> None:
    found = {n: m.across for n, m in methods(store).items() if hasattr(m, "across")}
    assert found == ACROSS_OWNERS


def test_every_other_public_method_takes_the_owner_first_and_is_called_in_these_tests(
    store: Store,
) -> None:
    public = {n: m for n, m in methods(store).items() if not n.split(".")[1].startswith("_")}
    for name in public.keys() - WITHOUT_OWNER - BY_OWNER:
        names = [p for p in inspect.signature(public[name]).parameters if p != "connection"]
        assert names[:2] == ["self", "owner"], name
    assert set(CALLS) == public.keys() - WITHOUT_OWNER


def test_a_method_that_takes_a_connection_is_decorated(store: Store) -> None:
    for name, method in methods(store).items():
        takes = "connection" in inspect.signature(method).parameters
        assert hasattr(method, "__wrapped__") == takes, name


def test_only_decorators_open_transactions_for_queries() -> None:
    rooms = (
        "cases",
        "conversations",
        "comparisons",
        "labels",
        "people",
        "sharing",
        "usage",
        "search",
    )
    opening = ("database.read(", "database.write(", "engine.connect(", "engine.begin(")
    found = [
        str(path)
        for room in rooms
        for path in (DB / room).rglob("*.py")
        if any(words in path.read_text("utf-8") for words in opening)
    ]
    assert found == []


class Careless(Repository):
    @for_owner("read")
    def no_owner(self, connection: Connection, owner: str) -> None:
        connection.execute(select(messages.c.id))

    @for_owner("read")
    def another_owner(self, connection: Connection, owner: str) -> None:
        connection.execute(select(messages.c.id).where(messages.c.owner == "you"))

    @for_owner("read")
    def everybody_beside_the_owner(self, connection: Connection, owner: str) -> None:
        connection.execute(select(people.c.owner))

    @for_owner("write")
    def for_another(self, connection: Connection, owner: str) -> None:
        row = {"owner": "you", "slug": "cost", "lang": "en", "helpful": True, "at": START}
        connection.execute(insert(conversations.metadata.tables["votes"]).values(row))

    @across_owners("read", people)
    def another_table(self, connection: Connection, owner: str) -> None:
        connection.execute(select(messages.c.id))

    @across_owners("read", people)
    def raw(self, connection: Connection, owner: str) -> None:
        connection.exec_driver_sql("SELECT count(*) FROM people")


@pytest.mark.parametrize("name", [n for n in vars(Careless) if not n.startswith("__")])
def test_a_method_that_says_one_thing_and_asks_another_is_found(
    store: Store, checker: OwnerChecker, name: str
) -> None:
    getattr(Careless(store), name)("me")
    assert len(checker.complaints) == 1
    checker.complaints.clear()


def test_a_method_for_an_owner_without_one_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="owner first"):

        @for_owner("read")
        def count(self: Repository, connection: Connection, conversation_id: str) -> None: ...


def test_what_goes_across_owners_goes_no_further(store: Store, checker: OwnerChecker) -> None:
    fill(store)
    before = checker.statements
    store.usage.reserve("me", "r2", CHARGE, Rules(everybody=Limits(requests_minute=9)))
    store.usage.used("me", Rules(Limits(requests_minute=9), Limits(requests_minute=9)))
    store.usage.rows_of_all(START)
    store.people.everybody()
    store.shares.by_token("hash of me's")
    store.shares.team("you")
    assert checker.statements >= before + 9
    assert checker.complaints == []
