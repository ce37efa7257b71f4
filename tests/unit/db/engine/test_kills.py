"""kill -9, again and again: nothing acknowledged is lost and nothing is half there."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from components.chat.store import HistoryFilter
from db.engine.database import Database
from db.schema.versions import upgrade
from db.store import open_store
from tests.unit.db.make import DONE, turn
from tests.unit.db.processes import child, killed
from tests.unit.db.schema.old import (
    assert_present,
    state,
    version_1,
    version_2,
    version_3,
    version_4,
    version_5,
    version_6,
)


def assert_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_index'").fetchone():
            raw.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")


def test_a_writer_that_is_killed_again_and_again_loses_nothing_it_acknowledged(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    begun: set[str] = set()
    finished: set[str] = set()
    for round_ in range(8):
        writer = child("write", f"sqlite:///{path}", str(round_ * 1_000_000))
        assert writer.stdout
        # In the middle of its work, however slow the machine is.
        said = [writer.stdout.readline().split()]
        while sum(line[0] == "finished" for line in said) < 2:
            said.append(writer.stdout.readline().split())
        time.sleep(0.01 * round_)
        for kind, number in [*said, *(line.split() for line in killed(writer))]:
            (begun if kind == "begun" else finished).add(number)
        assert_whole(path)
    assert len(finished) > 8, "the children were killed before they had written anything"
    store = open_store(f"sqlite:///{path}")
    answers, attempts = set(), {}
    for summary in store.history.page("me"):
        found = store.conversations.conversation("me", summary.id)
        assert found
        assert len(found.messages) == summary.messages
        assert sum(len(m.images) for m in found.messages) == summary.images
        for message in found.messages:
            if message.attempt:
                answers.add(message.id[1:])
                attempts[message.attempt.id[1:]] = message.attempt.result
            for image in message.images:
                assert store.conversations.image("me", image.hash or "")
    asked, said = HistoryFilter(text="what is this"), HistoryFilter(text="cat")
    assert store.history.count("me", asked) == store.history.count("me")
    assert store.history.count("me", said) > 0
    store.close()
    assert begun <= answers
    assert all(attempts[number] == DONE for number in finished)


def statements_of(url: str) -> int:
    process = child("migrate", url, "0")
    said, _ = process.communicate(timeout=60)
    return int(said.split()[-1])


# name -> (how such a store is made, the tags that only it could have, statements to stop between)
OLD = {
    "version 1": (version_1, (), 3),
    "version 2": (version_2, ("work",), 2),
    "version 3": (version_3, ("work",), 1),
    "version 4": (version_4, ("work",), 1),
    "version 5": (version_5, ("work",), 1),
    "version 6": (version_6, ("work",), 1),
}


@pytest.mark.parametrize("old", OLD)
def test_a_migration_killed_before_any_of_its_statements_leaves_the_old_store_and_can_be_repeated(
    tmp_path: Path, old: str
) -> None:
    make, tags, step = OLD[old]
    before = make(tmp_path / "old.db")
    shutil.copy(tmp_path / "old.db", tmp_path / "whole.db")
    statements = statements_of(f"sqlite:///{tmp_path}/whole.db")
    assert_present(tmp_path / "whole.db", tags)
    assert statements > 4
    for stop_at in range(4, statements + 1, step):
        path = tmp_path / f"{stop_at}.db"
        shutil.copy(tmp_path / "old.db", path)
        process = child("migrate", f"sqlite:///{path}", str(stop_at))
        assert process.stdout
        assert [process.stdout.readline(), process.stdout.readline()] == [
            "started\n",
            f"stopped {stop_at}\n",
        ]
        killed(process)
        assert_whole(path)
        assert state(path) == before
        database = Database(f"sqlite:///{path}")
        upgrade(database)
        database.close()
        assert_present(path, tags)


@pytest.mark.parametrize("old", OLD)
@pytest.mark.parametrize("wait", [n * 0.0008 for n in range(10)])
def test_a_migration_killed_at_any_time_leaves_old_or_new(
    tmp_path: Path, wait: float, old: str
) -> None:
    make, tags, _ = OLD[old]
    path = tmp_path / "log.db"
    before = make(path)
    process = child("migrate", f"sqlite:///{path}", "0")
    assert process.stdout
    assert process.stdout.readline() == "started\n"
    time.sleep(wait)
    acknowledged = any(line.startswith("done") for line in killed(process))
    assert_whole(path)
    if acknowledged or state(path) != before:
        assert_present(path, tags)


def test_a_new_store_killed_while_it_is_made_can_be_opened(tmp_path: Path) -> None:
    statements = statements_of(f"sqlite:///{tmp_path}/whole.db")
    for stop_at in range(3, statements + 1, 4):
        path = tmp_path / f"{stop_at}.db"
        process = child("migrate", f"sqlite:///{path}", str(stop_at))
        assert process.stdout
        assert [process.stdout.readline() for _ in "12"][1] == f"stopped {stop_at}\n"
        killed(process)
        assert_whole(path)
        store = open_store(f"sqlite:///{path}")
        store.conversations.begin_turn("me", turn())
        assert store.history.count("me") == 1
        store.close()
