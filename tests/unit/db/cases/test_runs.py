"""Runs of cases in the store: as they were put in, in progress, and what goes with them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from components.cases.store.runs import verdict_of
from components.chat.store import STALE_AFTER, AlreadyRunning, Progress
from db.store import Store, open_store
from tests.unit.db.case_running import ended, run
from tests.unit.db.comparing import AT, bytes_of, comparison
from tests.unit.db.make import Clock, rows_of, url_of
from tests.unit.db.schema.old import as_version


def states(store: Store, run_id: str = "run1") -> list[str]:
    found = store.case_runs.case_run("me", run_id)
    assert found
    return [answer.state for answer in found.answers]


def test_a_run_comes_back_as_it_was_put_in(store: Store) -> None:
    asked, snapshot, answers, contents = run("1")
    store.case_runs.begin_run("me", asked, snapshot, answers, contents)
    store.case_runs.begin_run("me", replace(asked, name="other"), snapshot, [], [])
    found = store.case_runs.case_run("me", "run1")
    assert found
    assert (found.run, found.snapshot, found.answers) == (asked, snapshot, tuple(answers))
    assert found.running
    assert store.case_runs.case_run("you", "run1") is None


def test_an_image_without_bytes_is_refused(store: Store) -> None:
    asked, snapshot, answers, _ = run("1")
    with pytest.raises(ValueError, match="no bytes"):
        store.case_runs.begin_run("me", asked, snapshot, answers, [])
    assert store.case_runs.case_run("me", "run1") is None


def test_an_answer_comes_back_with_its_verdict_and_the_first_end_counts(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1"))
    first = ended("answer1-0", kept_from="answer0-0", kept_cost=Decimal("0.02"), kept_at=AT)
    store.case_runs.finish_answer("me", first)
    store.case_runs.finish_answer("me", ended("answer1-0", "late"))
    found = store.case_runs.case_run("me", "run1")
    assert found
    assert found.answers[0] == first
    models = {each.model for each in run("1")[0].settings}
    assert store.case_runs.models_asked("me") == sorted(models)
    (summary,) = store.case_runs.run_page("me")
    assert (summary.answers, summary.ended, summary.right) == (4, 1, 1)
    assert summary.cost == Decimal("0.0100")


def test_what_nobody_is_at_any_more_waits_or_was_interrupted(store: Store, clock: Clock) -> None:
    store.case_runs.begin_run("me", *run("1"))
    assert store.case_runs.run_progress("me", "run1", {"answer1-1": Progress("so far")}) == ""
    assert states(store) == ["waiting", "running", "waiting", "waiting"]
    with pytest.raises(AlreadyRunning):
        store.case_runs.reopen_run("me", "run1", errors=False, budget=None, alone=True)
    clock.pass_(STALE_AFTER + 1)
    assert states(store) == ["waiting", "interrupted", "waiting", "waiting"]
    again = store.case_runs.reopen_run("me", "run1", errors=False, budget=None, alone=True)
    assert again == [f"answer1-{n}" for n in range(4)]
    assert states(store) == ["waiting"] * 4


def test_a_held_run_can_be_taken_up_at_once_with_another_budget(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1"))
    store.case_runs.finish_answer("me", ended("answer1-0"))
    assert store.case_runs.hold_run("me", "run1", "budget")
    assert not store.case_runs.hold_run("me", "run9", "budget")
    assert store.case_runs.run_progress("me", "run1", {}) == "budget"
    assert store.case_runs.run_progress("me", "run9", {}) is None
    again = store.case_runs.reopen_run("me", "run1", errors=False, budget=Decimal(5), alone=True)
    assert again == ["answer1-1", "answer1-2", "answer1-3"]
    found = store.case_runs.case_run("me", "run1")
    assert found
    assert (found.run.held, found.run.budget) == ("", 5)


def test_errors_are_reopened_only_if_asked(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1"))
    for n in range(4):
        state = "failed" if n == 2 else "ok"
        store.case_runs.finish_answer("me", ended(f"answer1-{n}", state=state))
    assert store.case_runs.reopen_run("me", "run1", errors=False, budget=None) == []
    assert store.case_runs.reopen_run("me", "run1", errors=True, budget=None) == ["answer1-2"]


def test_a_kept_answer_is_the_same_request_of_another_run_of_the_same_owner(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1"))
    store.case_runs.begin_run("me", *run("2", created_at=AT + timedelta(seconds=1)))
    store.case_runs.finish_answer("me", ended("answer1-0"))
    store.case_runs.finish_answer("me", ended("answer2-0", "later"))
    store.case_runs.finish_answer("me", ended("answer2-1", "copied", kept_from="x"))

    def kept(
        owner: str = "me", run_id: str = "run3", body: str = "body", repeat: int = 1
    ) -> str | None:
        found = store.case_runs.kept_answer(owner, run_id, "127.0.0.1:8000", body, repeat)
        return found.result.text if found else None

    assert kept() == "later"
    assert kept(run_id="run2") == "changed"
    assert kept(owner="you") is None
    assert kept(body="other") is None
    assert kept(repeat=2) is None


def test_the_latest_verdict_of_a_person_counts_and_the_earlier_ones_stay(
    store: Store, clock: Clock
) -> None:
    store.case_runs.begin_run("me", *run("1"))
    store.case_runs.finish_answer("me", ended("answer1-0"))
    store.case_runs.decide("me", "answer1-0", "wrong", "Ada")
    clock.pass_(1)
    store.case_runs.decide("me", "answer1-0", "unsure", "Bea")
    found = store.case_runs.case_run("me", "run1")
    assert found
    assert verdict_of(found.answers[0]) == "unsure"
    assert found.answers[0].decided
    assert found.answers[0].decided.by == "Bea"
    assert len(rows_of(store, "me")["case_verdicts"]) == 2


def test_what_runs_share_goes_with_the_last_of_them(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1"))
    store.case_runs.begin_run("me", *run("2"))
    shown = bytes_of("r").hash
    assert len(rows_of(store, "me")["case_snapshots"]) == 1
    assert store.case_runs.delete_run("me", "run1")
    assert store.conversations.image("me", shown)
    assert store.case_runs.delete_run("me", "run2")
    assert store.conversations.image("me", shown) is None
    assert not store.case_runs.delete_run("me", "run2")
    left = rows_of(store, "me")
    tables = ("case_answers", "case_snapshots", "case_snapshot_images", "images")
    assert [left[name] for name in tables] == [[]] * 4


def test_an_image_that_a_run_shows_stays_when_a_comparison_goes(store: Store) -> None:
    store.case_runs.begin_run("me", *run("1", ("a",)))
    store.comparisons.begin_comparison("me", *comparison("1", ("a",)))
    store.comparisons.delete("me", "cmp1")
    assert store.conversations.image("me", bytes_of("a").hash)


def test_old_runs_go_with_the_retention(store: Store, clock: Clock) -> None:
    store.case_runs.begin_run("me", *run("1", created_at=clock()))
    clock.pass_(3600)
    assert store.retention.retire("me", timedelta(hours=2)) == 0
    assert store.retention.retire("me", timedelta(minutes=30)) == 1
    assert store.case_runs.case_run("me", "run1") is None


def test_a_store_of_before_has_room_for_runs(database_url: str) -> None:
    store = open_store(database_url)
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.close()
    as_version(database_url, 12)
    store = open_store(database_url)
    assert store.comparisons.comparison("me", "cmp1")
    store.case_runs.begin_run("me", *run("1"))
    assert states(store) == ["waiting"] * 4
    assert url_of(store) == database_url
    store.close()
