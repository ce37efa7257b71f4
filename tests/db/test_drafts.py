"""Images of questions that aren't asked yet, on both kinds of database."""

from datetime import timedelta

import pytest

from components.chat.log import DraftedImage
from db.engine import Database
from db.log import SqlLog, open_log
from db.migrations import MIGRATIONS
from db.schema import upgrade
from tests.databases import Raw
from tests.db.make import Clock, content, rows_of, turn

CAT = DraftedImage(content("1").hash, "cat.png", "low", as_is=True)
WAITS = DraftedImage(content("2").hash, "dog.png", "auto", first_frame=True, aside=True)
LINK = DraftedImage(None, "far.png", "high", url="https://example.org/far.png")


def test_a_draft_is_as_it_was_kept_last(log: SqlLog) -> None:
    log.keep_draft("me", "d", [CAT, LINK], [content("1")])
    log.keep_draft("me", "d", [LINK, CAT, WAITS], [content("2")])
    assert log.draft("me", "d") == log.all_drafts("me") == [LINK, CAT, WAITS]
    assert log.image("me", content("2").hash)
    with pytest.raises(ValueError, match="no bytes"):
        log.keep_draft("me", "d", [DraftedImage(content("3").hash, "x.png", "low")])
    assert log.draft("me", "d") == [LINK, CAT, WAITS]


def test_nobody_else_sees_it(log: SqlLog) -> None:
    log.keep_draft("me", "d", [CAT], [content("1")])
    assert log.draft("you", "d") == log.all_drafts("you") == []
    assert log.image("you", content("1").hash) is None
    log.keep_draft("you", "d", [])
    log.purge_drafts("you", timedelta(0))
    assert log.draft("me", "d") == [CAT]


def test_its_bytes_go_with_it_unless_something_else_shows_them(log: SqlLog) -> None:
    log.keep_draft("me", "d", [CAT, WAITS], [content("1"), content("2")])
    log.keep_draft("me", "other", [WAITS])
    log.begin_turn("me", turn())  # asks about the first
    log.keep_draft("me", "d", [])
    assert log.image("me", content("1").hash)
    assert log.image("me", content("2").hash)
    log.keep_draft("me", "other", [])
    assert log.image("me", content("2").hash) is None


def test_what_a_draft_shows_outlives_a_conversation_with_it(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.keep_draft("me", "d", [CAT])
    log.delete("me", "c1")
    log.purge("me")
    assert log.image("me", content("1").hash)
    log.keep_draft("me", "d", [])
    assert not any(rows_of(log).values())


def test_it_goes_after_its_time_and_with_everything(log: SqlLog, clock: Clock) -> None:
    log.keep_draft("me", "old", [CAT], [content("1")])
    clock.now += timedelta(days=6)
    log.keep_draft("me", "new", [WAITS], [content("2")])
    log.keep_draft("you", "new", [WAITS], [content("2")])
    clock.now += timedelta(days=1)
    assert log.purge_all_drafts(timedelta(days=7)) == 1
    assert log.all_drafts("me") == [WAITS]
    assert log.image("me", content("1").hash) is None
    assert log.stored("me")[0] == len(content("2").content)
    log.delete_everything("me")
    assert log.all_drafts("me") == []
    assert log.stored("me")[0] == 0
    assert log.all_drafts("you") == [WAITS]


def test_an_older_log_with_images_in_it_gets_the_table(database_url: str) -> None:
    log = open_log(database_url)
    log.begin_turn("me", turn())
    log.close()
    raw = Raw(database_url)
    raw.run("DROP TABLE draft_images")
    if raw.is_sqlite:
        raw.run("PRAGMA user_version=9")
    else:
        raw.run("UPDATE tuwen_schema SET version = 9")
    database = Database(database_url)
    upgrade(database, MIGRATIONS[:9])
    database.close()
    log = open_log(database_url)
    log.keep_draft("me", "d", [CAT, LINK, WAITS], [content("2")])
    assert log.draft("me", "d") == [CAT, LINK, WAITS]
    assert log.conversation("me", "c1")
    log.close()
