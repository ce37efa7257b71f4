"""The app on a database of its own that tests take away, lock and fill."""

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.support import postgres
from tests.support.loopback.server import Loopback

# Words 100 ms apart: for 6 s, and for 20 s.
BRIEF, SLOW = "fake-tokens-60-100", "fake-slow"
MODELS = ("fake-vision", BRIEF, SLOW)
NO_MOUNT = "a small file system can't be mounted here (only root may): left out"
_ALL_WRITERS = 0x5475776E  # see db.engine.postgres


@dataclass
class Place:
    """An app and its database, which the test may spoil."""

    app: RunningApp
    url: str
    folder: Path
    server: postgres.Postgres | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Another process writes and doesn't end."""
        if self.server:
            plain = self.server.server.get_uri(database="tuwen")
            with psycopg.connect(plain) as other:
                other.execute("SELECT pg_advisory_xact_lock(%s)", (_ALL_WRITERS,))
                yield
            return
        other_ = sqlite3.connect(self.folder / "tuwen.db", isolation_level=None)
        try:
            other_.execute("BEGIN IMMEDIATE")
            yield
        finally:
            other_.close()

    @contextmanager
    def gone(self, *, crash: bool = False) -> Iterator[None]:
        """The database isn't there. crash: its server was killed."""
        if self.server:
            kill(self.server) if crash else self.server.stop()
            yield
            self.server.start()
            return
        away = self.folder.with_name("away")
        self.folder.rename(away)
        yield
        away.rename(self.folder)


def kill(server: postgres.Postgres) -> None:
    """End a PostgreSQL without a word, and wait for its children to notice."""
    postmaster = psutil.Process(server.server.get_pid())
    children = postmaster.children(recursive=True)
    postmaster.send_signal(signal.SIGKILL)
    psutil.wait_procs([postmaster, *children], timeout=20)


def own_server(folder: Path) -> postgres.Postgres:
    """A PostgreSQL that this test alone uses, with an empty database `tuwen`."""
    try:
        server = postgres.Postgres(folder)
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{postgres.MISSING} ({type(error).__name__})")
    # It will be killed, and may lose nothing then that it has said is kept.
    server.execute("ALTER SYSTEM RESET synchronous_commit", "SELECT pg_reload_conf()")
    server.execute("CREATE DATABASE tuwen")
    return server


@pytest.fixture(scope="package")
def loopback() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture(scope="package")
def on_sqlite(
    tmp_path_factory: pytest.TempPathFactory, loopback: Loopback, browser: Browser
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("on-sqlite")
    data = folder / "data"
    data.mkdir()
    url = f"sqlite:///{data}/tuwen.db"
    with RunningApp(folder, loopback.base_url, models=MODELS, env={"DATABASE_URL": url}) as app:
        yield Place(app, url, data)


@pytest.fixture(scope="package")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, loopback: Loopback, browser: Browser
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("on-postgres")
    server = own_server(folder / "server")
    url = server.url("tuwen")
    with RunningApp(folder, loopback.base_url, models=MODELS, env={"DATABASE_URL": url}) as app:
        yield Place(app, url, folder, server)
    server.close()


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each kind in turn."""
    found: Place = request.getfixturevalue(request.param)
    return found


Mount = Callable[[str], Path]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Mount]:
    """small_disk("8m") is a folder on a file system of that size."""
    mounted: list[Path] = []

    def mount(size: str) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        if os.geteuid() != 0 or not shutil.which("mount"):
            pytest.skip(NO_MOUNT)
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True).returncode:
            pytest.skip(NO_MOUNT)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all the space that is left; returns what to remove for it to be free again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def begin(person: Visitor, model: str) -> None:
    """Ask for a long answer and wait until it has begun, and was written once."""
    person.pick_model(model)
    person.send("Count for me")
    expect(said(person, "1 2 3")).to_be_visible()
    person.page.wait_for_timeout(1500)


def said(person: Visitor, words: str) -> Locator:
    """The last message with these words."""
    return person.page.get_by_test_id("stChatMessage").filter(has_text=words).last
