"""The form of the compare page outlives a restart, and whatever the browser makes of it."""

from typing import Any

import pytest

from components.ui.app import unsent
from tests.pages.compare.compare_visiting import (
    QUESTION,
    compare_page,
    here,
    of,
    photos,
    tab,
    type_question,
)
from tests.pages.giving_back import Memory
from tests.pages.visiting import Person
from tests.support.loopback.server import Loopback

MODEL = "loop/gpt-4o"


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    found = Memory()
    monkeypatch.setattr(unsent, "_unsent", found)
    return found


def test_the_form_is_there_after_a_restart(endpoint: Loopback, memory: Memory) -> None:
    person = of(compare_page(Person(lang="en"), *photos(2)), "gpt-4o", "fake-vision")
    person.at.number_input(key="compare_repeats").set_value(2)
    person.at.segmented_control(key="compare_detail").set_value("low")
    given = tab(type_question(person), "each") and memory.given["compare"]
    again = memory.give_back(compare_page(Person(lang="en"), *photos(2)), "compare", given)
    page = here(again)
    assert (page.questions, page.models) == ([QUESTION], ("loop/gpt-4o", "loop/fake-vision"))
    assert (page.tab, page.detail, page.repeats) == ("each", "low", 2)
    assert again.at.multiselect(key="compare_models").value == list(page.models)


HOSTILE: dict[str, Any] = {
    "a list": [MODEL],
    "other kinds": {
        "tab": ["each"],
        "detail": 3,
        "questions": {"a": 1},
        "models": MODEL,
        "repeats": True,
        "accepted": [1],
    },
    "beyond": {"repeats": 10**400, "questions": [1, None, [], {}], "models": [None] * 99},
    "no numbers": {"repeats": float("nan"), "again": "yes"},
    "nobody's": {"tab": "all", "detail": "finest", "models": ["loop/none", "x" * 10**5]},
    "the same model again": {"models": [MODEL] * 50},
    "more models than are compared": {"models": [f"loop/{n}" for n in range(40)] + [MODEL]},
    "half a pair": {"questions": ["a\ud800\x00"], "models": ["\udfff"], "accepted": "\ud800"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_form_of_a_comparison_is_left_out_and_the_page_works(
    endpoint: Loopback, memory: Memory, name: str
) -> None:
    person = compare_page(Person(lang="en"), *photos(2))
    given = memory.given["compare"]
    memory.give_back(person, "compare", given, form=HOSTILE[name], names=[])
    for mode in ("each", "cheapest", "together"):
        assert tab(person, mode).errors == []
    chosen = person.at.multiselect(key="compare_models").value
    assert len(set(chosen)) == len(chosen)
    assert (here(person).repeats, here(person).again) == (1, False)
    assert "\ud800" not in here(person).questions[0]
    assert type_question(person, "Well?").errors == []
    assert here(person).questions == ["Well?"]
