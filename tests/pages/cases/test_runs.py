"""Runs on the page of cases: three clicks to the five trials, two runs beside each other."""

import zipfile
from datetime import date

import pytest

from components import services
from components.cases.store.runs import verdict_of
from components.models import ending
from components.ui.history.my_data import everything
from tests.pages.cases.run_visiting import ended, kept, numbers, run_of
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_three_clicks_lead_from_a_fresh_start_to_the_report_of_the_five_trials(lang: str) -> None:
    person = Person(lang=lang).look()
    person.go("cases")  # one
    person.press("open-builtin-trials")  # two
    assert "$0" in person.says.replace("\\", "")
    person.press("run_start")  # three
    person = ended(person)
    stored = run_of(person)
    assert [each.state for each in stored.answers] == ["ok"] * 5
    assert {"en": "**built-in reader**", "zh": "**内置 OCR**"}[lang] in person.says
    assert {"en": "of 5 cases right", "zh": "5 个用例中有"}[lang] in person.says
    expected = {"en": "Expected:", "zh": "期望："}[lang]
    assert person.says.count(expected) == 5


def test_a_run_shows_its_cases_and_a_person_decides_what_is_unsure(
    endpoint: Loopback,
) -> None:
    set_id = kept(numbers("a", "b"))
    endpoint.enqueue(answer("20 or 23", model="gpt-4o"), answer("23", model="gpt-4o"))
    person = Person(lang="en", set=set_id).look().go("cases")
    person.press("run_start")
    person = ended(person)
    assert "Unsure: 1." in person.says
    unsure = next(each for each in run_of(person).answers if verdict_of(each) == "unsure")
    person.press(f"decide_right-{unsure.id}")
    assert [verdict_of(each) for each in run_of(person).answers] == ["right", "right"]
    assert "2 of 2 cases right" in person.says
    assert "decided by hand" in person.says


def test_a_run_stands_beside_an_earlier_one_with_both_answers(endpoint: Loopback) -> None:
    set_id = kept(numbers(*"abcdefg"))
    endpoint.enqueue(*[answer("23", model="gpt-4o")] * 7)
    person = ended(Person(lang="en", set=set_id).look().go("cases").press("run_start"))
    first = person.remembers.case_runs.run_id
    endpoint.enqueue(*[answer("24", model="gpt-4o")] * 6, answer("23", model="gpt-4o"))
    person.press("run_back")
    person.at.toggle(key="run_fresh").set_value(True)
    person = ended(person.look().press("run_start"))
    second = person.remembers.case_runs.run_id
    assert second != first
    person.at.selectbox(key=f"run_beside-{second}").set_value(first)
    person.look()
    assert "Worse: of 7 cases 6 lost right answers and 0 gained some (p 0.031)." in person.says
    assert "Lost 6 · shaken 0 · gained 0" in person.says


def test_a_run_at_its_budget_goes_on_with_more(endpoint: Loopback) -> None:
    set_id = kept(numbers(*"abcdef"))
    endpoint.enqueue(*[answer("23", tokens=(10, 4000), model="gpt-4o")] * 6)
    person = Person(lang="en", set=set_id).look().go("cases")
    person.at.number_input(key="run_budget").set_value(0.05)
    person = ended(person.look().press("run_start"))
    assert "Stopped by the budget" in person.says
    assert any(each.state == "waiting" for each in run_of(person).answers)
    person.at.number_input(key="run_raise").set_value(5.0)
    person = ended(person.look().press("run_go_on"))
    assert [each.state for each in run_of(person).answers] == ["ok"] * 6
    assert "6 of 6 cases right" in person.says


def test_a_run_of_somebody_else_is_not_found_and_a_deleted_one_is_gone(
    endpoint: Loopback,
) -> None:
    set_id = kept(numbers("a"))
    endpoint.enqueue(answer("23"))
    person = ended(Person(lang="en", set=set_id).look().go("cases").press("run_start"))
    run_id = person.remembers.case_runs.run_id
    person.press("run_delete")
    assert services.app().store().case_runs.case_run("local", run_id or "") is None
    assert person.remembers.case_runs.run_id is None
    person = Person(lang="en", run=str(run_id)).look().go("cases")
    assert "This run doesn't exist or isn't yours." in person.says


def test_a_model_that_retires_soon_is_said_before_the_run(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "today_utc", lambda: date(2026, 11, 30))
    person = Person(lang="en", set=kept(numbers("a"))).look().go("cases")
    assert "retires at" not in person.says, "it is nobody's first choice any more"
    person.at.multiselect(key="run_models").set_value(["loop/gpt-4o"])
    person.look()
    assert "gpt-4o retires at" in person.says
    assert "2027-01-14" in person.says


def test_a_rubric_is_written_by_hand_judged_beside_prompts_and_graded_again(
    endpoint: Loopback,
) -> None:
    """One form: who judges, what each column costs, and what the set expects later on."""
    set_id = kept(numbers("a"))
    person = Person(lang="en", set=set_id).look().go("cases")
    person.press(f"edit_case-{set_id}-a")
    person.press("remove_grader-0")
    person.at.selectbox(key="case_kind").set_value("rubric")
    person.look()
    person.at.text_area(key="case_expected").set_value("Says a number.")
    person.look().press("save_case")
    assert "meets “Says a number.”" in person.says
    person.at.text_area(key="run_system").set_value("Be brief.")
    person.look()
    assert "4 requests" not in person.says
    model = person.at.multiselect(key="run_models").value[0].partition("/")[2]
    assert f"{model} · system prompt “Be brief.”: 1 requests" in person.says
    judge = next(line for line in person.says.splitlines() if "Judge " in line)
    assert ": 2 requests" in judge
    told = '{"reason": "It does.", "verdict": "right"}'
    endpoint.enqueue(*[answer(told, model="gpt-4o")] * 4)
    person = ended(person.press("run_start"))
    assert [verdict_of(each) for each in run_of(person).answers] == ["right", "right"]
    assert "says right: It does." in person.says
    assert "isn't checked as a judge" in person.says
    person.press(f"decide_right-{run_of(person).answers[0].id}")
    assert "people have decided on 1 of its verdicts" in person.says
    first, sent = run_of(person).run.id, len(endpoint.history)
    person.press("run_grade_again")
    assert "Only the judge is asked" in person.says
    person = ended(person.press("run_grade_now"))
    assert run_of(person).run.id != first
    assert [verdict_of(each) for each in run_of(person).answers] == ["right", "right"]
    assert len(endpoint.history) == sent, "the judge has judged that before"
    mine = zipfile.ZipFile(everything("local", "en", ()))
    kept_runs = [mine.read(name).decode() for name in mine.namelist() if name.startswith("runs/")]
    assert len(kept_runs) == 2
    assert all("Says a number." in each and "It does." in each for each in kept_runs)
