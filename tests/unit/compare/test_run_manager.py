"""Cells asked of a real server: at once, stopped, tried again, kept."""

import time
from dataclasses import replace

import pytest

from components.chat.store import STALE_AFTER
from components.compare.errors import CompareError
from components.compare.running.run import PATIENT
from components.compare.running.run_manager import Runs
from components.compare.spec import Column, lettered
from components.errors import StoreError
from components.providers.endpoints import BUILTIN, Endpoint
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.retry import Policy
from components.runner.runner import Runner
from db.store import Store
from tests.support.loopback import Loopback, answer, error
from tests.support.waiting import until
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import drafts, ended, planned, states, watched

SLOW = "fake-slow"


def test_every_cell_is_answered_and_kept(analyzer: ImageAnalyzer) -> None:
    run = analyzer.start("fake-vision", "fake-tokens-3-1-1", questions=("What?", "How many?"))
    now = ended(run)
    assert states(now.cells) == ["ok"] * 8
    assert now.cells == analyzer.kept(run)
    seen = [cell.answer for cell in now.cells if cell.column == 0]
    assert all(text.startswith("I see 1 image.") for text in seen)
    sizes = {
        cell.letters[0]: "61 x 48" if cell.letters == ("A",) else "62 x 48" for cell in now.cells
    }
    assert all(sizes[cell.letters[0]] in cell.answer for cell in now.cells if cell.column == 0)
    assert (now.ended, now.share, now.seconds_left) == (8, 1.0, 0.0)
    found = analyzer.store.comparisons.comparison("me", run.id)
    assert found
    assert not found.running


