"""Comparisons in a real database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from components.chat.log import STALE_AFTER, AttemptResult
from components.compare.log import Accepted, ComparedImage
from db.log import SqlLog
from tests.db.comparing import bytes_of, comparison
from tests.db.make import Clock, rows_of, shown, turn

OK = AttemptResult(
    "ok", "42 只", input_tokens=800, output_tokens=3, cost=Decimal("0.00203"), ms_total=900
)


def states(log: SqlLog, name: str = "1", owner: str = "me") -> list[str]:
    found = log.comparison(owner, f"cmp{name}")
    assert found
    return [cell.state for cell in found.cells]


def test_a_comparison_comes_back_as_it_was_begun(log: SqlLog) -> None:
    asked, cells, contents = comparison("1")
    cut = replace(asked.images[0], box=(1, 2, 30, 40), scale=50, variant="crop")
    asked = replace(asked, images=(cut, *asked.images[1:]), order="reversed", again=True)
    log.begin_comparison("me", asked, cells, contents)
    found = log.comparison("me", "cmp1")
    assert found
    assert found.comparison == asked
    assert found.cells == tuple(cells)
    assert found.running


def test_a_repeat_changes_nothing(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.finish_cell("me", "cell1-0", OK)
    before = rows_of(log)
    log.begin_comparison("me", *comparison("1"))
    assert rows_of(log) == before


def test_an_image_without_bytes_is_refused_and_nothing_is_written(log: SqlLog) -> None:
    asked, cells, contents = comparison("1")
    with pytest.raises(ValueError, match="no bytes"):
        log.begin_comparison("me", asked, cells, contents[:1])
    assert log.comparison("me", "cmp1") is None
    assert log.image("me", contents[0].hash) is None


def test_cells_end_one_by_one_and_the_first_end_counts(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.comparison_progress("me", "cmp1", {"cell1-0": "4", "cell1-1": ""})
    log.finish_cell("me", "cell1-0", OK)
    log.finish_cell("me", "cell1-0", AttemptResult("failed", ""))
    log.comparison_progress("me", "cmp1", {"cell1-0": "late"})
    found = log.comparison("me", "cmp1")
    assert found
    assert states(log) == ["ok", "running", "waiting", "waiting"]
    assert found.cells[0].result == OK
    assert found.cells[1].result == AttemptResult("running", "")


@pytest.mark.parametrize(
    ("outcome", "text", "state"),
    [("length", "long", "ok"), ("filtered", "", "failed"), ("interrupted", "half", "interrupted")],
)
def test_a_cell_is_called_by_how_its_answer_ended(
    log: SqlLog, outcome: str, text: str, state: str
) -> None:
    log.begin_comparison("me", *comparison("1"))
    result = AttemptResult(outcome, text)  # type: ignore[arg-type]
    log.finish_cell("me", "cell1-0", result)
    found = log.comparison("me", "cmp1")
    assert found
    assert (found.cells[0].state, found.cells[0].result) == (state, result)


def test_without_a_heartbeat_what_was_open_reads_as_interrupted(log: SqlLog, clock: Clock) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.finish_cell("me", "cell1-0", OK)
    log.comparison_progress("me", "cmp1", {"cell1-1": "half"})
    clock.pass_(STALE_AFTER + 1)
    found = log.comparison("me", "cmp1")
    assert found
    assert not found.running
    assert states(log) == ["ok", "interrupted", "interrupted", "interrupted"]
    assert found.cells[1].answer == "half"
    (summary,) = log.comparisons("me")
    assert (summary.running, summary.ended, summary.failed) == (False, 4, 3)


def test_only_the_cells_asked_again_wait_again(log: SqlLog, clock: Clock) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.finish_cell("me", "cell1-0", OK)
    log.finish_cell("me", "cell1-1", AttemptResult("failed", "", code="quota"))
    clock.pass_(STALE_AFTER + 1)
    assert log.reopen_cells("me", "cmp1", ["cell1-0", "cell1-1", "cell1-2"]) == [
        "cell1-1",
        "cell1-2",
    ]
    assert states(log) == ["ok", "waiting", "waiting", "interrupted"]
    found = log.comparison("me", "cmp1")
    assert found
    assert found.cells[1].result is None
    assert log.reopen_cells("me", "cmp1", ["cell1-1"]) == []
    log.finish_cell("me", "cell1-1", OK)
    assert states(log)[1] == "ok"


def test_stopping_ends_what_waits_and_nothing_else(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.comparison_progress("me", "cmp1", {"cell1-0": "half"})
    log.stop_cells("me", "cmp1", ["cell1-0", "cell1-1"])
    assert states(log) == ["running", "stopped", "waiting", "waiting"]
    found = log.comparison("me", "cmp1")
    assert found
    assert found.cells[1].result
    assert found.cells[1].result.cost == 0


def test_the_history_lists_the_newest_first_with_what_is_known(log: SqlLog, clock: Clock) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.finish_cell("me", "cell1-0", OK)
    log.finish_cell("me", "cell1-1", AttemptResult("failed", "", code="quota", cost=None))
    later = clock.now.replace(year=2027)
    log.begin_comparison("me", *comparison("2", created_at=later, pair_id="cmp1"))
    first, second = log.comparisons("me")
    assert (first.id, second.id) == ("cmp2", "cmp1")
    assert (second.images, second.questions, second.cells, second.ended) == (2, 1, 4, 2)
    assert (second.failed, second.running, second.models) == (1, True, ("llava", "gpt-4o"))
    assert (second.cost, second.cost_known) == (Decimal("0.00203"), False)
    assert second.first_image == bytes_of("a").hash
    assert [s.id for s in log.comparisons("me", limit=1, offset=1)] == ["cmp1"]
    assert log.count_comparisons("me") == 2
    assert log.reversed_runs("me", "cmp1") == ["cmp2"]


def test_an_accepted_answer_is_replaced_and_removed(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))

    def kept() -> tuple[Accepted, ...]:
        found = log.comparison("me", "cmp1")
        assert found
        return found.comparison.accepted

    assert log.set_accepted("me", "cmp1", 0, "B", "7")
    assert log.set_accepted("me", "cmp1", 0, "B", "8")
    assert kept() == (Accepted(0, "42"), Accepted(0, "8", "B"))
    assert log.set_accepted("me", "cmp1", 0, "B", None)
    assert log.set_accepted("me", "cmp1", 0, "", " ")
    assert kept() == ()
    assert not log.set_accepted("me", "nothing", 0, "", "7")


def test_deleting_takes_the_images_that_nothing_else_shows(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1", ("a", "b", "c")))
    log.begin_comparison("me", *comparison("2", ("b", "d")))
    kept = bytes_of("c")
    log.begin_turn("me", turn(images=[shown(kept)], contents=[kept]))
    log.begin_comparison("you", *comparison("1", ("a", "b", "c")))
    assert log.delete_comparison("me", "cmp1")
    assert log.comparison("me", "cmp1") is None
    there = {word for word in "abcd" if log.image("me", bytes_of(word).hash)}
    assert there == {"b", "c", "d"}
    assert log.image("you", bytes_of("a").hash)
    assert not log.delete_comparison("me", "cmp1")
    left = rows_of(log, "me")
    assert {row[2] for row in left["comparison_cells"]} == {"cmp2"}


def test_purging_a_conversation_keeps_the_images_that_a_comparison_shows(log: SqlLog) -> None:
    kept = bytes_of("a")
    log.begin_turn("me", turn(images=[shown(kept)], contents=[kept]))
    log.begin_comparison("me", *comparison("1"))
    log.delete("me", "c1")
    assert log.purge("me") == 1
    assert log.image("me", kept.hash) == kept


def test_two_owners_with_the_same_ids_have_their_own(log: SqlLog) -> None:
    log.begin_comparison("me", *comparison("1"))
    log.begin_comparison("you", *comparison("1", ("x", "y"), title="Yours"))
    log.finish_cell("you", "cell1-0", OK)
    log.delete_comparison("me", "cmp1")
    found = log.comparison("you", "cmp1")
    assert found
    assert (found.comparison.title, found.cells[0].state) == ("Yours", "ok")
    assert log.comparisons("me") == []


def test_an_accepted_answer_of_a_row_comes_before_that_of_the_question() -> None:
    asked, _, _ = comparison("1", accepted=(Accepted(0, "42"), Accepted(0, "7", "B")))
    assert asked.accepted_for(("B",), 0) == "7"
    assert asked.accepted_for(("A",), 0) == "42"
    assert asked.accepted_for(("A",), 1) is None
    assert replace(asked, mode="together").accepted_for(("B", "A"), 0) == "42"
    assert ComparedImage("A", "0", "a.png").scale == 100
