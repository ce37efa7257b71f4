"""Every field of a reply, in comparisons: figures that can't be, silence with a bill, echoes."""

from dataclasses import replace
from typing import Any

import pytest

from components.chat.store import AttemptResult
from components.compare.export import comparison_csv, comparison_html
from components.compare.judging.judge import judge
from components.compare.store import Cell
from tests.support.loopback import Loopback
from tests.support.loopback.reply import answer
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import ended

KEY = "sk-canary-7d20c1f4a9e6b358"
FIGURES = ("huge", "endless", "infinite", "negative", "fraction", "worded", "nested", "over-cached")


def asked(analyzer: ImageAnalyzer, fault: str) -> Cell:
    """The one cell, as the store has it."""
    analyzer.endpoint = replace(analyzer.endpoint, api_key=KEY)
    run = analyzer.start(f"fault-{fault}", images=1)
    assert ended(run).done
    (cell,) = analyzer.kept(run)
    assert run.settled
    return cell


def test_figures_that_cannot_be_end_the_cell_and_say_so(analyzer: ImageAnalyzer) -> None:
    for each in FIGURES:
        cell = asked(analyzer, f"{each}-usage")
        assert cell.result
        assert (cell.state, cell.answer) == ("ok", "All is well."), each
        assert cell.result.usage_source == "implausible", each


def test_a_bill_for_no_word_is_kept(analyzer: ImageAnalyzer) -> None:
    for fault, code in (("only-thought", "empty"), ("only-thought-length", "cut_empty")):
        result = asked(analyzer, fault).result
        assert result
        assert (result.code, result.usage_source) == (code, "reported")
        assert (result.input_tokens, result.output_tokens) == (100, 50)
        assert result.model_answered == "fake-vision"
        assert result.error_data["thought"] == "True"


def test_halves_and_echoes_are_mended_before_they_are_kept(analyzer: ImageAnalyzer) -> None:
    assert asked(analyzer, "half-pairs").answer == "a🐈b\ufffdc\ufffd"
    cell = asked(analyzer, "key-everywhere")
    assert cell.answer == "[…] is it."
    assert KEY not in repr(cell)


def test_a_limit_told_within_an_answer_is_waited_for(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    cell = asked(analyzer, "429-event-then-fine")
    assert (cell.state, cell.answer) == ("ok", "All is well.")
    assert len(loopback.asked()) == 2


def test_what_a_model_thought_is_kept_and_never_judged(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    replies = (
        answer("<think>maybe yes, there are 3</think>\n\n", "No"),
        answer("maybe yes, there are 3\n</think>\n", "No"),
        answer("[THINK]maybe yes, there are 3[/THINK]", "No"),
    )
    for reply in replies:
        loopback.enqueue(reply)
        run = analyzer.start("fake-vision", images=1)
        assert ended(run).done
        (cell,) = analyzer.kept(run)
        assert cell.result
        assert (cell.answer, cell.result.reasoning) == ("No", "maybe yes, there are 3")
        found = judge(cell.answer, "no", cell.letters)
        assert found.right
        whole = analyzer.store.comparisons.comparison(run.owner, run.id)
        assert whole
        assert b"maybe" in b"".join(comparison_csv(whole))
        assert b"maybe" not in b"".join(comparison_html(whole, lambda _: None, "en"))


def test_whatever_the_store_raises_the_cell_ends_and_can_be_asked_again(
    analyzer: ImageAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OverflowError("finish_cell")

    monkeypatch.setattr(analyzer.store.comparisons, "finish_cell", fail)
    run = analyzer.start("fake-vision", images=1)
    now = ended(run)
    assert now.cells[0].answer.startswith("I see 1 image.")
    assert len(now.store_errors) == 1
    assert ended(analyzer.start("fake-vision", images=2, owner="you")).done


def test_a_cell_whose_end_the_store_does_not_take_keeps_no_other_from_its_retry(
    analyzer: ImageAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = analyzer.store.comparisons.finish_cell

    def choosy(owner: str, cell_id: str, result: AttemptResult, *pictures: Any) -> None:
        if result.text:
            raise OverflowError("finish_cell")
        finish(owner, cell_id, result, *pictures)

    monkeypatch.setattr(analyzer.store.comparisons, "finish_cell", choosy)
    run = analyzer.start("fake-vision", "fake-status-401", images=1)
    good, bad = ended(run).cells
    assert (good.state, bad.state) == ("ok", "failed")
    columns = analyzer.columns("fake-vision", "fake-status-401")
    again = analyzer.runs.retry(run.owner, run.id, [bad.id], columns, analyzer.make)
    assert again
    now = ended(again)
    assert [cell.answer for cell in now.cells] == [good.answer, ""]
    assert now.store_errors == (good.id,)


@pytest.mark.parametrize(
    "place",
    [
        "components.runner.runner.ending_of",
        "components.runner.runner.is_answer",
        "components.runner.result_writer.settle",
        "components.runner.result_writer.without_figures",
        "components.runner.result_writer.bill_of",
        "db.comparisons.comparisons.Comparisons.finish_cell",
        "db.comparisons.comparisons.Comparisons.comparison_progress",
    ],
)
def test_whatever_a_writer_raises_every_cell_ends(
    analyzer: ImageAnalyzer, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OverflowError(place)

    monkeypatch.setattr(place, fail)
    now = ended(analyzer.start("fake-vision", "fake-status-401", images=3))
    assert now.done
    assert all(cell.ended for cell in now.cells)
