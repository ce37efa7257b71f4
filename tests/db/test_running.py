"""Answers and comparisons in progress, as any process of the log sees them."""

import pytest

from components.chat.log import STALE_AFTER, AlreadyRunning
from db.log import SqlLog
from tests.db.comparing import comparison
from tests.db.make import DONE, Clock, progress, turn

FAR = STALE_AFTER + 1


def test_alone_no_second_answer_begins_beside_one_that_is_alive(log: SqlLog, clock: Clock) -> None:
    log.begin_turn("me", turn("1"), alone=True)
    beside = turn("2", conversation_id="c1")
    with pytest.raises(AlreadyRunning):
        log.begin_turn("me", beside, alone=True)
    found = log.conversation("me", "c1")
    assert found
    assert len(found.messages) == 2
    log.begin_turn("me", turn("1"), alone=True)  # a repeat is harmless
    log.begin_turn("me", turn("3"), alone=True)  # another conversation
    log.begin_turn("you", beside, alone=True)
    clock.pass_(FAR)
    log.begin_turn("me", beside, alone=True)
    log.finish("me", "t2", DONE)
    log.begin_turn("me", turn("4", conversation_id="c1"), alone=True)


def test_who_does_not_ask_to_be_alone_is_not_refused(log: SqlLog) -> None:
    log.begin_turn("me", turn("1"))
    log.begin_turn("me", turn("2", conversation_id="c1"))


def test_a_stop_is_told_with_the_next_heartbeat(log: SqlLog) -> None:
    log.begin_turn("me", turn("1"))
    log.begin_turn("me", turn("2"))
    assert progress(log, "me", "t1", "A c") is False
    assert log.ask_stop("me", "c1")
    assert progress(log, "me", "t1", "A cat") is True
    assert progress(log, "me", "t2", "A d") is False
    assert log.ask_stop_all("me")
    assert progress(log, "me", "t2", "A dog") is True


def test_there_is_nobody_to_stop_after_the_end_or_without_a_heartbeat(
    log: SqlLog, clock: Clock
) -> None:
    log.begin_turn("me", turn("1"))
    log.begin_turn("me", turn("2"))
    log.finish("me", "t1", DONE)
    assert not log.ask_stop("me", "c1")
    clock.pass_(FAR)
    assert not log.ask_stop("me", "c2")
    assert not log.ask_stop_all("me")


def test_a_heartbeat_of_what_was_deleted_says_so(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    log.delete("me", "c1")
    assert progress(log, "me", "t1", "A c") is False  # it can be undone
    log.purge("me")
    assert progress(log, "me", "t1", "A cat") is None


def test_one_attempt_is_read_as_it_stands_now(log: SqlLog, clock: Clock) -> None:
    log.begin_turn("me", turn())
    progress(log, "me", "t1", "A c")
    found = log.attempt("me", "t1")
    assert found
    assert (found.model, found.result.outcome, found.result.text) == ("llava", "running", "A c")
    clock.pass_(FAR)
    assert log.attempt("me", "t1").result.outcome == "interrupted"  # type: ignore[union-attr]
    log.finish("me", "t1", DONE)
    assert log.attempt("me", "t1").result == DONE  # type: ignore[union-attr]
    assert log.attempt("me", "t2") is None


def test_a_heartbeat_from_the_future_is_none(log: SqlLog, clock: Clock) -> None:
    """A clock that was set back must not keep what is dead running for hours."""
    clock.pass_(3600)
    log.begin_turn("me", turn())
    log.begin_comparison("me", *comparison("1"))
    clock.pass_(-STALE_AFTER)
    assert log.attempt("me", "t1").result.outcome == "running"  # type: ignore[union-attr]
    assert log.comparison("me", "cmp1").running  # type: ignore[union-attr]
    clock.pass_(-1)
    assert log.attempt("me", "t1").result.outcome == "interrupted"  # type: ignore[union-attr]
    assert not log.conversations("me")[0].running
    assert not log.comparison("me", "cmp1").running  # type: ignore[union-attr]
    assert not log.comparisons("me")[0].running
    progress(log, "me", "t1", "here after all")
    assert log.attempt("me", "t1").result.outcome == "running"  # type: ignore[union-attr]


def test_cells_are_asked_to_stop_one_by_one_by_column_and_all(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    assert log.comparison_progress("me", "cmp1", {}) == []
    assert log.ask_stop_cells("me", "cmp1", cells=["cell1-2"])
    assert log.comparison_progress("me", "cmp1", {"cell1-2": "a"}) == ["cell1-2"]
    log.finish_cell("me", "cell1-2", DONE)
    assert log.comparison_progress("me", "cmp1", {}) == []
    found = log.comparison("me", "cmp1")
    assert found
    last = [cell.id for cell in found.cells if cell.column == 1 and not cell.ended]
    log.ask_stop_cells("me", "cmp1", column=1)
    assert log.comparison_progress("me", "cmp1", {}) == last
    log.ask_stop_cells("me", "cmp1")
    open_ = [cell.id for cell in found.cells if not cell.ended]
    assert log.comparison_progress("me", "cmp1", {}) == open_
    log.delete_comparison("me", "cmp1")
    assert log.comparison_progress("me", "cmp1", {}) is None


def test_what_was_stopped_and_is_asked_again_is_not_stopped_again(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.ask_stop_cells("me", "cmp1")
    found = log.comparison("me", "cmp1")
    assert found
    ids = [cell.id for cell in found.cells]
    log.stop_cells("me", "cmp1", ids)
    assert log.reopen_cells("me", "cmp1", ids, alone=True) == ids
    assert log.comparison_progress("me", "cmp1", {}) == []


def test_alone_no_cell_is_reopened_beside_somebody_who_is_alive(log: SqlLog, clock: Clock) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.stop_cells("me", "cmp1", ["cell1-0"])
    with pytest.raises(AlreadyRunning):
        log.reopen_cells("me", "cmp1", ["cell1-0"], alone=True)
    assert log.reopen_cells("me", "cmp1", ["cell1-0"]) == ["cell1-0"]
    log.stop_cells("me", "cmp1", ["cell1-0"])
    clock.pass_(FAR)
    assert not log.ask_stop_cells("me", "cmp1")
    assert log.reopen_cells("me", "cmp1", ["cell1-0"], alone=True) == ["cell1-0"]
