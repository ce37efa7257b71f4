"""Logs as older versions made them, and what they must become."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from components.chat.store import HistoryFilter
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.support.databases import Raw, empty_log
from tests.unit.db.casing import case_set
from tests.unit.db.comparing import comparison
from tests.unit.db.make import rows_of, share

_VERSION_1 = Path(__file__).with_name("version_1.sql")
State = tuple[int, list[Any], dict[str, list[tuple[object, ...]]]]


def version_1(path: Path) -> State:
    """A store written by version 1 itself, dumped as statements; its state."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.executescript(_VERSION_1.read_text("utf-8"))
    found = state(path)
    assert found[0] == 1
    return found


def version_2(path: Path) -> State:
    """The same store as version 2 has it, with what only version 2 could keep; its state."""
    version_1(path)
    return _upgraded(
        path,
        2,
        "INSERT INTO tags VALUES ('me', 'c4', 'work')",
        "INSERT INTO tags VALUES ('you', 'c1', 'work')",
    )


def version_3(path: Path) -> State:
    """The same store as version 3 has it, with what only version 3 could keep; its state."""
    version_2(path)
    return _upgraded(
        path, 3, "INSERT INTO votes VALUES ('you', 'cost', 'zh', 1, '2026-03-01 12:00:00')"
    )


def version_4(path: Path) -> State:
    """The same store as version 4 has it, with what only version 4 could keep; its state."""
    version_3(path)
    return _upgraded(
        path,
        4,
        "INSERT INTO comparisons VALUES ('you', 'cmp0', '2026-03-01 12:00:00',"
        " '2026-03-01 12:00:00', 'each', 'given', NULL, 1, 0, 'en', 'Old', '[]', '{}', '[]')",
    )


def version_5(path: Path) -> State:
    """The same store as version 5 has it, with what only version 5 could keep; its state."""
    version_4(path)
    return _upgraded(
        path, 5, "INSERT INTO team_visible VALUES ('you', 'c1', '2026-03-01 12:00:00', 'You')"
    )


def version_6(path: Path) -> State:
    """The same store as version 6 has it, with what only version 6 could keep; its state."""
    version_5(path)
    return _upgraded(
        path,
        6,
        "INSERT INTO wrong_passwords VALUES ('w', '192.0.2.1', 1, '2026-03-01 12:00:00')",
    )


# What takes a version back to the one before, on both kinds of database: tables and columns that it
# brought. Each new version has an entry.
BROUGHT: dict[int, tuple[str, ...]] = {
    7: tuple(
        f"ALTER TABLE {table} DROP COLUMN {column}"
        for table in ("attempts", "comparison_cells")
        for column in ("cache_write_tokens", "image_tokens")
    ),
    8: tuple(
        f"ALTER TABLE {table} DROP COLUMN reasoning" for table in ("attempts", "comparison_cells")
    ),
    9: tuple(
        f"ALTER TABLE usage_events DROP COLUMN {column}"
        for column in ("cached_tokens", "cache_write_tokens")
    ),
    10: ("DROP TABLE draft_images",),
    11: ("DROP TABLE cell_pictures",),
    12: (
        "DROP TABLE finished_runs",
        "DROP TABLE case_images",
        "DROP TABLE set_cases",
        "DROP TABLE cases",
        "DROP TABLE case_sets",
        """CREATE TABLE accepted_answers (
            owner VARCHAR NOT NULL, comparison_id VARCHAR NOT NULL, question INTEGER NOT NULL,
            letter VARCHAR NOT NULL, answer TEXT NOT NULL,
            PRIMARY KEY (owner, comparison_id, question, letter),
            FOREIGN KEY (owner, comparison_id) REFERENCES comparisons (owner, id)
            ON DELETE CASCADE)""",
        """INSERT INTO accepted_answers
            SELECT owner, comparison_id, question, letter, corrected FROM labels
            WHERE comparison_id IS NOT NULL AND replaced_by IS NULL AND verdict = 'right'""",
        "DROP TABLE labels",
    ),
    13: tuple(
        f"DROP TABLE {table}"
        for table in (
            "case_verdicts",
            "case_answers",
            "case_runs",
            "case_snapshot_images",
            "case_snapshots",
        )
    ),
    14: (
        "ALTER TABLE case_runs DROP COLUMN judges",
        *(
            f"ALTER TABLE case_answers DROP COLUMN {column}"
            for column in ("judges", "grader", "vote")
        ),
    ),
}


