"""What models thought is kept apart from what they answered, on both kinds of database: so far, at
the end, and of what was written before version 8."""

import dataclasses

import pytest

from components.chat.store import STALE_AFTER, AttemptResult, Progress
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, Clock, progress, turn
from tests.unit.db.schema.old import as_version

THOUGHT = dataclasses.replace(DONE, text="No", reasoning="maybe yes")
PLAIN = dataclasses.replace(DONE, text="I think not. Use `<think>` and `</think>`.")


def _kept(store: Store, conversation: str, compared: str) -> tuple[AttemptResult, ...]:
    """Of the answer, and of the first cell."""
    found, cells = (
        store.conversations.conversation("me", conversation),
        store.comparisons.comparison("me", compared),
    )
    assert found
    assert found.messages[1].attempt
    assert found.messages[1].text == found.messages[1].attempt.result.text
    assert cells
    assert cells.cells[0].result
    return found.messages[1].attempt.result, cells.cells[0].result


def _fill(store: Store, result: AttemptResult) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.finish("me", "t1", result)
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", result)


def test_what_a_model_thought_is_kept_beside_its_answer(database_url: str) -> None:
    store = open_store(database_url)
    _fill(store, THOUGHT)
    assert _kept(store, "c1", "cmp1") == (THOUGHT, THOUGHT)
    store.close()


def test_a_thought_so_far_outlives_whoever_ran_it(store: Store, clock: Clock) -> None:
    store.conversations.begin_turn("me", turn())
    store.comparisons.begin_comparison("me", *comparison("1"))
    for so_far in (Progress("", "maybe"), Progress("N", "maybe yes")):
        progress(store, "me", "t1", so_far.text, so_far.reasoning)
        store.comparisons.comparison_progress("me", "cmp1", {"cell1-0": so_far})
        running = AttemptResult("running", so_far.text, reasoning=so_far.reasoning)
        assert _kept(store, "c1", "cmp1") == (running, running)
    clock.pass_(STALE_AFTER + 1)
    dead = AttemptResult("interrupted", "N", reasoning="maybe yes")
    assert _kept(store, "c1", "cmp1") == (dead, dead)
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-0"]) == ["cell1-0"]
    store.comparisons.comparison_progress("me", "cmp1", {"cell1-0": Progress("", "")})
    assert _kept(store, "c1", "cmp1") == (dead, AttemptResult("running", ""))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<think>\nmaybe yes\n</think>\n\nNo", THOUGHT),
        ("maybe yes\n[/THINK]No", THOUGHT),
        (PLAIN.text, PLAIN),
    ],
)
def test_old_answers_are_told_apart_from_what_was_thought_in_them(
    database_url: str, written: str, expected: AttemptResult
) -> None:
    store = open_store(database_url)
    _fill(store, dataclasses.replace(expected, text=written, reasoning=""))
    store.close()
    as_version(database_url, 7)
    database = Database(database_url)
    upgrade(database, MIGRATIONS[:7])
    database.close()
    store = open_store(database_url)
    assert _kept(store, "c1", "cmp1") == (expected, expected)
    store.close()
