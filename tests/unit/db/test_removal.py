"""Deleting, undoing it, and removing for ever."""

from datetime import timedelta

from db.store import SqlStore
from tests.unit.db.make import DONE, Clock, content, progress, rows_of, shown, turn


def test_a_deleted_conversation_is_out_of_sight_and_comes_back_whole(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    store.finish("me", "t1", DONE)
    before, rows = store.conversation("me", "c1"), rows_of(store)
    assert store.delete("me", "c1") is True
    assert store.conversation("me", "c1") is None
    assert (store.conversations("me"), store.count("me")) == ([], 0)
    assert store.delete("me", "c1") is False
    assert store.undo_delete("me", ["c1"]) == 1
    assert store.undo_delete("me", ["c1"]) == 0
    assert store.conversation("me", "c1") == before
    assert rows_of(store) == rows


def test_many_are_deleted_and_brought_back_at_once(store: SqlStore) -> None:
    for name in "123":
        store.begin_turn("me", turn(name))
    gone = store.delete_many("me", ["c1", "c3", "none"])
    assert sorted(gone) == ["c1", "c3"]
    assert store.count("me") == 1
    assert store.undo_delete("me", gone) == 2
    assert store.count("me") == 3


def test_an_answer_that_ends_after_the_deletion_is_there_when_it_is_undone(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    store.delete("me", "c1")
    progress(store, "me", "t1", "A c")
    store.finish("me", "t1", DONE)
    assert store.count("me") == 0
    store.undo_delete("me", ["c1"])
    assert store.conversation("me", "c1").messages[1].text == "A cat."  # type: ignore[union-attr]


def test_asking_in_a_conversation_that_was_just_deleted_brings_it_back(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    store.delete("me", "c1")
    store.begin_turn("me", turn("2", conversation_id="c1"))
    assert [s.messages for s in store.conversations("me")] == [4]


def test_purging_takes_everything_with_it(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    store.tag("me", ["c1"], "x")
    store.set_image_text("me", content("1").hash, "read")
    store.delete("me", "c1")
    assert store.purge("me") == 1
    assert not any(rows_of(store).values())
    assert store.undo_delete("me", ["c1"]) == 0
    progress(store, "me", "t1", "A c")
    store.finish("me", "t1", DONE)
    assert not any(rows_of(store).values())


def test_purging_leaves_what_is_not_deleted_and_what_is_not_old_enough(
    store: SqlStore, clock: Clock
) -> None:
    for name in "123":
        store.begin_turn("me", turn(name))
    store.delete("me", "c1")
    clock.pass_(3600)
    store.delete("me", "c2")
    assert store.purge("me", timedelta(hours=1)) == 1
    assert store.undo_delete("me", ["c1", "c2"]) == 1
    assert {s.id for s in store.conversations("me")} == {"c2", "c3"}


def test_purging_leaves_an_image_that_another_conversation_shows_even_a_deleted_one(
    store: SqlStore, clock: Clock
) -> None:
    shared, own = content("shared"), content("own")
    both = {"contents": [shared, own], "images": [shown(shared), shown(own)]}
    store.begin_turn("me", turn("1", **both))
    store.begin_turn("me", turn("2", contents=[shared], images=[shown(shared)]))
    store.delete("me", "c1")
    clock.pass_(3600)
    store.delete("me", "c2")
    store.purge("me", timedelta(hours=1))
    assert store.image("me", own.hash) is None
    assert store.image("me", shared.hash) == shared
    store.purge("me")
    assert store.image("me", shared.hash) is None


def test_more_than_one_transactions_worth_is_purged(store: SqlStore) -> None:
    for n in range(230):
        store.begin_turn("me", turn(str(n)))
    store.delete_many("me", [f"c{n}" for n in range(229)])
    assert store.purge("me") == 229
    assert store.count("me") == 1


def test_the_server_purges_for_everybody_what_is_old_enough(store: SqlStore, clock: Clock) -> None:
    for owner in ("me", "you", "she"):
        store.begin_turn(owner, turn())
    store.delete("me", "c1")
    store.delete("you", "c1")
    clock.pass_(60)
    store.delete("she", "c1")
    assert store.purge_all(timedelta(seconds=60)) == 2
    assert [bool(rows_of(store, o)["messages"]) for o in ("me", "you", "she")] == [
        False,
        False,
        True,
    ]


def test_a_number_of_the_word_index_is_never_given_to_another_conversation(store: SqlStore) -> None:
    store.begin_turn("me", turn("1"))
    (first,) = rows_of(store)["search_keys"]
    store.delete("me", "c1")
    store.purge("me")
    store.begin_turn("me", turn("2"))
    (second,) = rows_of(store)["search_keys"]
    assert first[0] != second[0]
