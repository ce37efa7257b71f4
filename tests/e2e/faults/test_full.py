"""The disk is full, really: a small file system of the test's own."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from components.errors import StoreError
from db.store import Store, open_store
from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit
from tests.e2e.faults.conftest import BRIEF, MODELS, Mount, begin, fill, own_server, said
from tests.support.loopback.server import Loopback
from tests.unit.db.make import DONE, turn
from tests.unit.db.make import content as content_of

NOT_SAVED = "Not saved yet"


def test_a_full_disk_keeps_the_question_shows_the_answer_and_saves_it_once_there_is_space(
    small_disk: Mount,
    tmp_path: Path,
    browser: Browser,
    loopback: Loopback,
    visit: Visit,
    pictures: tuple[Path, Path],
) -> None:
    disk = small_disk("6m")
    env = {"DATABASE_URL": f"sqlite:///{disk}/tuwen.db"}
    with RunningApp(tmp_path, loopback.base_url, models=MODELS, env=env) as app:
        asking, reading = visit(app).open(), visit(app).open()
        asking.pick_model("fake-vision")
        asking.ask("Before?")
        asking.drop_in(pictures[1])
        begin(reading, BRIEF)
        ballast = fill(disk)
        asking.send("What is it?")
        full = asking.page.get_by_test_id("stAlert")
        expect(full).to_contain_text("There is no space left for the conversation log.")
        expect(asking.input).to_have_value("What is it?")
        expect(asking.cards).to_have_count(1)
        history = visit(app).open("/history")
        expect(history.key("history_list")).to_contain_text("Before?")
        old = visit(app).open(asking.page.url.removeprefix(app.url))
        expect(said(old, "You asked: Before?")).to_be_visible()
        expect(reading.page.get_by_text(NOT_SAVED)).to_be_visible(timeout=20_000)
        expect(said(reading, "58 59 60")).to_be_visible()
        ballast.unlink()
        expect(reading.page.get_by_text(NOT_SAVED)).to_have_count(0, timeout=30_000)
        reading.page.reload()
        expect(said(reading, "58 59 60")).to_be_visible()
        asking.input.press("Enter")
        expect(said(asking, "I see 1 image.")).to_be_visible(timeout=20_000)


def write_on(store: Store) -> None:
    for n in range(2, 100):
        big = content_of(os.urandom(300_000).hex())
        store.conversations.begin_turn("me", turn(str(n), contents=[big, content_of(str(n))]))


def test_a_postgres_whose_disk_is_full_says_so_reads_on_and_loses_nothing(
    small_disk: Mount,
) -> None:
    disk = small_disk("120m")
    server = own_server(disk / "server")
    store = open_store(server.url("tuwen"))
    store.conversations.begin_turn("me", turn("1"))
    ballast = fill(disk)
    with pytest.raises(StoreError, match="store_full"):
        write_on(store)
    kept = store.history.count("me")
    assert [
        store.conversations.conversation("me", s.id) for s in store.history.page("me", limit=200)
    ]
    ballast.unlink()
    store.conversations.finish("me", "t1", DONE)
    store.conversations.begin_turn("me", turn("after", conversation_id="after"))
    assert store.history.count("me") == kept + 1
    store.close()
    server.close()