def test_together_all_images_go_in_one_request_each_after_its_label(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    ended(analyzer.start("fake-vision", images=3, mode="together", order="reversed"))
    parts = loopback.asked()[0].body["messages"][0]["content"]
    texts = [part.get("text", "-") for part in parts]
    assert texts == ["Image C:", "-", "Image B:", "-", "Image A:", "-", "What is this?"]


def test_one_by_one_images_have_no_labels(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    ended(analyzer.start("fake-vision", images=1))
    parts = loopback.asked()[0].body["messages"][0]["content"]
    assert [part["type"] for part in parts] == ["image_url", "text"]


def test_no_more_than_the_setting_are_asked_at_once(
    store: Store, runner: Runner, loopback: Loopback
) -> None:
    runs = Runs(runner, store.comparisons, store.conversations.image, limiters=EndpointLimiters(2))
    analyzer = ImageAnalyzer(store, runner, runs, Endpoint("loop", base_url=loopback.base_url))
    run = analyzer.start(SLOW, images=5)
    now = watched(run, lambda now: states(now.cells).count("running") == 2)
    assert states(now.cells) == ["running", "running", "waiting", "waiting", "waiting"]
    other = analyzer.start(SLOW, images=2, owner="you")
    time.sleep(0.3)
    assert len(loopback.asked()) == 2, "the places are the endpoint's, not the comparison's"
    runs.stop("me", run.id)
    watched(other, lambda now: "running" in states(now.cells))
    analyzer.close()


def test_a_column_that_fails_does_not_touch_the_others(analyzer: ImageAnalyzer) -> None:
    now = ended(analyzer.start("fake-status-401", "fake-vision"))
    assert states(now.cells) == ["failed", "ok", "failed", "ok"]
    result = now.cells[0].result
    assert result
    assert (result.code, result.status, result.cost) == ("auth", 401, 0)


def test_after_a_429_everything_waits_for_that_endpoint_and_it_can_be_seen(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    loopback.enqueue(error(429, {"Retry-After": "1"}, message="Slow down."))
    began = time.monotonic()
    runs = Runs(
        analyzer.runner,
        analyzer.store.comparisons,
        analyzer.store.conversations.image,
        limiters=EndpointLimiters(1),
    )
    run = runs.start("me", planned(3, ("fake-vision",), endpoint=analyzer.endpoint), analyzer.make)
    now = watched(run, lambda now: bool(now.pauses))
    assert now.pauses[0].endpoint == "loop"
    assert 0 < now.pauses[0].until - time.monotonic() <= 1
    assert now.pauses[0].error.code == "rate_limit"
    assert list(now.retries) == [now.cells[0].id]
    now = ended(run)
    times = [each.arrived for each in loopback.asked()]
    assert times[1] - times[0] >= 0.95
    assert time.monotonic() - began < 10
    assert [cell.result.attempts for cell in now.cells if cell.result] == [2, 1, 1]
    assert now.pauses == ()
    runs.close()


def test_a_limit_that_stays_is_a_failure_after_some_tries(analyzer: ImageAnalyzer) -> None:
    quick = replace(PATIENT, tries=2, first=0.01)
    runs = Runs(
        analyzer.runner,
        analyzer.store.comparisons,
        analyzer.store.conversations.image,
        policy=quick,
    )
    run = runs.start(
        "me", planned(1, ("fake-status-429",), endpoint=analyzer.endpoint), analyzer.make
    )
    (cell,) = ended(run).cells
    assert cell.result
    assert (cell.state, cell.result.code, cell.result.attempts) == ("failed", "rate_limit", 2)
    runs.close()


def test_a_failing_server_is_tried_again_for_that_cell_alone(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    loopback.enqueue(error(503), answer("fine"))
    runs = Runs(
        analyzer.runner,
        analyzer.store.comparisons,
        analyzer.store.conversations.image,
        policy=Policy(first=0.05),
    )
    run = runs.start("me", planned(1, ("fake-vision",), endpoint=analyzer.endpoint), analyzer.make)
    now = ended(run)
    assert (now.cells[0].answer, now.cells[0].result.attempts) == ("fine", 2)  # type: ignore[union-attr]
    runs.close()


def test_stopping_one_cell_keeps_what_came_and_lets_the_others_go_on(
    analyzer: ImageAnalyzer,
) -> None:
    run = analyzer.start(SLOW, "fake-vision", images=1)
    now = watched(run, lambda now: len(now.cells[0].answer) > 3)
    assert analyzer.runs.stop("me", run.id, cells=[now.cells[0].id])
    now = ended(run)
    assert states(now.cells) == ["stopped", "ok"]
    assert now.cells[0].answer.startswith("1 2 ")
    assert analyzer.kept(run)[0].answer == now.cells[0].answer


def test_stopping_a_column_ends_its_waiting_cells_too(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    run = analyzer.start(SLOW, "fake-tokens-5-20-1", images=6)
    watched(run, lambda now: "running" in states(now.cells))
    analyzer.runs.stop("me", run.id, column=0)
    now = ended(run)
    assert states(now.cells) == ["stopped", "ok"] * 6
    unsent = [cell for cell in now.cells if cell.result and cell.result.attempts == 0]
    assert unsent
    assert all(cell.result.cost == 0 for cell in unsent if cell.result)
    assert now.cells == analyzer.kept(run)


def test_stopping_everything_keeps_what_is_there(analyzer: ImageAnalyzer) -> None:
    run = analyzer.start("fake-tokens-1-1-1", SLOW, images=6)
    watched(run, lambda now: now.ended > 0 and "running" in states(now.cells))
    analyzer.runs.stop("me", run.id)
    now = ended(run)
    assert set(states(now.cells)) == {"ok", "stopped"}
    assert states(analyzer.kept(run)) == states(now.cells)
    assert not analyzer.runs.stop("me", run.id)


def test_nobody_stops_or_sees_another_owners_run(analyzer: ImageAnalyzer) -> None:
    run = analyzer.start("fake-tokens-20-10-1", images=1)
    assert analyzer.runs.run("you", run.id) is None
    assert not analyzer.runs.stop("you", run.id)
    assert (
        analyzer.runs.retry("you", run.id, [], analyzer.columns("fake-vision"), analyzer.make)
        is None
    )
    assert states(ended(run).cells) == ["ok"]


def test_a_failed_cell_is_tried_again_alone(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    loopback.enqueue(error(400, message="No."))
    runs = Runs(
        analyzer.runner,
        analyzer.store.comparisons,
        analyzer.store.conversations.image,
        limiters=EndpointLimiters(1),
    )
    run = runs.start("me", planned(2, ("fake-vision",), endpoint=analyzer.endpoint), analyzer.make)
    now = ended(run)
    assert states(now.cells) == ["failed", "ok"]
    ids = [cell.id for cell in now.cells]
    same = runs.retry("me", run.id, ids, analyzer.columns("fake-vision"), analyzer.make)
    assert same is run
    assert states(ended(run).cells) == ["ok", "ok"]
    assert len(loopback.asked()) == 3
    assert states(analyzer.kept(run)) == ["ok", "ok"]
    runs.close()


def test_a_comparison_that_a_restart_cut_is_asked_on_from_the_store(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    first = Runs(analyzer.runner, analyzer.store.comparisons, analyzer.store.conversations.image)
    plan = planned(2, ("fake-slow",), endpoint=analyzer.endpoint, mode="together")
    run = first.start("me", plan, analyzer.make)
    watched(run, lambda now: bool(now.cells[0].answer))
    first.close()
    (cut,) = analyzer.kept(run)
    assert (cut.state, cut.answer[:4]) == ("interrupted", "1 2 "[: len(cut.answer[:4])])
    again = analyzer.runs.retry(
        "me", run.id, [cut.id], analyzer.columns("fake-vision"), analyzer.make
    )
    assert again
    assert again is not run
    (cell,) = ended(again).cells
    assert cell.answer.startswith("I see 2 images.")
    assert "Image A:" in str(loopback.asked()[-1].body)
    assert analyzer.kept(run)[0].state == "ok"


def test_starting_twice_is_starting_once(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    plan = planned(1, ("fake-vision",), endpoint=analyzer.endpoint)
    first = analyzer.runs.start("me", plan, analyzer.make)
    assert analyzer.runs.start("me", plan, analyzer.make) is first
    ended(first)
    assert len(loopback.asked()) == 1


def test_without_its_image_a_cell_of_the_store_is_not_reopened(analyzer: ImageAnalyzer) -> None:
    first = Runs(analyzer.runner, analyzer.store.comparisons, analyzer.store.conversations.image)
    run = first.start(
        "me", planned(1, ("fake-status-401",), endpoint=analyzer.endpoint), analyzer.make
    )
    (cell,) = ended(run).cells
    first.close()
    kept = analyzer.store.comparisons.comparison("me", run.id)
    assert kept

    class Emptied:
        """The store as far as it is asked; its images are gone."""

        comparison = analyzer.store.comparisons.comparison
        reopen_cells = analyzer.store.comparisons.reopen_cells

    runs = Runs(analyzer.runner, Emptied(), lambda *_: None)  # type: ignore[arg-type]
    with pytest.raises(CompareError) as caught:
        runs.retry("me", run.id, [cell.id], analyzer.columns("fake-vision"), analyzer.make)
    assert caught.value.data == {"letter": "A"}
    assert states(analyzer.kept(run)) == ["failed"]
    runs.close()


def test_repeats_in_one_conversation_carry_the_answers_before_them(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    run = analyzer.start("fake-tokens-2-1-1", images=1, repeats=3, again=True)
    now = ended(run)
    assert states(now.cells) == ["ok"] * 3
    last = loopback.asked()[-1].body["messages"]
    assert [message["role"] for message in last] == ["user", "assistant"] * 2 + ["user"]
    assert last[1]["content"] == "n1 n2 "
    assert "sure" in last[4]["content"]


def test_independent_repeats_ask_the_same_anew(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    ended(analyzer.start("fake-vision", images=1, repeats=3))
    assert [len(each.body["messages"]) for each in loopback.asked()] == [1, 1, 1]


def test_without_an_answer_there_is_nothing_to_ask_about_again(analyzer: ImageAnalyzer) -> None:
    now = ended(analyzer.start("fake-status-401", images=1, repeats=2, again=True))
    codes = [cell.result.code for cell in now.cells if cell.result]
    assert codes == ["auth", "compare_nothing_before"]


def test_the_run_goes_on_while_nobody_watches_and_the_store_grows(analyzer: ImageAnalyzer) -> None:
    run = analyzer.start(SLOW, images=1)
    until(lambda: analyzer.kept(run)[0].answer)
    cell = analyzer.kept(run)[0]
    assert (cell.state, cell.answer[:2]) == ("running", "1 ")
    analyzer.runs.stop("me", run.id)
    ended(run)


def test_closing_leaves_running_cells_interrupted_with_what_came(analyzer: ImageAnalyzer) -> None:
    runs = Runs(analyzer.runner, analyzer.store.comparisons, analyzer.store.conversations.image)
    run = runs.start("me", planned(1, (SLOW,), endpoint=analyzer.endpoint), analyzer.make)
    watched(run, lambda now: bool(now.cells[0].answer))
    runs.close()
    (cell,) = analyzer.kept(run)
    assert cell.state == "interrupted"
    assert cell.answer
    assert STALE_AFTER > 1


def test_the_built_in_reader_answers_about_labelled_images(analyzer: ImageAnalyzer) -> None:
    analyzer.endpoint = BUILTIN
    now = ended(analyzer.start("builtin-reader", mode="together", order="reversed"), 60)
    (cell,) = now.cells
    assert cell.state == "ok"
    assert cell.result
    assert cell.result.cost == 0
    assert "B" in cell.answer


def test_time_left_is_guessed_once_something_has_ended(analyzer: ImageAnalyzer) -> None:
    runs = Runs(
        analyzer.runner,
        analyzer.store.comparisons,
        analyzer.store.conversations.image,
        limiters=EndpointLimiters(1),
    )
    run = runs.start(
        "me", planned(6, ("fake-tokens-4-50-1",), endpoint=analyzer.endpoint), analyzer.make
    )
    assert run.wait(-1, 0)[1].seconds_left is None
    now = watched(run, lambda now: now.ended == 2)
    assert now.seconds_left is not None
    assert 0.4 < now.seconds_left < 4
    ended(run)
    runs.close()


class FullStore:
    """A store on a full disk."""

    def __getattr__(self, _: str) -> object:
        def refuse(*_: object) -> None:
            raise StoreError("store_full", path="/somewhere")

        return refuse


def test_a_comparison_that_cannot_be_kept_is_not_asked(
    analyzer: ImageAnalyzer, runner: Runner, loopback: Loopback
) -> None:
    runs = Runs(runner, FullStore(), lambda *_: None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        runs.start("me", planned(1, ("fake-vision",), endpoint=analyzer.endpoint), analyzer.make)
    runs.close()
    assert loopback.asked() == []


def test_a_swapped_image_keeps_its_letter(analyzer: ImageAnalyzer) -> None:
    pictures = list(lettered(drafts(3)))
    pictures[1] = replace(pictures[1], image=drafts(4)[3])
    run = analyzer.start("fake-vision", pictures=tuple(pictures))
    assert [image.letter for image in run.comparison.images] == ["A", "B", "C"]
    assert run.comparison.images[1].name == "4.png"
    ended(run)


def test_columns_of_two_endpoints_pause_apart(analyzer: ImageAnalyzer, loopback: Loopback) -> None:
    loopback.enqueue(error(429, {"Retry-After": "30"}, message="Slow down."))
    first = analyzer.start("fake-vision", images=1)
    watched(first, lambda now: bool(now.pauses))
    other = Endpoint("other", base_url=loopback.base_url)
    plan = planned(1, ("fake-vision",), columns=(Column(other, "fake-vision"),))
    assert states(ended(analyzer.runs.start("me", plan, analyzer.make)).cells) == ["ok"]
    assert analyzer.runs.stop("me", first.id)
    assert states(ended(first).cells) == ["stopped"]


def test_a_stop_at_the_very_first_moment_ends_everything(analyzer: ImageAnalyzer) -> None:
    for _ in range(10):
        run = analyzer.start("fake-silent", images=6)
        analyzer.runs.stop("me", run.id)
        assert set(states(ended(run).cells)) == {"stopped"}
        assert set(states(analyzer.kept(run))) == {"stopped"}


def test_a_cell_that_is_stopped_while_its_endpoint_pauses_is_stopped(
    analyzer: ImageAnalyzer, loopback: Loopback
) -> None:
    loopback.enqueue(error(429, {"Retry-After": "60"}, message="Slow down."))
    run = analyzer.start("fake-vision", images=1)
    watched(run, lambda now: bool(now.pauses))
    analyzer.runs.stop("me", run.id)
    (cell,) = ended(run).cells
    assert cell.state == "stopped"


def test_a_stopped_column_can_be_taken_up_again(analyzer: ImageAnalyzer) -> None:
    run = analyzer.start("fake-tokens-3-30-1", "fake-tokens-3-30-1", images=8)
    analyzer.runs.stop("me", run.id, column=1)
    ids = [cell.id for cell in ended(run).cells]
    analyzer.runs.retry("me", run.id, ids, analyzer.columns("x", "y"), analyzer.make)
    assert set(states(ended(run).cells)) == {"ok"}
    assert set(states(analyzer.kept(run))) == {"ok"}
