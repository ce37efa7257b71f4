"""Deleting, undoing it, and removing for ever."""

from datetime import timedelta

from db.store import Store
from tests.unit.db.make import DONE, Clock, content, progress, rows_of, shown, turn


def test_a_deleted_conversation_is_out_of_sight_and_comes_back_whole(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", DONE)
    before, rows = store.conversations.conversation("me", "c1"), rows_of(store)
    assert store.history.delete("me", ["c1"]) == ["c1"]
    assert store.conversations.conversation("me", "c1") is None
    assert (store.history.page("me"), store.history.count("me")) == ([], 0)
    assert store.history.delete("me", ["c1"]) == []
    assert store.history.undo_delete("me", ["c1"]) == 1
    assert store.history.undo_delete("me", ["c1"]) == 0
    assert store.conversations.conversation("me", "c1") == before
    assert rows_of(store) == rows


def test_many_are_deleted_and_brought_back_at_once(store: Store) -> None:
    for name in "123":
        store.conversations.begin_turn("me", turn(name))
    gone = store.history.delete("me", ["c1", "c3", "none"])
    assert sorted(gone) == ["c1", "c3"]
    assert store.history.count("me") == 1
    assert store.history.undo_delete("me", gone) == 2
    assert store.history.count("me") == 3


def test_an_answer_that_ends_after_the_deletion_is_there_when_it_is_undone(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.history.delete("me", ["c1"])
    progress(store, "me", "t1", "A c")
    store.conversations.finish("me", "t1", DONE)
    assert store.history.count("me") == 0
    store.history.undo_delete("me", ["c1"])
    assert store.conversations.conversation("me", "c1").messages[1].text == "A cat."  # type: ignore[union-attr]


def test_asking_in_a_conversation_that_was_just_deleted_brings_it_back(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.history.delete("me", ["c1"])
    store.conversations.begin_turn("me", turn("2", conversation_id="c1"))
    assert [s.messages for s in store.history.page("me")] == [4]


def test_purging_takes_everything_with_it(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.history.tag("me", ["c1"], "x")
    store.conversations.set_image_text("me", content("1").hash, "read")
    store.history.delete("me", ["c1"])
    assert store.retention.purge("me") == 1
    assert not any(rows_of(store).values())
    assert store.history.undo_delete("me", ["c1"]) == 0
    progress(store, "me", "t1", "A c")
    store.conversations.finish("me", "t1", DONE)
    assert not any(rows_of(store).values())


def test_purging_leaves_what_is_not_deleted_and_what_is_not_old_enough(
    store: Store, clock: Clock
) -> None:
    for name in "123":
        store.conversations.begin_turn("me", turn(name))
    store.history.delete("me", ["c1"])
    clock.pass_(3600)
    store.history.delete("me", ["c2"])
    assert store.retention.purge("me", timedelta(hours=1)) == 1
    assert store.history.undo_delete("me", ["c1", "c2"]) == 1
    assert {s.id for s in store.history.page("me")} == {"c2", "c3"}


def test_purging_leaves_an_image_that_another_conversation_shows_even_a_deleted_one(
    store: Store, clock: Clock
) -> None:
    shared, own = content("shared"), content("own")
    both = {"contents": [shared, own], "images": [shown(shared), shown(own)]}
    store.conversations.begin_turn("me", turn("1", **both))
    store.conversations.begin_turn("me", turn("2", contents=[shared], images=[shown(shared)]))
    store.history.delete("me", ["c1"])
    clock.pass_(3600)
    store.history.delete("me", ["c2"])
    store.retention.purge("me", timedelta(hours=1))
    assert store.conversations.image("me", own.hash) is None
    assert store.conversations.image("me", shared.hash) == shared
    store.retention.purge("me")
    assert store.conversations.image("me", shared.hash) is None


def test_more_than_one_transactions_worth_is_purged(store: Store) -> None:
    for n in range(230):
        store.conversations.begin_turn("me", turn(str(n)))
    store.history.delete("me", [f"c{n}" for n in range(229)])
    assert store.retention.purge("me") == 229
    assert store.history.count("me") == 1


def test_the_server_purges_for_everybody_what_is_old_enough(store: Store, clock: Clock) -> None:
    for owner in ("me", "you", "she"):
        store.conversations.begin_turn(owner, turn())
    store.history.delete("me", ["c1"])
    store.history.delete("you", ["c1"])
    clock.pass_(60)
    store.history.delete("she", ["c1"])
    assert store.retention.purge_all(timedelta(seconds=60)) == 2
    assert [bool(rows_of(store, o)["messages"]) for o in ("me", "you", "she")] == [
        False,
        False,
        True,
    ]


def test_a_number_of_the_word_index_is_never_given_to_another_conversation(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    (first,) = rows_of(store)["search_keys"]
    store.history.delete("me", ["c1"])
    store.retention.purge("me")
    store.conversations.begin_turn("me", turn("2"))
    (second,) = rows_of(store)["search_keys"]
    assert first[0] != second[0]