def as_version(url: str, version: int) -> None:
    """What is in a store of today becomes what `version` (6 or later) had kept of it."""
    raw = Raw(url)
    for later in range(1 + len(MIGRATIONS), version, -1):
        for statement in BROUGHT[later]:
            raw.run(statement)
    if raw.is_sqlite:
        raw.run(f"PRAGMA user_version={version}")
    else:
        raw.run(f"UPDATE tuwen_schema SET version = {version}")


def _upgraded(path: Path, version: int, *statements: str) -> State:
    """The store at `path` made into this version, with what the statements add; its state."""
    database = Database(f"sqlite:///{path}")
    upgrade(database, MIGRATIONS[: version - 1])
    database.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)
    found = state(path)
    assert found[0] == version
    return found


def state(path: Path) -> State:
    """Version, schema and rows."""
    with closing(sqlite3.connect(path)) as raw:
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        schema = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    return version, schema, rows_of(f"sqlite:///{path}")


def shape(path: Path) -> dict[str, list[Any]]:
    """The columns of each table and index, however it came to them."""
    with closing(sqlite3.connect(path)) as raw:
        names = raw.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'index')"
        ).fetchall()
        return {
            name: sorted(
                row[1:] if kind == "table" else row[2:]
                for row in raw.execute(f"PRAGMA {kind}_info('{name}')")
            )
            for kind, name in names
        }


def found(store: Store, text: str, owner: str = "me") -> list[str]:
    """The ids of the conversations in which `text` is found."""
    return [s.id for s in store.history.page(owner, HistoryFilter(text=text))]


def assert_present(path: Path, tags_of_c4: tuple[str, ...] = ()) -> None:
    """All that was in the old store is there, and what the later versions made of it."""
    assert shape(path) == shape(empty_log())
    store = open_store(f"sqlite:///{path}")
    summaries = store.history.page("me")
    assert [(s.id, s.title, str(s.cost)) for s in summaries] == [
        ("c4", "No picture", "0"),
        ("c1", "图片里有什么", "0.30"),
    ]
    assert [(s.starred, s.tags) for s in summaries] == [(False, tags_of_c4), (False, ())]
    whole = store.conversations.conversation("me", "c1")
    assert whole
    assert [m.text for m in whole.messages] == [
        "这张图片里有什么？",
        "一只橘猫坐在窗台上。",
        "And the invoice total?",
        "The invoice total is 42 euros.",
    ]
    assert whole.messages[3].earlier[0].result.text == "The inv"
    assert [found(store, text) for text in ("图片", "橘猫", "invoice euro", "picture")] == [
        ["c1"],
        ["c1"],
        ["c1"],
        ["c4"],
    ]
    assert found(store, "zebra") == []
    assert found(store, "zebra", "you") == ["c1"]
    by_cost = store.history.page(
        "me", HistoryFilter(min_cost=whole.messages[1].attempt.result.cost)
    )  # type: ignore[union-attr,arg-type]
    assert [s.id for s in by_cost] == ["c1"]
    used = store.answers.usage_since("me", whole.created_at)
    assert [u.attempt.id for u in used] == ["t1", "t2", "t3"]
    kept = store.scenarios.save("me", "Mine", "v=1")
    assert [s.id for s in store.scenarios.all("me")] == [kept]
    store.votes.cast("me", "cost", "zh", True)
    assert store.votes.find("me", "cost")
    store.comparisons.begin_comparison("me", *comparison("1"))
    assert [s.id for s in store.comparisons.page("me")] == ["cmp1"]
    assert store.labels.add("me", "l1", whole.messages[1].attempt.id, "right")  # type: ignore[union-attr]
    assert store.cases.create("me", "set1", *case_set(), "file")
    store.shares.add("me", share(), "a hash")
    assert store.shares.let_team_read("me", "c1", "Me")
    assert store.shares.team_reads("me", "c1")
    store.close()
