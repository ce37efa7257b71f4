"""A query that doesn't name the owner of every table in it fails here."""

import pytest
from sqlalchemy import Executable, and_, delete, event, exists, insert, or_, select, text, update

from components.chat.log import HistoryFilter
from components.spending.log import Limits, Rules
from db.log import SqlLog
from db.search_fts5 import matching, search_index
from db.search_text import scope_of
from db.tables import attempts, conversations, images, message_images, messages
from tests.db.make import CALLS, CHARGE, EVERY_FILTER, OWN_LIMITS, START, turn
from tests.db.owner_checker import OwnerChecker


def test_every_statement_of_every_method_names_its_owner(log: SqlLog) -> None:
    checker = OwnerChecker(log.store.engine, "me")
    for name, call in CALLS.items():
        before = checker.statements
        call(log, "me")
        assert checker.statements > before, f"{name} ran nothing that could be looked at"
    assert checker.complaints == []


def test_only_limits_for_all_and_what_admins_see_sum_over_everybody(log: SqlLog) -> None:
    """db.usage_of_all is the one place; it reads usage_events alone."""
    checker = OwnerChecker(log.store.engine, "me")
    log.reserve("me", "r1", CHARGE, OWN_LIMITS)
    assert checker.complaints == []
    log.reserve("me", "r2", CHARGE, Rules(everybody=Limits(requests_minute=9)))
    log.usage_of_all(START)
    assert checker.complaints
    kind = "no owner for usage_events: SELECT "
    assert [c for c in checker.complaints if not c.startswith(kind) or "JOIN" in c] == []


# M: by what MATCH asks; =: in one row.
FOUND_BY_WORDS = {"SCAN search_index VIRTUAL TABLE INDEX 0:=M2"}
# An owner is one person.
ONE_PERSON = {"SEARCH people USING INDEX sqlite_autoindex_people_1 (owner=?)"}
EMPTY_LIST = {"SCAN CONSTANT ROW", "SCAN (subquery-1)"}
ABOUT_ALL = {"conversations", "count", "search", "count_matching", "models_used", "tags", "drift"}
ABOUT_ALL |= {"reserve", "used", "usage", "unpriced", "stored", "retire", "delete_everything"}
ABOUT_ALL |= {
    "ask_stop_all",
    "ask_stop_all_cells",
    "purge",
    "usage_since",
    "scenarios",
    "comparisons",
    "count_comparisons",
}


def test_no_query_goes_through_all_that_an_owner_has(log: SqlLog) -> None:
    """But for the history and what is asked about all of it."""
    plans: dict[str, list[str]] = {}

    def explain(connection, _cursor, sql, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if context.compiled is not None and not sql.startswith("INSERT"):
            raw = connection.connection.dbapi_connection
            values = parameters[0] if many else parameters
            plans[sql] = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]

    event.listen(log.store.engine, "before_cursor_execute", explain)
    for name, call in CALLS.items():
        if name not in ABOUT_ALL:
            call(log, "me")
    steps = {step for plan in plans.values() for step in plan}
    steps -= FOUND_BY_WORDS | EMPTY_LIST | ONE_PERSON
    assert any("(owner=? AND conversation_id=?)" in step for step in steps)
    assert [s for s in steps if s.startswith("SCAN ") or "(owner=?)" in s] == []
    by_number = "SEARCH search_keys USING INTEGER PRIMARY KEY (rowid=?)"
    assert [s for s in steps if "SEARCH" in s and "(owner=? AND " not in s and s != by_number] == []
    assert [s for s in steps if ">?" in s or "<?" in s] == []


