"""The calculator's links, saved scenarios, and what comes out of it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from components import services
from components.pricing.whatif import CostError, Scenario, from_params
from tests.pages.cost.calculating import Reckoner


def test_a_link_opens_the_same_figures_in_another_visit() -> None:
    first = Reckoner(lang="en").open().type("2048x4096 x2; 640x480@low").model("gpt-4o")
    first.set("turns", 3).set("calls", 7)
    link = first.copies("link")
    other = Reckoner(**dict(parse_qsl(urlsplit(link).query))).open()
    assert other.figures == first.figures
    assert other.asked == first.asked


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"v": "1", "m": "gpt-4o", "s": "0x5"}, "has a side of 0"),
        ({"v": "9"}, "The link has version “9”"),
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


def failures(person: Reckoner) -> list[str]:
    """Errors, but for what a model would say to an answer of ten million tokens."""
    return [said for said in person.errors if not said.startswith("This request would be rejected")]


@pytest.mark.parametrize("wild", [-5, 0, 10**12])
def test_no_number_empties_the_address(wild: int) -> None:
    person = Reckoner(lang="en").open().set("turns", 3)
    for name in ("answer", "turns", "calls", "days", "prompt_tokens", "system_tokens"):
        person.set(name, wild)
        assert failures(person) == [], name
        assert person.address, name
    person.at.selectbox(key="cost_currency").set_value("CNY")
    for rate in (float(wild), float("nan"), float("inf")):
        person.look().at.number_input(key="cost_rate").set_value(rate)
        assert failures(person.look()) == []
        assert person.address["u"] == "CNY"
    other = Reckoner(lang="en", **person.address).open()
    assert failures(other) == []
    assert other.asked == person.asked


@pytest.mark.parametrize("key", "vmsdpyatcbnkur")
def test_whatever_a_link_says_the_page_is_there(key: str) -> None:
    refused: set[str] = set()
    for said in ("", "-1", "1e999", "nan", "9" * 30, "１", "\x00", "a" * 3000):
        link = {"u": "CNY", "r": "7", key: said}
        try:
            from_params(link)
        except CostError as error:  # the page is the default's then, under this sentence
            if error.code in refused:
                continue
            refused.add(error.code)
        person = Reckoner(lang="en", **link).open()
        assert person.at.selectbox(key="cost_model") is not None
        assert len(person.figures) == 3, said
        assert person.set("turns", 2).address["t"] == "2", said


def test_scenarios_of_odd_and_equal_names_are_told_apart() -> None:
    person = Reckoner(lang="en").open()
    names = ("Same", "Same", "z" * 100, "z" * 120, "**b** $x$ [l](https://e.example)", ":smile:",
             "\u200b", "\u202e", "<a href=x>n</a>", "|x|y|")  # fmt: skip
    for turns, name in enumerate(names, 2):
        person.set("turns", turns)
        person.at.text_input(key="cost_scenario_name").set_value(name)
        person.look()
    kept = services.app().store().scenarios.all(person.remembers.owner)
    assert len(kept) == len(names)
    for each in kept:
        person.at.checkbox(key=f"cost_compare-{each.id}").check()
    assert person.look().errors == []
    labels = [c.label for c in person.at.checkbox if (c.key or "").startswith("cost_compare-")]
    assert len(set(labels)) == len(names)
    assert all(label.strip() for label in labels)
    turns_of = {each.id: dict(parse_qsl(each.params))["t"] for each in kept}
    assert len(set(turns_of.values())) == len(names)
    for each in kept:
        assert str(person.press(f"cost_open-{each.id}").asked.turns) == turns_of[each.id]
    person.press(f"cost_delete-{kept[0].id}")
    left = {each.id for each in services.app().store().scenarios.all(person.remembers.owner)}
    assert left == {each.id for each in kept[1:]}


def test_the_table_can_be_copied_as_markdown() -> None:
    person = Reckoner(lang="en").open().type("2048x4096 x2").model("gpt-4o")
    assert "| 2048 × 4096 | 2 | high | 1105 | 2210 |" in person.copies("table")


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
    kept = [s.name for s in services.app().store().scenarios.all("local")]
    assert sorted(kept) == ["Day", "Day (2)", "Day (3)"]
    assert "Saved as **Day \\(3\\)**" in person.says or "Day (3)" in person.told
