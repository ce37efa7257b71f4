"""A backup of a store in use, and a store out of it."""

import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from components.chat.store import HistoryFilter
from db.backup.copying import back_up
from db.store import open_store
from tests.support.databases import Raw
from tests.unit.db.backup.backing_up import assert_whole, backed_up, counted, fill_large, restored
from tests.unit.db.make import DONE, fill, rows_of, turn
from tests.unit.db.processes import child, killed
from tests.unit.db.schema.old import assert_present, state, version_5


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """Another place of the same kind, with nothing there."""
    if Raw(database_url).is_sqlite:
        return f"sqlite:///{tmp_path}/new/log.db"
    return str(request.getfixturevalue("postgres_url"))


def test_a_backup_under_eight_writers_has_all_that_was_acknowledged_and_nothing_half(
    database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    writer = child("write", database_url, "0")
    assert writer.stdout
    said: list[tuple[str, ...]] = []
    while sum(kind == "finished" for kind, _ in said) < 60:
        said.append(tuple(writer.stdout.readline().split()))
    acknowledged = list(said)
    # Goes on reading, so that the writer goes on writing; its stream is read to the end below.
    enough = threading.Event()
    reading = threading.Thread(target=_read_on, args=(writer.stdout, said, enough))
    reading.start()
    copy, first = backed_up(database_url, tmp_path / "backups")
    enough.set()
    reading.join()
    killed(writer)
    assert len(said) > len(acknowledged), "nothing was written during the backup"

    again = restored(elsewhere, copy)
    assert again.code == 0, again
    assert again.held == first.held == counted(elsewhere)
    store = open_store(elsewhere)
    begun, finished = assert_whole(store)
    assert {n for kind, n in acknowledged if kind == "begun"} <= begun
    assert {n for kind, n in acknowledged if kind == "finished"} <= finished
    assert len(begun) * 2 == first.held.messages
    asked, answered = HistoryFilter(text="what is this"), HistoryFilter(text="cat")
    assert store.history.count("me", asked) == store.history.count("me") == first.held.conversations
    assert store.history.count("me", answered) > 0
    store.close()
    if Raw(elsewhere).is_sqlite:
        assert Raw(elsewhere).run("PRAGMA integrity_check") == [("ok",)]
        assert Raw(elsewhere).run("PRAGMA foreign_key_check") == []


def _read_on(stream, said: list[tuple[str, ...]], enough: threading.Event) -> None:  # type: ignore[no-untyped-def]
    while not enough.is_set():
        line = stream.readline()
        if not line:
            return
        said.append(tuple(line.split()))


def test_every_row_comes_back_as_it_was(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    fill(store, "me")
    fill(store, "you")
    store.history.tag("me", ["c1"], "工作")
    store.conversations.set_image_text(
        "me", store.conversations.conversation("me", "c1").messages[0].images[0].hash, "出口 Exit"
    )  # type: ignore[union-attr, arg-type]
    store.conversations.finish("me", "t1", DONE)
    store.close()
    copy, done = backed_up(database_url, tmp_path / "backups")
    assert done.held == counted(database_url)
    assert restored(elsewhere, copy).code == 0
    assert rows_of(elsewhere) == rows_of(database_url)
    store = open_store(elsewhere)
    assert store.history.count("me", HistoryFilter(text="出口")) == 1
    store.conversations.begin_turn("me", turn("later", text="Zebra crossing"))
    assert store.history.count("me", HistoryFilter(text="zebra")) == 1
    store.close()


def test_images_come_back_byte_for_byte(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    images = fill_large(database_url, 5, 1_000_000)
    copy, done = backed_up(database_url, tmp_path / "backups")
    assert done.held.images == 5
    assert restored(elsewhere, copy).code == 0
    store = open_store(elsewhere)
    for hash_, raw in images.items():
        kept = store.conversations.image("me", hash_)
        assert kept
        assert kept.content == raw
    store.close()


def test_a_backup_is_for_its_owner_only_and_is_named_by_its_time(
    database_url: str, tmp_path: Path
) -> None:
    open_store(database_url).close()
    before = datetime.now(UTC).replace(microsecond=0)
    copy, _ = backed_up(database_url, tmp_path / "a" / "b")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    named = datetime.strptime(copy.stem, "tuwen-%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
    assert before <= named <= datetime.now(UTC)


def test_two_backups_of_one_second_are_two_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    open_store(url).close()
    now = datetime(2026, 3, 1, 1, 2, 3, tzinfo=timezone(timedelta(hours=8)))
    first, second = (back_up(url, tmp_path / "b", now) for _ in range(2))
    assert Path(first.place).name == "tuwen-2026-02-28T17-02-03Z.db"
    assert Path(second.place).name == "tuwen-2026-02-28T17-02-03Z-2.db"
    assert len(list((tmp_path / "b").iterdir())) == 2


def test_a_store_of_an_older_version_is_backed_up_as_it_is_and_upgraded_when_it_is_opened(
    tmp_path: Path,
) -> None:
    path, elsewhere = tmp_path / "log.db", tmp_path / "new.db"
    before = version_5(path)
    copy, _ = backed_up(f"sqlite:///{path}", tmp_path / "backups")
    assert restored(f"sqlite:///{elsewhere}", copy).code == 0
    assert state(path) == state(elsewhere) == before
    open_store(f"sqlite:///{elsewhere}").close()
    assert_present(elsewhere, ("work",))


def test_a_copy_of_a_file_needs_no_other_file_beside_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    store = open_store(url)  # stays open, so that what is written stands in the WAL
    store.conversations.begin_turn("me", turn())
    assert (tmp_path / "log.db-wal").stat().st_size > 0
    copy, done = backed_up(url, tmp_path / "backups")
    assert done.held.conversations == 1
    assert list(copy.parent.iterdir()) == [copy]
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    store.close()
