"""Processes for the store's tests, started by tests.unit.db.processes.

Each says what it did on stdout, a line at a time, so that a parent that kills it knows what had
been acknowledged.
"""

import os
import sys
import threading
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection as Connected

from sqlalchemy import Connection, event

from components.errors import AppError
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.unit.db.make import DONE, content, progress, shown, turn

_saying = threading.Lock()


def say(*words: object) -> None:
    with _saying:
        # One write: print() makes several of it when Python runs unbuffered.
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()


def write(url: str, start: str) -> None:
    """Eight threads write turns until killed; each id is said once the store has taken it."""
    store = open_store(url)
    numbers = count(int(start))

    def work() -> None:
        for n in numbers:
            kept = content(str(n % 50))
            image = {"images": [shown(kept)], "contents": [kept]}
            store.conversations.begin_turn(
                "me", turn(str(n), conversation_id=f"c{n % 20}", **image)
            )
            say("begun", n)
            progress(store, "me", f"t{n}", f"half {n}")
            store.conversations.finish("me", f"t{n}", DONE)
            say("finished", n)

    for _ in range(8):
        threading.Thread(target=work).start()


def read(url: str) -> None:
    """Reads until stdin ends, and says how often, or what was torn."""
    store = open_store(url)
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    say("ready")
    reads = 0
    while not stop.is_set():
        for summary in store.history.page("me", limit=20):
            found = store.conversations.conversation("me", summary.id)
            assert found, "a listed conversation is there"
            assert len(found.messages) >= summary.messages, "what was counted is there"
            assert len(found.messages) % 2 == 0, "a question never stands without its answer"
            assert all(
                store.conversations.thumbnail("me", i.hash or "")
                for m in found.messages
                for i in m.images
            )
            reads += 1
    say("reads", reads)


def migrate(url: str, stop_at: str) -> None:
    """Upgrades to our version; stops for ever before statement number `stop_at`."""
    database = Database(url)
    database.dialect.prepare(known=1 + len(MIGRATIONS))
    statements = count(1)

    def pause(*_: object) -> None:
        n = next(statements)
        if n == int(stop_at):
            say("stopped", n)
            threading.Event().wait()

    event.listen(database.engine, "before_cursor_execute", pause)
    say("started")
    upgrade(database)
    say("done", next(statements) - 1)


def open_as(url: str, user: str) -> None:
    """Opens the store without root's rights and says what came of it."""
    if os.getuid() == 0:
        os.setgid(int(user))
        os.setuid(int(user))
    try:
        store: Store = open_store(url)
    except AppError as error:
        say(error.code)
    else:
        say("opened", store.history.count("me"))


def open_at(url: str, name: str) -> None:
    """Opens a store as soon as stdin says so: many at once make it at the same time."""
    say("ready")
    sys.stdin.readline()
    store = open_store(url)
    store.conversations.begin_turn("me", turn(name))
    say("opened")


def hold(url: str, owner: str) -> None:
    """Writes for an owner and never ends to."""
    with Database(url).write(owner):
        say("holding")
        threading.Event().wait()


def migrate_further(url: str) -> None:
    """Upgrades by one version more than there is, and stops for ever when that is half done."""

    def change(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id INTEGER)")
        say("changed")
        threading.Event().wait()

    upgrade(Database(url), (*MIGRATIONS, change))


_WHAT: dict[str, Callable[..., None]] = {
    "write": write,
    "read": read,
    "migrate": migrate,
    "open_as": open_as,
    "open": open_at,
    "hold": hold,
    "migrate_further": migrate_further,
}


def run(stdin: Connected, stdout: Connected, what: str, *arguments: str) -> None:
    """What a child does from its begin."""
    sys.stdin = os.fdopen(os.dup(stdin.fileno()), encoding="utf-8")
    sys.stdout = os.fdopen(os.dup(stdout.fileno()), "w", encoding="utf-8")
    _WHAT[what](*arguments)
