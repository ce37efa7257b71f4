"""A model retires: from the banner over proposed cases to the run beside it."""

from datetime import date
from pathlib import Path

import pytest

from components import services
from components.cases.store.runs import StoredRun
from components.models import ending, retirements
from tests.pages.cases.run_visiting import ended, run_of
from tests.pages.compare import compare_visiting as compares
from tests.pages.visiting import KEY, Person, configure
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture

OLD, NEW = "loop/gpt-4o", "next/gpt-6-luna"


@pytest.fixture(autouse=True)
def six_weeks_before(endpoint: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loopback server stands for OpenAI's, with a second endpoint that has the successor."""
    configure(tmp_path, "next", base_url=endpoint.base_url, api_key=KEY, models=["gpt-6-luna"])
    monkeypatch.setattr(ending, "today_utc", lambda: date(2026, 11, 30))
    monkeypatch.setitem(retirements._HOSTS, "openai", ("127.0.0.1",))


def asked(person: Person, endpoint: Loopback, *answers: str) -> Person:
    """A conversation for each answer of gpt-4o, to a question with a picture."""
    for n, said in enumerate(answers):
        endpoint.enqueue(answer(said, model="gpt-4o", tokens=(800, 20)))
        person.press("new_chat").pick("gpt-4o").drop((f"{n}.png", picture(64 + n, 48)))
        person.ask("How many seeds?")
    return person


def labelled(person: Person) -> Person:
    """The answer that is shown, marked right."""
    mark = next(each for each in person.keys if each.startswith("label_right-"))
    return person.press(mark)


def opened(person: Person) -> Person:
    return person.go("cases").press(f"rehearse-{OLD}")


def keys(person: Person, name: str) -> list[str]:
    return [each for each in person.keys if each.startswith(name)]


def expects(person: Person, number: str) -> Person:
    """The number that is expected from now on of the case that is being changed."""
    person.at.selectbox(key="draft_kind").set_value("number")
    person.look().at.text_area(key="draft_expected").set_value(number)
    return person.look().press("use_grader")


def waiting(person: Person) -> str:
    """What the sample is unfolded by."""
    (found,) = person.unfolding
    return str(found.label)


def disabled(person: Person, key: str) -> bool:
    return bool(person.at.button(key=key).disabled)


def test_labelled_answers_are_checked_then_asked_of_the_successor_beside_the_old_model(
    endpoint: Loopback,
) -> None:
    person = Person(lang="en").look()
    for said in ("23", "There are twenty-three."):
        labelled(asked(person, endpoint, said))
    person.go("cases")
    assert "gpt-4o retires at 127.0.0.1" in person.says
    opened(person)
    assert "Last chance until 14 Jan 2027" in person.says
    assert "2 cases can be kept" in person.says
    assert person.says.count("says 23") == 2
    assert person.at.multiselect(key="rehearse_models").value == [NEW]
    assert "12 requests" in person.says
    # A grader that doesn't accept the answer marked right has to be mended before the run.
    change = keys(person, "change_draft-")[0]
    expects(person.press(change), "99")
    assert "You marked this answer right, but what is expected doesn't accept it" in person.says
    assert disabled(person, "rehearse_start")
    person.press("drop_open")
    assert "1 case can be kept" in person.says
    expects(person.press("take_back").press(change), "23")
    assert not disabled(person, "rehearse_start")
    endpoint.enqueue(*[answer("23", model="gpt-4o", tokens=(800, 20))] * 12)
    person = ended(person.press("rehearse_start"))
    stored: StoredRun = run_of(person)
    assert [each.model for each in stored.run.settings] == ["gpt-4o", "gpt-6-luna"]
    assert stored.run.fresh
    assert len(stored.answers) == 12
    (kept,) = services.app().store().cases.finished_runs("local", stored.run.set_id)
    assert [each.text for each in kept.answers] == ["There are twenty-three.", "23"]
    assert "gpt-4o answered 6 times in place of gpt-6-luna" in person.says
    assert "The last 30 days with gpt-4o: $0.00" in person.says


def test_an_answer_that_no_rule_can_tell_is_judged_by_another_model(endpoint: Loopback) -> None:
    person = labelled(asked(Person(lang="en").look(), endpoint, "It shows a market. " * 9))
    opened(person)
    assert "1 case can be kept" in person.says
    assert "says the same as the reference" in person.says
    judge = str(person.at.selectbox(key="run_judge").value)
    assert judge.startswith("loop/")
    assert "Judge " in person.says
    person = ended(person.press("rehearse_start"))
    stored: StoredRun = run_of(person)
    assert [each.model for each in stored.run.judges] == [judge.partition("/")[2]]
    assert len(stored.judgements) == len(stored.answers) == 6


def test_without_the_old_model_its_labelled_answers_are_what_the_run_is_beside(
    endpoint: Loopback,
) -> None:
    person = labelled(asked(Person(lang="en").look(), endpoint, "23"))
    opened(person)
    person.at.toggle(key="rehearse_last").set_value(False)
    person.look()
    endpoint.enqueue(*[answer("24", model="gpt-6-luna")] * 3)
    person = ended(person.press("rehearse_start"))
    assert len(run_of(person).answers) == 3
    assert "gpt-6-luna beside gpt-4o" in person.says
    assert "Lost 1 · shaken 0 · gained 0" in person.says
    assert "as it was judged then" in person.says


def test_with_few_labels_a_sample_is_labelled_there_and_becomes_cases(endpoint: Loopback) -> None:
    person = asked(Person(lang="zh").look(), endpoint, "23", "22 seeds", "A long story.")
    opened(person)
    assert waiting(person) == "3 个待标注"
    right, *_ = keys(person, "sample_right-")
    person.press(right)
    assert waiting(person) == "2 个待标注"
    wrong = keys(person, "sample_wrong-")[0]
    person.at.text_input(key=wrong.replace("sample_wrong", "sample_is")).set_value("25")
    person.look().press(wrong)
    labels = services.app().store().labels.all("local")
    assert sorted((each.verdict, each.corrected) for each in labels) == [
        ("right", ""),
        ("wrong", "25"),
    ]
    assert len(keys(person, "change_draft-")) == 2
    assert waiting(person) == "1 个待标注"


def test_compare_says_it_where_the_model_is_chosen() -> None:
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.of(person, "gpt-4o")
    assert "gpt-4o retires at 127.0.0.1" in person.says
    assert "Recommended instead: gpt-6-luna or gpt-6.1-sol." in person.says
    compares.of(person, "fake-vision")
    assert "retires at" not in person.says


def test_a_model_that_stays_or_is_not_offered_has_no_rehearsal() -> None:
    for choice in ("loop/fake-vision", "loop/none", "x"):
        person = Person(lang="en", retire=choice).look().go("cases")
        assert "doesn't retire soon, or isn't offered here" in person.says
    person = Person(lang="en").look().go("cases")
    assert keys(person, "rehearse-") == [], "nothing was asked of it yet"
