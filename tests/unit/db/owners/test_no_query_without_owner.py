"""A query that doesn't name the owner of every table in it fails here."""

import pytest
from sqlalchemy import (
    Executable,
    String,
    and_,
    bindparam,
    cast,
    delete,
    event,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from components.chat.store import HistoryFilter
from db.schema.conversations import attempts, conversations, images, message_images, messages
from db.search.fts5 import matching, search_index
from db.search.text import Term, scope_of
from db.search.tsvector import numbers_with, search_words
from db.store import Store
from tests.unit.db.make import CALLS, EVERY_FILTER, turn
from tests.unit.db.owners.owner_checker import OwnerChecker


def test_every_statement_of_every_method_names_its_owner(store: Store) -> None:
    checker = OwnerChecker(store.database.engine, "me")
    for name, call in CALLS.items():
        before = checker.statements
        call(store, "me")
        assert checker.statements > before, f"{name} ran nothing that could be looked at"
    assert checker.complaints == []


# M: by what MATCH asks; =: in one row.
FOUND_BY_WORDS = {"SCAN search_index VIRTUAL TABLE INDEX 0:=M2"}
# An owner is one person.
ONE_PERSON = {"SEARCH people USING INDEX sqlite_autoindex_people_1 (owner=?)"}
EMPTY_LIST = {"SCAN CONSTANT ROW", "SCAN (subquery-1)"}
ABOUT_ALL = {
    "answers.drift",
    "answers.usage_since",
    "case_runs.labelled",
    "case_runs.models_asked",
    "case_runs.run_page",
    "case_runs.stop_all_runs",
    "cases.sets",
    "comparisons.ask_stop_all_cells",
    "comparisons.count",
    "comparisons.page",
    "conversations.all_drafts",
    "conversations.ask_stop_all",
    "history.count",
    "history.models_used",
    "history.page",
    "history.tags",
    "labels.all",
    "labels.history",
    "retention.delete_everything",
    "retention.purge",
    "retention.purge_drafts",
    "retention.retire",
    "scenarios.all",
    "shares.all",
    "usage.reserve",
    "usage.rows",
    "usage.stored",
    "usage.unpriced",
    "usage.used",
    "votes.all",
}


def test_no_query_goes_through_all_that_an_owner_has(sqlite_store: Store) -> None:
    """But for the history and what is asked about all of it."""
    store = sqlite_store
    plans: dict[str, list[str]] = {}

    def explain(connection, _cursor, sql, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if context.compiled is not None and not sql.startswith("INSERT"):
            raw = connection.connection.dbapi_connection
            values = parameters[0] if many else parameters
            plans[sql] = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]

    event.listen(store.database.engine, "before_cursor_execute", explain)
    for name, call in CALLS.items():
        if name not in ABOUT_ALL:
            call(store, "me")
    steps = {step for plan in plans.values() for step in plan}
    steps -= FOUND_BY_WORDS | EMPTY_LIST | ONE_PERSON
    assert any("(owner=? AND conversation_id=?)" in step for step in steps)
    assert [s for s in steps if s.startswith("SCAN ") or "(owner=?)" in s] == []
    by_number = "SEARCH search_keys USING INTEGER PRIMARY KEY (rowid=?)"
    assert [s for s in steps if "SEARCH" in s and "(owner=? AND " not in s and s != by_number] == []
    assert [s for s in steps if ">?" in s or "<?" in s] == []


def test_a_search_reads_the_history_in_its_order_and_everything_else_by_an_index(
    sqlite_store: Store,
) -> None:
    store = sqlite_store
    store.conversations.begin_turn("me", turn())
    steps: list[str] = []

    def explain(connection, _cursor, sql, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.dbapi_connection
        steps.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))

    event.listen(store.database.engine, "before_cursor_execute", explain)
    for filter_ in (HistoryFilter(), HistoryFilter(text="what 图"), EVERY_FILTER):
        store.history.page("me", filter_)
        store.history.count("me", filter_)
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
    "raw SQL": text("SELECT * FROM messages WHERE owner = 'me'"),
}
# The word index is another one in each kind of database.
BAD_IN_SQLITE: dict[str, Executable] = {
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
}
w = search_words.c
BAD_IN_POSTGRES: dict[str, Executable] = {
    "the word index": select(w.words),
    "another's words": select(w.words).where(w.owner == "you"),
    "one's own or anybody's words": select(w.words).where(or_(w.owner == "me", w.number == 1)),
    "delete words by number": delete(search_words).where(w.number == 1),
    "insert words for another": insert(search_words).values(
        owner="you", number=99, part=0, piece=0, words=cast("x", TSVECTOR)
    ),
    "raw SQL of the word index": text("SELECT words FROM search_words"),
}


