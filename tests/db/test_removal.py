"""Deleting, undoing it, and removing for ever."""

from datetime import timedelta

from db.log import SqlLog
from tests.db.make import DONE, Clock, content, progress, rows_of, shown, turn


def test_a_deleted_conversation_is_out_of_sight_and_comes_back_whole(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.finish("me", "t1", DONE)
    before, rows = log.conversation("me", "c1"), rows_of(log)
    assert log.delete("me", "c1") is True
    assert log.conversation("me", "c1") is None
    assert (log.conversations("me"), log.count("me")) == ([], 0)
    assert log.delete("me", "c1") is False
    assert log.undo_delete("me", ["c1"]) == 1
    assert log.undo_delete("me", ["c1"]) == 0
    assert log.conversation("me", "c1") == before
    assert rows_of(log) == rows


def test_many_are_deleted_and_brought_back_at_once(log: SqlLog) -> None:
    for name in "123":
        log.begin_turn("me", turn(name))
    gone = log.delete_many("me", ["c1", "c3", "none"])
    assert sorted(gone) == ["c1", "c3"]
    assert log.count("me") == 1
    assert log.undo_delete("me", gone) == 2
    assert log.count("me") == 3


def test_an_answer_that_ends_after_the_deletion_is_there_when_it_is_undone(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.delete("me", "c1")
    progress(log, "me", "t1", "A c")
    log.finish("me", "t1", DONE)
    assert log.count("me") == 0
    log.undo_delete("me", ["c1"])
    assert log.conversation("me", "c1").messages[1].text == "A cat."  # type: ignore[union-attr]


def test_asking_in_a_conversation_that_was_just_deleted_brings_it_back(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.delete("me", "c1")
    log.begin_turn("me", turn("2", conversation_id="c1"))
    assert [s.messages for s in log.conversations("me")] == [4]


def test_purging_takes_everything_with_it(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.tag("me", ["c1"], "x")
    log.set_image_text("me", content("1").hash, "read")
    log.delete("me", "c1")
    assert log.purge("me") == 1
    assert not any(rows_of(log).values())
    assert log.undo_delete("me", ["c1"]) == 0
    progress(log, "me", "t1", "A c")
    log.finish("me", "t1", DONE)
    assert not any(rows_of(log).values())


def test_purging_leaves_what_is_not_deleted_and_what_is_not_old_enough(
    log: SqlLog, clock: Clock
) -> None:
    for name in "123":
        log.begin_turn("me", turn(name))
    log.delete("me", "c1")
    clock.pass_(3600)
    log.delete("me", "c2")
    assert log.purge("me", timedelta(hours=1)) == 1
    assert log.undo_delete("me", ["c1", "c2"]) == 1
    assert {s.id for s in log.conversations("me")} == {"c2", "c3"}


def test_purging_leaves_an_image_that_another_conversation_shows_even_a_deleted_one(
    log: SqlLog, clock: Clock
) -> None:
    shared, own = content("shared"), content("own")
    both = {"contents": [shared, own], "images": [shown(shared), shown(own)]}
    log.begin_turn("me", turn("1", **both))
    log.begin_turn("me", turn("2", contents=[shared], images=[shown(shared)]))
    log.delete("me", "c1")
    clock.pass_(3600)
    log.delete("me", "c2")
    log.purge("me", timedelta(hours=1))
    assert log.image("me", own.hash) is None
    assert log.image("me", shared.hash) == shared
    log.purge("me")
    assert log.image("me", shared.hash) is None


def test_more_than_one_transactions_worth_is_purged(log: SqlLog) -> None:
    for n in range(230):
        log.begin_turn("me", turn(str(n)))
    log.delete_many("me", [f"c{n}" for n in range(229)])
    assert log.purge("me") == 229
    assert log.count("me") == 1


def test_the_server_purges_for_everybody_what_is_old_enough(log: SqlLog, clock: Clock) -> None:
    for owner in ("me", "you", "she"):
        log.begin_turn(owner, turn())
    log.delete("me", "c1")
    log.delete("you", "c1")
    clock.pass_(60)
    log.delete("she", "c1")
    assert log.purge_all(timedelta(seconds=60)) == 2
    assert [bool(rows_of(log, o)["messages"]) for o in ("me", "you", "she")] == [
        False,
        False,
        True,
    ]


def test_a_number_of_the_word_index_is_never_given_to_another_conversation(log: SqlLog) -> None:
    log.begin_turn("me", turn("1"))
    (first,) = rows_of(log)["search_keys"]
    log.delete("me", "c1")
    log.purge("me")
    log.begin_turn("me", turn("2"))
    (second,) = rows_of(log)["search_keys"]
    assert first[0] != second[0]
