"""A backup or a restore that is ended in its middle leaves nothing that looks whole."""

import signal
import time
from pathlib import Path

import psutil
import pytest
from sqlalchemy import make_url

from db.backup import dump, sqlite
from db.backup.copies import Held
from tests.support.databases import Raw
from tests.unit.db.backup.backing_up import (
    backed_up,
    counted,
    fill_large,
    programs_of,
    ran,
    restored,
    start,
    wait_for_part,
)


def look(copy: Path) -> Held:
    """What a copy holds, once all of it was read."""
    return (sqlite if copy.suffix == ".db" else dump).look(copy)


LARGE = {"images": 10, "size": 4_000_000}


def test_a_backup_killed_while_it_is_written_leaves_no_file_that_looks_whole(
    database_url: str, tmp_path: Path
) -> None:
    fill_large(database_url, **LARGE)
    to = tmp_path / "backups"
    parts = 0
    for wait in (0, 0.01, 0.04):
        process = start(database_url, "backup", "--to", str(to))
        wait_for_part(to, process)
        time.sleep(wait)
        programs = programs_of(process)
        process.kill()
        process.communicate()
        psutil.wait_procs(programs, timeout=60)  # pg_dump itself isn't killed, and writes on
        for file in to.iterdir():
            # SQLite's journal may lie beside it.
            if file.name.startswith(".") and ".part" in file.name:
                parts += 1
            else:  # a fast machine was done before the kill
                assert look(file) == counted(database_url)
            file.unlink()
    assert parts, "each was killed before it had written anything"
    assert backed_up(database_url, to)[1].held == counted(database_url)


def test_a_backup_that_is_told_to_end_removes_what_it_has_written(
    database_url: str, tmp_path: Path
) -> None:
    fill_large(database_url, **LARGE)
    to = tmp_path / "backups"
    process = start(database_url, "backup", "--to", str(to))
    wait_for_part(to, process)
    programs = programs_of(process)
    process.send_signal(signal.SIGTERM)
    assert ran(process).code == 128 + signal.SIGTERM
    assert psutil.wait_procs(programs, timeout=10)[1] == []
    assert list(to.iterdir()) == []


def test_a_restore_killed_in_its_middle_leaves_nothing_and_can_be_repeated(
    database_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    images = fill_large(database_url, **LARGE)
    copy, done = backed_up(database_url, tmp_path / "backups")
    if Raw(database_url).is_sqlite:
        url = f"sqlite:///{tmp_path}/new/log.db"
        process = start(url, "restore", str(copy))
        wait_for_part(tmp_path / "new", process)
    else:
        url = request.getfixturevalue("postgres_url")
        process = start(url, "restore", str(copy))
        _wait_for_restore(process)
    programs = programs_of(process)
    for each in (process, *programs):
        each.kill()
    process.communicate()
    if Raw(url).is_sqlite:
        assert not Path(str(make_url(url).database)).exists()
    else:
        _wait_until_rolled_back(url)
        assert Raw(url).tables() == []
    again = restored(url, copy)
    assert again.code == 0, again
    assert again.held == done.held == counted(url)
    assert again.held.images == len(images)


def _wait_for_restore(process) -> None:  # type: ignore[no-untyped-def]
    """Until pg_restore writes into a database, after the copy was read through."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        for each in programs_of(process):
            try:
                if "--single-transaction" in each.cmdline():
                    time.sleep(0.1)
                    return
            except psutil.Error:
                continue
        time.sleep(0.002)


def _wait_until_rolled_back(url: str) -> None:
    others = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    until = time.monotonic() + 30
    while time.monotonic() < until and Raw(url).run(others) != [(0,)]:
        time.sleep(0.05)