def test_a_search_reads_the_history_in_its_order_and_everything_else_by_an_index(
    log: SqlLog,
) -> None:
    log.begin_turn("me", turn())
    steps: list[str] = []

    def explain(connection, _cursor, sql, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.dbapi_connection
        steps.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))

    event.listen(log.store.engine, "before_cursor_execute", explain)
    for filter_ in (HistoryFilter(), HistoryFilter(text="what 图"), EVERY_FILTER):
        log.search("me", filter_)
        log.count_matching("me", filter_)
    of_history = [s for s in steps if "conversations" in s and "attempts" not in s]
    in_order = "INDEX conversations_in_history (owner=? AND deleted_at=?"
    assert of_history
    assert [s for s in of_history if in_order not in s] == []
    assert [s for s in steps if "ORDER BY" in s and "tags" not in s] == []
    by_words = "SCAN search_index VIRTUAL TABLE INDEX 0:M2"
    assert by_words in steps
    scans = {s for s in steps if s.startswith("SCAN ")}
    assert scans - EMPTY_LIST == {by_words}


mine = conversations.c.owner == "me"
other = messages.alias()
joined = and_(messages.c.owner == other.c.owner, messages.c.id == other.c.parent_id)
BAD: dict[str, Executable] = {
    "no condition": select(conversations.c.id),
    "only the id": select(messages).where(messages.c.id == "u1"),
    "the owner is only selected": select(messages.c.owner).where(messages.c.id == "u1"),
    "another owner": select(messages).where(messages.c.owner == "you"),
    "not the owner": select(messages).where(messages.c.owner != "me"),
    "one of two alternatives": select(messages).where(
        or_(messages.c.owner == "me", messages.c.id == "u1")
    ),
    "the owner of one table of two": select(messages)
    .join(conversations, messages.c.conversation_id == conversations.c.id)
    .where(mine),
    "the other table, tied by a column only": select(messages)
    .join(conversations, messages.c.owner == conversations.c.owner)
    .where(mine),
    "a second look at the same table": select(messages.c.id, other.c.text)
    .join(other, joined)
    .where(messages.c.owner == "me"),
    "inside IN": select(conversations.c.id).where(
        mine, conversations.c.id.in_(select(messages.c.conversation_id))
    ),
    "inside EXISTS": select(conversations.c.id).where(
        mine, exists().where(messages.c.conversation_id == conversations.c.id)
    ),
    "a column that is a query": select(
        conversations.c.id,
        select(messages.c.text).where(messages.c.id == "u1").limit(1).scalar_subquery(),
    ).where(mine),
    "inside FROM": select(select(messages.c.text).subquery().c.text),
    "inside WITH": select(select(messages.c.text).cte().c.text),
    "half of a union": select(messages.c.id)
    .where(messages.c.owner == "me")
    .union(select(messages.c.id)),
    "update": update(attempts).where(attempts.c.id == "t1").values(text="x"),
    "delete": delete(images).where(images.c.hash == "x"),
    "delete all": delete(message_images),
    "delete by a query": delete(images).where(
        and_(images.c.owner == "me", images.c.hash.not_in(select(message_images.c.hash)))
    ),
    "insert for another": insert(images).values(
        owner="you", hash="x", media_type="", bytes=0, thumbnail=b"", content=b""
    ),
    "the word index": select(search_index.c.words),
    "another's words": select(search_index.c.words).where(matching("you")),
    "one's own or anybody's words": select(search_index.c.words).where(
        or_(matching("me"), search_index.c.rowid == 1)
    ),
    "delete words by number": delete(search_index).where(search_index.c.rowid == 1),
    "insert words for another": insert(search_index).values(
        rowid=99, scope=scope_of("you"), words="x"
    ),
    "raw SQL of the word index": text("SELECT words FROM search_index"),
    "raw SQL": text("SELECT * FROM messages WHERE owner = 'me'"),
}


@pytest.mark.parametrize("kind", BAD)
def test_the_checker_catches(log: SqlLog, kind: str) -> None:
    log.begin_turn("me", turn())
    checker = OwnerChecker(log.store.engine, "me")
    with log.store.write() as connection:
        connection.execute(BAD[kind])
    assert checker.complaints


def test_the_checker_catches_raw_sql_of_the_driver(log: SqlLog) -> None:
    checker = OwnerChecker(log.store.engine, "me")
    with log.store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM images")
    assert checker.complaints
