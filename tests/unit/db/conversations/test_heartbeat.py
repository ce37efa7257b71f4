"""An answer that nobody is running any more reads as interrupted, whoever looks."""

from components.chat.store import STALE_AFTER, AttemptResult
from db.store import Store
from tests.unit.db.make import DONE, Clock, progress, rows_of, turn


def seen(store: Store) -> tuple[str, str, bool]:
    """Outcome and text in the conversation, running in the history."""
    found = store.conversations.conversation("me", "c1")
    assert found
    attempt = found.messages[-1].attempt
    assert attempt
    return attempt.result.outcome, found.messages[-1].text, store.history.page("me")[0].running


def test_progress_keeps_an_answer_running(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    for text in ("A", "A c", "A cat"):
        clock.pass_(STALE_AFTER - 1)
        progress(store, "me", "t1", text)
        assert seen(store) == ("running", text, True)


def test_an_answer_is_running_up_to_the_limit_and_interrupted_beyond_it(
    store: Store, clock: Clock
) -> None:
    store.conversations.begin_turn("me", turn())
    progress(store, "me", "t1", "A c")
    clock.pass_(STALE_AFTER)
    assert seen(store) == ("running", "A c", True)
    clock.pass_(0.001)
    assert seen(store) == ("interrupted", "A c", False)


def test_looking_writes_nothing(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    before = rows_of(store)
    clock.pass_(STALE_AFTER + 1)
    seen(store)
    assert rows_of(store) == before


def test_a_stalled_machine_that_comes_back_goes_on(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    clock.pass_(STALE_AFTER * 10)
    progress(store, "me", "t1", "A c")
    assert seen(store) == ("running", "A c", True)
    clock.pass_(STALE_AFTER * 10)
    store.conversations.finish("me", "t1", DONE)
    assert seen(store) == ("ok", "A cat.", False)


def test_after_the_end_neither_progress_nor_another_end_changes_anything(
    store: Store, clock: Clock
) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", AttemptResult("stopped", "A c"))
    before = rows_of(store)
    clock.pass_(1)
    progress(store, "me", "t1", "A cat")
    store.conversations.finish("me", "t1", DONE)
    assert rows_of(store) == before
    clock.pass_(STALE_AFTER + 1)
    assert seen(store) == ("stopped", "A c", False)
