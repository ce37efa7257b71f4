"""Conversations from elsewhere are written whole, once, and over nothing."""

from dataclasses import replace

import pytest

from components.chat.store import AttemptResult, NewImage, StoredConversation
from db.store import Store, open_store
from tests.unit.db.conversations.test_store import FULL
from tests.unit.db.make import DONE, RESTORED, content, rows_of, turn
from tests.unit.db.schema.old import found


def told(store: Store) -> tuple[StoredConversation, list[NewImage]]:
    """Two turns, the second tried twice, with marks; and their images."""
    store.conversations.begin_turn("me", turn("1", text="橘猫？"))
    store.conversations.finish("me", "t1", FULL)
    store.conversations.begin_turn("me", turn("2", conversation_id="c1"))
    store.conversations.finish("me", "t2", AttemptResult("interrupted", "A d"))
    store.conversations.begin_turn("me", turn("2", conversation_id="c1", attempt_id="t3"))
    store.conversations.finish("me", "t3", DONE)
    store.history.star("me", ["c1"])
    store.history.tag("me", ["c1"], "x")
    store.conversations.set_image_text("me", content("1").hash, "read")
    whole = store.conversations.conversation("me", "c1")
    assert whole
    hashes = {i.hash for m in whole.messages for i in m.images}
    return whole, [image for h in hashes if (image := store.conversations.image("me", h or ""))]


def test_a_conversation_comes_out_as_it_was_put_in(store: Store, tmp_path) -> None:  # type: ignore[no-untyped-def]
    whole, contents = told(store)
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    assert other.conversations.restore("she", whole, contents) == "new"
    assert other.conversations.conversation("she", "c1") == whole
    assert other.history.page("she") == store.history.page("me")
    assert other.conversations.image("she", content("1").hash) == store.conversations.image(
        "me", content("1").hash
    )
    assert [found(other, q, "she") for q in ("橘猫", "read", "cat")] == [["c1"]] * 3
    other.close()


def test_the_same_again_changes_nothing(store: Store) -> None:
    whole, contents = told(store)
    before = rows_of(store)
    changed = replace(whole, title="Changed", messages=())
    assert store.conversations.restore("me", changed, contents) == "known"
    assert rows_of(store) == before


def test_what_was_deleted_comes_back_as_it_was(store: Store) -> None:
    whole, contents = told(store)
    store.history.delete("me", ["c1"])
    assert store.conversations.restore("me", replace(whole, title="Changed"), contents) == "known"
    assert store.conversations.conversation("me", "c1") == whole


def test_messages_of_another_conversation_are_never_taken_over(store: Store) -> None:
    whole, contents = told(store)
    before = rows_of(store)
    assert store.conversations.restore("me", replace(whole, id="c7"), contents) == "conflict"
    assert rows_of(store) == before


def test_an_id_that_comes_twice_is_a_conflict(store: Store) -> None:
    twice = replace(RESTORED, messages=RESTORED.messages * 2)
    assert store.conversations.restore("me", twice, [content("9")]) == "conflict"
    assert not any(rows_of(store).values())


def test_without_its_images_nothing_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="no bytes"):
        store.conversations.restore("me", RESTORED, [])
    assert not any(rows_of(store).values())


def test_what_runs_elsewhere_does_not_run_here(store: Store, tmp_path) -> None:  # type: ignore[no-untyped-def]
    store.conversations.begin_turn("me", turn())
    whole = store.conversations.conversation("me", "c1")
    assert whole
    store.conversations.restore("you", whole, [content("1")])
    assert [s.running for s in store.history.page("you")] == [False]
    assert (
        store.conversations.conversation("you", "c1").messages[1].attempt.result.outcome
        == "interrupted"
    )  # type: ignore[union-attr]
