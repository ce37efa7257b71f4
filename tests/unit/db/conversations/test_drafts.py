"""Images of questions that aren't asked yet, on both kinds of database."""

from datetime import timedelta

import pytest

from components.chat.store import DraftedImage
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.unit.db.make import Clock, content, rows_of, turn
from tests.unit.db.schema.old import as_version

CAT = DraftedImage(content("1").hash, "cat.png", "low", as_is=True)
WAITS = DraftedImage(content("2").hash, "dog.png", "auto", first_frame=True)
LINK = DraftedImage(None, "far.png", "high", url="https://example.org/far.png")


def test_a_draft_is_as_it_was_kept_last(store: Store) -> None:
    store.conversations.keep_draft("me", "d", [CAT, LINK], [content("1")])
    store.conversations.keep_draft("me", "d", [LINK, CAT, WAITS], [content("2")])
    assert (
        store.conversations.draft("me", "d")
        == store.conversations.all_drafts("me")
        == [LINK, CAT, WAITS]
    )
    assert store.conversations.image("me", content("2").hash)
    with pytest.raises(ValueError, match="no bytes"):
        store.conversations.keep_draft("me", "d", [DraftedImage(content("3").hash, "x.png", "low")])
    assert store.conversations.draft("me", "d") == [LINK, CAT, WAITS]


def test_nobody_else_sees_it(store: Store) -> None:
    store.conversations.keep_draft("me", "d", [CAT], [content("1")])
    assert store.conversations.draft("you", "d") == store.conversations.all_drafts("you") == []
    assert store.conversations.image("you", content("1").hash) is None
    store.conversations.keep_draft("you", "d", [])
    store.retention.purge_drafts("you", timedelta(0))
    assert store.conversations.draft("me", "d") == [CAT]


def test_its_bytes_go_with_it_unless_something_else_shows_them(store: Store) -> None:
    store.conversations.keep_draft("me", "d", [CAT, WAITS], [content("1"), content("2")])
    store.conversations.keep_draft("me", "other", [WAITS])
    store.conversations.begin_turn("me", turn())  # asks about the first
    store.conversations.keep_draft("me", "d", [])
    assert store.conversations.image("me", content("1").hash)
    assert store.conversations.image("me", content("2").hash)
    store.conversations.keep_draft("me", "other", [])
    assert store.conversations.image("me", content("2").hash) is None


def test_what_a_draft_shows_outlives_a_conversation_with_it(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.keep_draft("me", "d", [CAT])
    store.history.delete("me", ["c1"])
    store.retention.purge("me")
    assert store.conversations.image("me", content("1").hash)
    store.conversations.keep_draft("me", "d", [])
    assert not any(rows_of(store).values())


def test_it_goes_after_its_time_and_with_everything(store: Store, clock: Clock) -> None:
    store.conversations.keep_draft("me", "old", [CAT], [content("1")])
    clock.now += timedelta(days=6)
    store.conversations.keep_draft("me", "new", [WAITS], [content("2")])
    store.conversations.keep_draft("you", "new", [WAITS], [content("2")])
    clock.now += timedelta(days=1)
    assert store.retention.purge_all_drafts(timedelta(days=7)) == 1
    assert store.conversations.all_drafts("me") == [WAITS]
    assert store.conversations.image("me", content("1").hash) is None
    assert store.usage.stored("me")[0] == len(content("2").content)
    store.retention.delete_everything("me")
    assert store.conversations.all_drafts("me") == []
    assert store.usage.stored("me")[0] == 0
    assert store.conversations.all_drafts("you") == [WAITS]


def test_an_older_store_with_images_in_it_gets_the_table(database_url: str) -> None:
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn())
    store.close()
    as_version(database_url, 9)
    database = Database(database_url)
    upgrade(database, MIGRATIONS[:9])
    database.close()
    store = open_store(database_url)
    store.conversations.keep_draft("me", "d", [CAT, LINK, WAITS], [content("2")])
    assert store.conversations.draft("me", "d") == [CAT, LINK, WAITS]
    assert store.conversations.conversation("me", "c1")
    store.close()
