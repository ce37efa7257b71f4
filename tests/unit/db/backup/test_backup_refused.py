"""What a backup and a restore refuse, in one sentence with a next step, changing nothing."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from db.backup.copies import KNOWN
from db.store import open_store
from tests.support.databases import Raw
from tests.support.paths import ROOT
from tests.support.postgres import shared
from tests.unit.db.backup.backing_up import (
    CHINESE,
    backed_up,
    done_here,
    fill_large,
    ran,
    restored,
    start,
)
from tests.unit.db.make import fill, rows_of, turn


def place_of(url: str) -> str:
    """What errors call it."""
    parsed = make_url(url)
    if Raw(url).is_sqlite:
        return str(parsed.database)
    return f"{parsed.host or parsed.query['host']}/{parsed.database}"


def dumped(url: str, to: Path) -> Path:
    """A copy by pg_dump alone, which looks at nothing."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    program = str(shared().programs / "pg_dump")
    subprocess.run([program, "-Fc", "-f", str(to), "-t", "public.*", plain], check=True)
    return to


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A backup of a small SQLite log."""
    url = f"sqlite:///{tmp_path}/source.db"
    store = open_store(url)
    fill(store)
    store.close()
    return backed_up(url, tmp_path / "backups")[0]


def test_where_there_is_no_store_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    url, to = f"sqlite:///{tmp_path}/log.db", tmp_path / "backups"
    done = ran(start(url, "backup", "--to", str(to)))
    assert done.refused("backup_nothing", path=f"{tmp_path}/log.db")
    assert not (tmp_path / "log.db").exists()
    (tmp_path / "log.db").touch()  # as a start that was killed leaves it
    done = ran(start(url, "backup", "--to", str(to), lang=CHINESE))
    assert done.refused("backup_nothing", "zh", path=f"{tmp_path}/log.db")
    assert list(to.iterdir()) == []


def test_an_empty_database_is_nothing_to_back_up(postgres_url: str, tmp_path: Path) -> None:
    done = done_here(postgres_url, "backup", "--to", str(tmp_path))
    assert done.refused("backup_nothing", path=place_of(postgres_url))
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_is_not_backed_up(tmp_path: Path) -> None:
    path, to = tmp_path / "places.db", tmp_path / "backups"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (url)")
    done = done_here(f"sqlite:///{path}", "backup", "--to", str(to))
    assert done.refused("store_not_ours", path=path)
    assert list(to.iterdir()) == []


def test_a_damaged_store_makes_no_backup(tmp_path: Path) -> None:
    path, to = tmp_path / "log.db", tmp_path / "backups"
    fill_large(f"sqlite:///{path}", 1, 400_000)
    damage(path)
    done = done_here(f"sqlite:///{path}", "backup", "--to", str(to))
    assert done.refused("store_damaged", path=path)
    assert list(to.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    open_store(url).close()
    (tmp_path / "file").touch()
    done = done_here(url, "backup", "--to", f"{tmp_path}/file")
    assert done.refused("backup_folder", path=f"{tmp_path}/file")


def test_a_store_is_never_overwritten(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    fill(store)
    store.close()
    copy, _ = backed_up(database_url, tmp_path / "backups")
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn("later"))
    store.close()
    before = rows_of(database_url)
    done = restored(database_url, copy)
    code = "restore_occupied" if Raw(database_url).is_sqlite else "restore_not_empty"
    assert done.refused(code, path=place_of(database_url))
    assert rows_of(database_url) == before


@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
def test_no_file_is_overwritten_or_folded_in(tmp_path: Path, copy: Path, ending: str) -> None:
    other = tmp_path / f"new.db{ending}"
    other.write_bytes(b"somebody's")
    done = restored(f"sqlite:///{tmp_path}/new.db", copy)
    assert done.refused("restore_occupied", path=other)
    assert other.read_bytes() == b"somebody's"
    assert [p.name for p in tmp_path.glob("*new.db*")] == [other.name]


def test_another_programs_database_is_left_alone(postgres_url: str, tmp_path: Path) -> None:
    Raw(postgres_url).run("CREATE TABLE bookmarks (url text)")
    copy = dumped(postgres_url, tmp_path / "foreign.dump")
    assert restored(postgres_url, copy).refused("restore_not_empty", path=place_of(postgres_url))
    assert Raw(postgres_url).tables() == ["bookmarks"]


def damage(path: Path) -> None:
    """As a bad disk does: a stretch in the middle is something else. In a database that is
    the page of one list of rows at least, so there is more than pictures in it."""
    raw = bytearray(path.read_bytes())
    raw[4096:40_960] = b"\xa5" * (40_960 - 4096)
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


@pytest.mark.parametrize("harm", [damage, cut])
def test_a_damaged_copy_is_refused(database_url, request, tmp_path: Path, harm) -> None:  # type: ignore[no-untyped-def]
    fill_large(database_url, 1, 400_000)
    copy, _ = backed_up(database_url, tmp_path / "backups")
    harm(copy)
    if Raw(database_url).is_sqlite:
        assert restored(f"sqlite:///{tmp_path}/new/log.db", copy).refused(
            "backup_damaged", path=copy
        )
        assert not (tmp_path / "new").exists()
    else:
        empty = request.getfixturevalue("postgres_url")
        assert restored(empty, copy).refused("backup_damaged", path=copy)
        assert Raw(empty).tables() == []


def test_a_copy_of_a_newer_version_is_refused(tmp_path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA user_version=99")
    done = restored(f"sqlite:///{tmp_path}/new.db", copy)
    assert done.refused("backup_newer", path=copy, found=99, known=KNOWN)
    assert not (tmp_path / "new.db").exists()


def test_a_dump_of_a_newer_version_is_refused(
    postgres_store_url: str, postgres_url: str, tmp_path: Path
) -> None:
    open_store(postgres_store_url).close()
    raw = Raw(postgres_store_url)
    raw.run("UPDATE tuwen_schema SET version = 99")
    try:
        done = done_here(postgres_store_url, "backup", "--to", str(tmp_path / "backups"))
        assert done.refused("store_newer", found=99, known=KNOWN)
        copy = dumped(postgres_store_url, tmp_path / "newer.dump")
    finally:
        raw.run("UPDATE tuwen_schema SET version = ?", (KNOWN,))
    assert restored(postgres_url, copy).refused("backup_newer", path=copy, found=99, known=KNOWN)
    assert Raw(postgres_url).tables() == []


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    notes, places = tmp_path / "notes.txt", tmp_path / "places.db"
    notes.write_text("hello")
    with closing(sqlite3.connect(places)) as raw:
        raw.execute("CREATE TABLE bookmarks (url)")
    assert restored(url, notes).refused("backup_foreign", path=notes)
    assert restored(url, places).refused("backup_foreign", path=places)
    assert restored(url, tmp_path / "none.db").refused("backup_file", path=tmp_path / "none.db")
    assert restored(url, tmp_path).refused("backup_file", path=tmp_path)
    assert not (tmp_path / "new.db").exists()


def test_another_programs_dump_is_refused(
    postgres_store_url: str, postgres_url: str, tmp_path: Path
) -> None:
    Raw(postgres_url).run("CREATE TABLE bookmarks (url text)")
    copy = dumped(postgres_url, tmp_path / "foreign.dump")
    Raw(postgres_url).run("DROP TABLE bookmarks")
    assert restored(postgres_url, copy).refused("backup_foreign", path=copy)
    assert Raw(postgres_url).tables() == []


def test_a_copy_of_the_other_kind_of_database_is_refused(
    postgres_store_url: str, postgres_url: str, tmp_path: Path, copy: Path
) -> None:
    kinds = {"found": "SQLite", "wanted": "PostgreSQL"}
    assert restored(postgres_url, copy).refused("backup_kind", path=copy, **kinds)
    open_store(postgres_store_url).close()
    dump, _ = backed_up(postgres_store_url, tmp_path / "backups")
    kinds = {"found": "PostgreSQL", "wanted": "SQLite"}
    done = restored(f"sqlite:///{tmp_path}/new.db", dump)
    assert done.refused("backup_kind", path=dump, **kinds)


def test_a_file_in_use_is_no_backup(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/log.db")
    store.conversations.begin_turn("me", turn())
    done = restored(f"sqlite:///{tmp_path}/new.db", tmp_path / "log.db")
    assert done.refused("backup_in_use", path=tmp_path / "log.db")
    store.close()


def program(folder: Path, name: str, version: str) -> None:
    """Something that is called like a program of PostgreSQL."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
    file.chmod(0o755)


def test_programs_that_are_missing_or_older_than_the_server_are_named(
    postgres_store_url: str, tmp_path: Path
) -> None:
    open_store(postgres_store_url).close()
    to, programs = tmp_path / "backups", tmp_path / "programs"
    needed = int(str(shared().execute("SHOW server_version_num")[0][0])) // 10_000
    done = done_here(postgres_store_url, "backup", "--to", str(to), path=str(programs))
    assert done.refused("backup_no_program", program="pg_dump")
    program(programs, "pg_dump", f"{needed - 1}.18 (Debian {needed - 1}.18-0)")
    first = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = done_here(postgres_store_url, "backup", "--to", str(to), path=first)
    old = {"found": needed - 1, "needed": needed}
    assert done.refused("backup_old_program", program="pg_dump", **old)
    assert list(to.iterdir()) == []


def test_wrong_usage_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    for arguments in ((), ("restore",), ("backup", "--two")):
        done = done_here(url, *arguments)
        assert (done.code, done.out) == (2, "")
        assert "make restore FROM=" in done.errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_hands_on_a_path_with_a_space() -> None:
    said = subprocess.run(
        ["make", "--dry-run", "restore", "FROM=some file.db"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'components.backup_command restore "some file.db"' in said.stdout
