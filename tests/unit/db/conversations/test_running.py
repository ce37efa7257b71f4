"""Answers and comparisons in progress, as any process of the store sees them."""

import pytest

from components.chat.store import STALE_AFTER, AlreadyRunning, Progress
from db.store import Store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, Clock, progress, turn

FAR = STALE_AFTER + 1


def test_alone_no_second_answer_begins_beside_one_that_is_alive(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn("1"), alone=True)
    beside = turn("2", conversation_id="c1")
    with pytest.raises(AlreadyRunning):
        store.conversations.begin_turn("me", beside, alone=True)
    found = store.conversations.conversation("me", "c1")
    assert found
    assert len(found.messages) == 2
    store.conversations.begin_turn("me", turn("1"), alone=True)  # a repeat is harmless
    store.conversations.begin_turn("me", turn("3"), alone=True)  # another conversation
    store.conversations.begin_turn("you", beside, alone=True)
    clock.pass_(FAR)
    store.conversations.begin_turn("me", beside, alone=True)
    store.conversations.finish("me", "t2", DONE)
    store.conversations.begin_turn("me", turn("4", conversation_id="c1"), alone=True)


def test_who_does_not_ask_to_be_alone_is_not_refused(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("me", turn("2", conversation_id="c1"))


def test_a_stop_is_told_with_the_next_heartbeat(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("me", turn("2"))
    assert progress(store, "me", "t1", "A c") is False
    assert store.conversations.ask_stop("me", "c1")
    assert progress(store, "me", "t1", "A cat") is True
    assert progress(store, "me", "t2", "A d") is False
    assert store.conversations.ask_stop_all("me")
    assert progress(store, "me", "t2", "A dog") is True


def test_there_is_nobody_to_stop_after_the_end_or_without_a_heartbeat(
    store: Store, clock: Clock
) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("me", turn("2"))
    store.conversations.finish("me", "t1", DONE)
    assert not store.conversations.ask_stop("me", "c1")
    clock.pass_(FAR)
    assert not store.conversations.ask_stop("me", "c2")
    assert not store.conversations.ask_stop_all("me")


def test_a_heartbeat_of_what_was_deleted_says_so(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.history.delete("me", ["c1"])
    assert progress(store, "me", "t1", "A c") is False  # it can be undone
    store.retention.purge("me")
    assert progress(store, "me", "t1", "A cat") is None


def test_one_attempt_is_read_as_it_stands_now(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    progress(store, "me", "t1", "A c")
    found = store.conversations.attempt("me", "t1")
    assert found
    assert (found.model, found.result.outcome, found.result.text) == ("llava", "running", "A c")
    clock.pass_(FAR)
    assert store.conversations.attempt("me", "t1").result.outcome == "interrupted"  # type: ignore[union-attr]
    store.conversations.finish("me", "t1", DONE)
    assert store.conversations.attempt("me", "t1").result == DONE  # type: ignore[union-attr]
    assert store.conversations.attempt("me", "t2") is None


def test_a_heartbeat_from_the_future_is_none(store: Store, clock: Clock) -> None:
    """A clock that was set back must not keep what is dead running for hours."""
    clock.pass_(3600)
    store.conversations.begin_turn("me", turn())
    store.comparisons.begin_comparison("me", *comparison("1"))
    clock.pass_(-STALE_AFTER)
    assert store.conversations.attempt("me", "t1").result.outcome == "running"  # type: ignore[union-attr]
    assert store.comparisons.comparison("me", "cmp1").running  # type: ignore[union-attr]
    clock.pass_(-1)
    assert store.conversations.attempt("me", "t1").result.outcome == "interrupted"  # type: ignore[union-attr]
    assert not store.history.page("me")[0].running
    assert not store.comparisons.comparison("me", "cmp1").running  # type: ignore[union-attr]
    assert not store.comparisons.page("me")[0].running
    progress(store, "me", "t1", "here after all")
    assert store.conversations.attempt("me", "t1").result.outcome == "running"  # type: ignore[union-attr]


def test_cells_are_asked_to_stop_one_by_one_by_column_and_all(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    assert store.comparisons.comparison_progress("me", "cmp1", {}) == []
    assert store.comparisons.ask_stop_cells("me", "cmp1", cells=["cell1-2"])
    assert store.comparisons.comparison_progress("me", "cmp1", {"cell1-2": Progress("a")}) == [
        "cell1-2"
    ]
    store.comparisons.finish_cell("me", "cell1-2", DONE)
    assert store.comparisons.comparison_progress("me", "cmp1", {}) == []
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    last = [cell.id for cell in found.cells if cell.column == 1 and not cell.ended]
    store.comparisons.ask_stop_cells("me", "cmp1", column=1)
    assert store.comparisons.comparison_progress("me", "cmp1", {}) == last
    store.comparisons.ask_stop_cells("me", "cmp1")
    open_ = [cell.id for cell in found.cells if not cell.ended]
    assert store.comparisons.comparison_progress("me", "cmp1", {}) == open_
    store.comparisons.delete("me", "cmp1")
    assert store.comparisons.comparison_progress("me", "cmp1", {}) is None


def test_what_was_stopped_and_is_asked_again_is_not_stopped_again(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.ask_stop_cells("me", "cmp1")
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    ids = [cell.id for cell in found.cells]
    store.comparisons.stop_cells("me", "cmp1", ids)
    assert store.comparisons.reopen_cells("me", "cmp1", ids, alone=True) == ids
    assert store.comparisons.comparison_progress("me", "cmp1", {}) == []


def test_alone_no_cell_is_reopened_beside_somebody_who_is_alive(store: Store, clock: Clock) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.stop_cells("me", "cmp1", ["cell1-0"])
    with pytest.raises(AlreadyRunning):
        store.comparisons.reopen_cells("me", "cmp1", ["cell1-0"], alone=True)
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-0"]) == ["cell1-0"]
    store.comparisons.stop_cells("me", "cmp1", ["cell1-0"])
    clock.pass_(FAR)
    assert not store.comparisons.ask_stop_cells("me", "cmp1")
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-0"], alone=True) == ["cell1-0"]
