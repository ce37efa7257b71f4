"""Whose database it is, where it may live, and what is done before anything is changed."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from components.errors import ConfigError, StoreError
from db.engine.database import Database
from db.engine.sqlite import APPLICATION_ID
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import open_store
from tests.unit.db.make import turn
from tests.unit.db.processes import child

NOBODY = "65534"
VERSION = 1 + len(MIGRATIONS)


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def refused(path: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{path}")
    return caught.value


def test_folder_and_files_are_made_for_their_owner_only(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/a/b/log.db")
    store.conversations.begin_turn("me", turn())
    folder = tmp_path / "a" / "b"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert folder / "log.db-wal" in files
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    store.close()


@pytest.mark.usefixtures("disk_is_waited_for")
def test_the_measured_settings_are_in_force(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/log.db")
    expected = {"busy_timeout": 30000, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    for use in (store.database.read, store.database.write):
        with use() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected
            }
        assert found == expected
    store.close()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.touch()
    store = open_store(f"sqlite:///{path}")
    store.conversations.begin_turn("me", turn())
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    error = refused(path)
    assert (error.code, error.data) == ("store_newer", {"found": 99, "known": VERSION})
    assert path.read_bytes() == before


def test_a_store_that_another_process_upgraded_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version=99")
    database = Database(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="store_newer"):
        upgrade(database)
    database.close()


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("application", [0, 1234])
def test_another_programs_database_is_left_alone(
    tmp_path: Path, mode: str, application: int
) -> None:
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA journal_mode={mode}")
        raw.execute(f"PRAGMA application_id={application}")
        raw.execute("CREATE TABLE bookmarks (url)")
        raw.commit()
    before = files_of(tmp_path)
    error = refused(path)
    assert (error.code, error.data) == ("store_not_ours", {"path": str(path)})
    assert files_of(tmp_path) == before


def test_another_programs_database_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=wal")
        raw.execute("CREATE TABLE bookmarks (url)")
        raw.commit()
        before = path.read_bytes()
        assert refused(path).code == "store_not_ours"
        assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3", b"%PDF-1.7" + b"x" * 9999])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert refused(path).code == "store_not_ours"
    assert files_of(tmp_path) == {"notes.txt": content}


def test_a_damaged_store_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    open_store(f"sqlite:///{path}").close()
    raw = bytearray(path.read_bytes())
    raw[100:400] = b"\xff" * 300  # the root page of sqlite_master
    path.write_bytes(raw)
    assert refused(path).code == "store_damaged"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "data" / "log.db"
    error = refused(path)
    assert (error.code, error.data) == ("store_unwritable", {"path": str(path)})


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "store_unwritable"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach; pytest's own can't be."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
@pytest.mark.parametrize(
    ("there", "file_mode", "folder_mode"),
    [
        ("nothing", 0, 0o555),
        ("an empty file", 0o666, 0o555),
        ("a log", 0o644, 0o555),
        ("a log", 0o666, 0o555),
        ("a log", 0o644, 0o777),
        ("a log", 0o000, 0o777),
    ],
)
def test_a_place_that_may_not_be_written_is_named_and_left_alone(
    open_folder: Path, there: str, file_mode: int, folder_mode: int
) -> None:
    data = open_folder / "data"
    data.mkdir()
    path = data / "log.db"
    if there == "a log":
        open_store(f"sqlite:///{path}").close()
    elif there == "an empty file":
        path.touch()
    if path.exists():
        path.chmod(file_mode)
    data.chmod(folder_mode)
    before = {p.name: p.stat().st_mtime_ns for p in data.iterdir()}
    # Root may write anywhere, so the child gives up its rights if it has them.
    said, _ = child("open_as", f"sqlite:///{path}", NOBODY).communicate(timeout=60)
    after = {p.name: p.stat().st_mtime_ns for p in data.iterdir()}
    data.chmod(0o755)
    assert said == "store_unwritable\n"
    assert after == before


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x.db?uri=true",
        "sqlite:///x.db?timeout=1",
        "postgresql://tuwen:hunter2@db.example",
        "mysql://tuwen:hunter2@db.example/log",
        "not a url hunter2",
        "",
    ],
)
def test_a_url_that_is_no_database_of_ours_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_store(url)
    assert caught.value.code == "config_database"
    assert "hunter2" not in repr(caught.value) + str(caught.value.__cause__)


def test_many_processes_that_start_together_make_one_store(tmp_path: Path) -> None:
    path = tmp_path / "new" / "log.db"
    processes = [child("open", f"sqlite:///{path}", str(n)) for n in range(6)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [p.communicate(timeout=60)[0] for p in processes] == ["opened\n"] * 6
    store = open_store(f"sqlite:///{path}")
    assert store.history.count("me") == 6
    store.close()
