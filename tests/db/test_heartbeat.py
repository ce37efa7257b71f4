"""An answer that nobody is running any more reads as interrupted, whoever looks."""

from components.chat.log import STALE_AFTER, AttemptResult
from db.log import SqlLog
from tests.db.make import DONE, Clock, progress, rows_of, turn


def seen(log: SqlLog) -> tuple[str, str, bool]:
    """Outcome and text in the conversation, running in the history."""
    found = log.conversation("me", "c1")
    assert found
    attempt = found.messages[-1].attempt
    assert attempt
    return attempt.result.outcome, found.messages[-1].text, log.conversations("me")[0].running


def test_progress_keeps_an_answer_running(log: SqlLog, clock: Clock) -> None:
    log.begin_turn("me", turn())
    for text in ("A", "A c", "A cat"):
        clock.pass_(STALE_AFTER - 1)
        progress(log, "me", "t1", text)
        assert seen(log) == ("running", text, True)


def test_an_answer_is_running_up_to_the_limit_and_interrupted_beyond_it(
    log: SqlLog, clock: Clock
) -> None:
    log.begin_turn("me", turn())
    progress(log, "me", "t1", "A c")
    clock.pass_(STALE_AFTER)
    assert seen(log) == ("running", "A c", True)
    clock.pass_(0.001)
    assert seen(log) == ("interrupted", "A c", False)


def test_looking_writes_nothing(log: SqlLog, clock: Clock) -> None:
    log.begin_turn("me", turn())
    before = rows_of(log)
    clock.pass_(STALE_AFTER + 1)
    seen(log)
    assert rows_of(log) == before


def test_a_stalled_machine_that_comes_back_goes_on(log: SqlLog, clock: Clock) -> None:
    log.begin_turn("me", turn())
    clock.pass_(STALE_AFTER * 10)
    progress(log, "me", "t1", "A c")
    assert seen(log) == ("running", "A c", True)
    clock.pass_(STALE_AFTER * 10)
    log.finish("me", "t1", DONE)
    assert seen(log) == ("ok", "A cat.", False)


def test_after_the_end_neither_progress_nor_another_end_changes_anything(
    log: SqlLog, clock: Clock
) -> None:
    log.begin_turn("me", turn())
    log.finish("me", "t1", AttemptResult("stopped", "A c"))
    before = rows_of(log)
    clock.pass_(1)
    progress(log, "me", "t1", "A cat")
    log.finish("me", "t1", DONE)
    assert rows_of(log) == before
    clock.pass_(STALE_AFTER + 1)
    assert seen(log) == ("stopped", "A c", False)
