"""Comparisons in a real database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from components.chat.store import STALE_AFTER, AttemptResult, Progress
from components.compare.store import Accepted, ComparedImage
from db.store import Store
from tests.unit.db.comparing import bytes_of, comparison
from tests.unit.db.make import Clock, rows_of, shown, turn

OK = AttemptResult(
    "ok", "42 只", input_tokens=800, output_tokens=3, cost=Decimal("0.00203"), ms_total=900
)


def states(store: Store, name: str = "1", owner: str = "me") -> list[str]:
    found = store.comparisons.comparison(owner, f"cmp{name}")
    assert found
    return [cell.state for cell in found.cells]


def test_a_comparison_comes_back_as_it_was_begun(store: Store) -> None:
    asked, cells, contents = comparison("1")
    cut = replace(asked.images[0], box=(1, 2, 30, 40), scale=50, variant="crop")
    asked = replace(asked, images=(cut, *asked.images[1:]), order="reversed", again=True)
    store.comparisons.begin_comparison("me", asked, cells, contents)
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert found.comparison == asked
    assert found.cells == tuple(cells)
    assert found.running


def test_a_repeat_changes_nothing(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", OK)
    before = rows_of(store)
    store.comparisons.begin_comparison("me", *comparison("1"))
    assert rows_of(store) == before


def test_an_image_without_bytes_is_refused_and_nothing_is_written(store: Store) -> None:
    asked, cells, contents = comparison("1")
    with pytest.raises(ValueError, match="no bytes"):
        store.comparisons.begin_comparison("me", asked, cells, contents[:1])
    assert store.comparisons.comparison("me", "cmp1") is None
    assert store.conversations.image("me", contents[0].hash) is None


def test_cells_end_one_by_one_and_the_first_end_counts(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.comparison_progress(
        "me", "cmp1", {"cell1-0": Progress("4"), "cell1-1": Progress("")}
    )
    store.comparisons.finish_cell("me", "cell1-0", OK)
    store.comparisons.finish_cell("me", "cell1-0", AttemptResult("failed", ""))
    store.comparisons.comparison_progress("me", "cmp1", {"cell1-0": Progress("late")})
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert states(store) == ["ok", "running", "waiting", "waiting"]
    assert found.cells[0].result == OK
    assert found.cells[1].result == AttemptResult("running", "")


@pytest.mark.parametrize(
    ("outcome", "text", "state"),
    [("length", "long", "ok"), ("filtered", "", "failed"), ("interrupted", "half", "interrupted")],
)
def test_a_cell_is_called_by_how_its_answer_ended(
    store: Store, outcome: str, text: str, state: str
) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    result = AttemptResult(outcome, text)  # type: ignore[arg-type]
    store.comparisons.finish_cell("me", "cell1-0", result)
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert (found.cells[0].state, found.cells[0].result) == (state, result)


def test_without_a_heartbeat_what_was_open_reads_as_interrupted(store: Store, clock: Clock) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", OK)
    store.comparisons.comparison_progress("me", "cmp1", {"cell1-1": Progress("half")})
    clock.pass_(STALE_AFTER + 1)
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert not found.running
    assert states(store) == ["ok", "interrupted", "interrupted", "interrupted"]
    assert found.cells[1].answer == "half"
    (summary,) = store.comparisons.page("me")
    assert (summary.running, summary.ended, summary.failed) == (False, 4, 3)


def test_only_the_cells_asked_again_wait_again(store: Store, clock: Clock) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", OK)
    store.comparisons.finish_cell("me", "cell1-1", AttemptResult("failed", "", code="quota"))
    clock.pass_(STALE_AFTER + 1)
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-0", "cell1-1", "cell1-2"]) == [
        "cell1-1",
        "cell1-2",
    ]
    assert states(store) == ["ok", "waiting", "waiting", "interrupted"]
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert found.cells[1].result is None
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-1"]) == []
    store.comparisons.finish_cell("me", "cell1-1", OK)
    assert states(store)[1] == "ok"


def test_stopping_ends_what_waits_and_nothing_else(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.comparison_progress("me", "cmp1", {"cell1-0": Progress("half")})
    store.comparisons.stop_cells("me", "cmp1", ["cell1-0", "cell1-1"])
    assert states(store) == ["running", "stopped", "waiting", "waiting"]
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert found.cells[1].result
    assert found.cells[1].result.cost == 0


def test_the_history_lists_the_newest_first_with_what_is_known(store: Store, clock: Clock) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.finish_cell("me", "cell1-0", OK)
    store.comparisons.finish_cell(
        "me", "cell1-1", AttemptResult("failed", "", code="quota", cost=None)
    )
    later = clock.now.replace(year=2027)
    store.comparisons.begin_comparison("me", *comparison("2", created_at=later, pair_id="cmp1"))
    first, second = store.comparisons.page("me")
    assert (first.id, second.id) == ("cmp2", "cmp1")
    assert (second.images, second.questions, second.cells, second.ended) == (2, 1, 4, 2)
    assert (second.failed, second.running, second.models) == (1, True, ("llava", "gpt-4o"))
    assert (second.cost, second.cost_known) == (Decimal("0.00203"), False)
    assert second.first_image == bytes_of("a").hash
    assert [s.id for s in store.comparisons.page("me", limit=1, offset=1)] == ["cmp1"]
    assert store.comparisons.count("me") == 2
    assert store.comparisons.reversed_runs("me", "cmp1") == ["cmp2"]


def test_an_accepted_answer_is_replaced_and_removed(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))

    def kept() -> tuple[Accepted, ...]:
        found = store.comparisons.comparison("me", "cmp1")
        assert found
        return found.comparison.accepted

    assert store.comparisons.set_accepted("me", "cmp1", 0, "B", "7")
    assert store.comparisons.set_accepted("me", "cmp1", 0, "B", "8")
    assert kept() == (Accepted(0, "42"), Accepted(0, "8", "B"))
    assert store.comparisons.set_accepted("me", "cmp1", 0, "B", None)
    assert store.comparisons.set_accepted("me", "cmp1", 0, "", " ")
    assert kept() == ()
    assert not store.comparisons.set_accepted("me", "nothing", 0, "", "7")


def test_deleting_takes_the_images_that_nothing_else_shows(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1", ("a", "b", "c")))
    store.comparisons.begin_comparison("me", *comparison("2", ("b", "d")))
    kept = bytes_of("c")
    store.conversations.begin_turn("me", turn(images=[shown(kept)], contents=[kept]))
    store.comparisons.begin_comparison("you", *comparison("1", ("a", "b", "c")))
    assert store.comparisons.delete("me", "cmp1")
    assert store.comparisons.comparison("me", "cmp1") is None
    there = {word for word in "abcd" if store.conversations.image("me", bytes_of(word).hash)}
    assert there == {"b", "c", "d"}
    assert store.conversations.image("you", bytes_of("a").hash)
    assert not store.comparisons.delete("me", "cmp1")
    left = rows_of(store, "me")
    assert {row[2] for row in left["comparison_cells"]} == {"cmp2"}


def test_purging_a_conversation_keeps_the_images_that_a_comparison_shows(store: Store) -> None:
    kept = bytes_of("a")
    store.conversations.begin_turn("me", turn(images=[shown(kept)], contents=[kept]))
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.history.delete("me", ["c1"])
    assert store.retention.purge("me") == 1
    assert store.conversations.image("me", kept.hash) == kept


def test_two_owners_with_the_same_ids_have_their_own(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.comparisons.begin_comparison("you", *comparison("1", ("x", "y"), title="Yours"))
    store.comparisons.finish_cell("you", "cell1-0", OK)
    store.comparisons.delete("me", "cmp1")
    found = store.comparisons.comparison("you", "cmp1")
    assert found
    assert (found.comparison.title, found.cells[0].state) == ("Yours", "ok")
    assert store.comparisons.page("me") == []


def test_an_accepted_answer_of_a_row_comes_before_that_of_the_question() -> None:
    asked, _, _ = comparison("1", accepted=(Accepted(0, "42"), Accepted(0, "7", "B")))
    assert asked.accepted_for(("B",), 0) == "7"
    assert asked.accepted_for(("A",), 0) == "42"
    assert asked.accepted_for(("A",), 1) is None
    assert replace(asked, mode="together").accepted_for(("B", "A"), 0) == "42"
    assert ComparedImage("A", "0", "a.png").scale == 100