def caught(store: Store, statement: Executable) -> list[str]:
    store.conversations.begin_turn("me", turn())
    checker = OwnerChecker(store.database.engine, "me")
    with store.database.write() as connection:
        connection.execute(statement)
    return checker.complaints


@pytest.mark.parametrize("owner", ["you", None])
def test_the_checker_catches_another_owner_among_the_parameters(
    store: Store, owner: str | None
) -> None:
    checker = OwnerChecker(store.database.engine, "me")
    asked = select(messages.c.id).where(messages.c.owner == bindparam("whose", type_=String))
    with store.database.read() as connection:
        connection.execute(asked, {"whose": "me"})
        assert checker.complaints == []
        connection.execute(asked, {"whose": owner})
    assert len(checker.complaints) == 1


@pytest.mark.parametrize("kind", BAD)
def test_the_checker_catches(store: Store, kind: str) -> None:
    assert caught(store, BAD[kind])


@pytest.mark.parametrize("kind", BAD_IN_SQLITE)
def test_the_checker_catches_in_the_word_index_of_sqlite(sqlite_store: Store, kind: str) -> None:
    assert caught(sqlite_store, BAD_IN_SQLITE[kind])


@pytest.mark.parametrize("kind", BAD_IN_POSTGRES)
def test_the_checker_catches_in_the_word_index_of_postgres(
    postgres_store: Store, kind: str
) -> None:
    assert caught(postgres_store, BAD_IN_POSTGRES[kind])


def test_every_statement_finds_its_rows_in_postgres_by_an_index(postgres_store: Store) -> None:
    """The planner may go through small tables as it likes; forbidden to, it never has to."""
    store, plans = postgres_store, {}

    def explain(connection, _cursor, sql, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if context.compiled is None or not sql.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        raw = connection.connection.dbapi_connection
        with raw.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            values = parameters[0] if many else parameters
            cursor.execute(f"EXPLAIN {sql}", values)
            plans[sql] = [row[0] for row in cursor.fetchall()]

    event.listen(store.database.engine, "before_cursor_execute", explain)
    for call in CALLS.values():
        call(store, "me")
    assert len(plans) > len(CALLS)
    through_all = {sql: plan for sql, plan in plans.items() if "Seq Scan" in " ".join(plan)}
    assert through_all == {}


def test_the_checker_catches_raw_sql_of_the_driver(store: Store) -> None:
    checker = OwnerChecker(store.database.engine, "me")
    with store.database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM images")
    assert checker.complaints


def test_a_search_in_postgres_goes_by_the_words_where_there_are_many(
    postgres_store: Store,
) -> None:
    store = postgres_store
    store.conversations.begin_turn("me", turn(text="needle"))
    with store.database.write("me") as connection:
        connection.exec_driver_sql(
            "INSERT INTO search_words SELECT owner, 1000 + n, 1, 0, ("
            " (SELECT string_agg(quote_literal(lexeme), ' ') FROM unnest(words))"
            " || ' w' || n)::tsvector FROM search_words, generate_series(1, 20000) AS n"
            " WHERE part = 0"
        )
        connection.exec_driver_sql("ANALYZE search_words")
    asked = numbers_with("me", Term(("needle",), True)).compile(store.database.engine)
    with store.database.read() as connection:
        explained = connection.exec_driver_sql(f"EXPLAIN {asked}", asked.params)
        plan = " ".join(explained.scalars())
    assert "Bitmap Index Scan on search_words_by_word" in plan
