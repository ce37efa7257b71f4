"""The calculator's links, saved scenarios, and what comes out of it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from components import services
from components.pricing.whatif import Scenario
from tests.pages.cost.calculating import Reckoner


def test_a_link_opens_the_same_figures_in_another_visit() -> None:
    first = Reckoner(lang="en").open().type("2048x4096 x2; 640x480@low").model("gpt-4o")
    first.set("turns", 3).set("calls", 7)
    link = next(code.value for code in first.at.code if "m=gpt-4o" in code.value)
    other = Reckoner(**dict(parse_qsl(urlsplit(link).query))).open()
    assert other.figures == first.figures
    assert other.asked == first.asked


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"v": "1", "m": "gpt-4o", "s": "0x5"}, "has a side of 0"),
        ({"v": "9"}, "The link is of version “9”"),
        ({"v": "1", "m": "gpt-4o", "s": "<script>"}, "can't be the value of “s”"),
        ({"v": "1", "m": "gpt-4o", "b": "yes"}, "can't be the value of “b”"),
        ({"v": "1", "m": "gpt-4o", "t": "zzz"}, "isn't a whole number"),
    ],
)
def test_a_bad_link_is_a_plain_sentence_and_the_default(bad: dict[str, str], said: str) -> None:
    person = Reckoner(lang="en", **bad).open()
    assert said in " ".join(person.errors)
    assert person.asked.rows == Scenario("gpt-4o").rows
    assert person.figures == Reckoner(lang="en").open().figures
    assert person.address == {}


def test_what_others_add_to_a_link_changes_nothing() -> None:
    person = Reckoner(lang="en", utm_source="mail").open()
    assert person.errors == []
    assert person.figures == Reckoner(lang="en").open().figures


def test_a_change_of_anything_stands_in_the_address() -> None:
    person = Reckoner(lang="en").open().set("turns", 3)
    assert person.address["t"] == "3"
    assert Reckoner(lang="en", **person.address).open().figures == person.figures


def test_the_table_can_be_copied_as_markdown() -> None:
    person = Reckoner(lang="en").open().type("2048x4096 x2").model("gpt-4o")
    table = next(c.value for c in person.at.code if c.value.startswith("| "))
    assert "| 2048 × 4096 | 2 | high | 1105 | 2210 |" in table


def test_a_scenario_is_kept_opened_compared_and_deleted() -> None:
    person = Reckoner(lang="en").open().type("2048x4096").model("gpt-4o")
    person.at.text_input(key="cost_scenario_name").set_value("Plan | A")
    person.look()
    key = next(box.key for box in person.at.checkbox if "cost_compare-" in (box.key or ""))
    assert key is not None
    id_ = key.partition("-")[2]
    person.type("512x512")
    person.at.checkbox(key=key).check()
    person.look()
    (compared,) = [m.value for m in person.at.container(key="cost_compared").markdown]
    assert "| Image tokens | 255 | 1,105 |" in compared
    person.press(f"cost_open-{id_}")
    assert person.figures[0] == "1,105"
    person.press(f"cost_delete-{id_}")
    assert not [box for box in person.at.checkbox if "cost_compare-" in (box.key or "")]


def test_scenarios_stay_with_their_owner_after_a_reload() -> None:
    first = Reckoner(lang="en").open().type("2048x4096")
    first.at.text_input(key="cost_scenario_name").set_value("Mine")
    first.look()
    assert [box.label for box in Reckoner(lang="en").open().at.checkbox] == ["Mine"]


def test_a_second_scenario_of_a_name_gets_one_of_its_own_and_says_so() -> None:
    person = Reckoner(lang="en", p="1").open()
    for calls in (10, 10, 20, 30):
        person.set("calls", calls)
        person.at.text_input(key="cost_scenario_name").set_value("Day")
        person.look()
    kept = [s.name for s in services.store().scenarios("local")]
    assert sorted(kept) == ["Day", "Day (2)", "Day (3)"]
    assert "kept as **Day \\(3\\)**" in person.says or "Day (3)" in person.told
