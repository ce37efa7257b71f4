"""What a model thought, on the pages: folded, there after a reload, and never the answer."""

import json

from components import services
from tests.pages.compare.compare_visiting import (
    compare_page,
    kept,
    of,
    photos,
    start,
    tab,
    type_question,
)
from tests.pages.sharing.test_shared_pages import link, shown
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.sharing.things import talked


def unfolded(person: Person) -> Person:
    """The person opens what is folded."""
    for box in person.unfolding:
        if box.label.startswith(("Reasoning", "思考过程")):
            person.at.session_state[box.key] = True
    return person.look()


def labels(person: Person) -> list[str]:
    return [box.label for box in person.unfolding]


def test_reasoning_stands_folded_above_the_answer_after_a_reload_too(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("<think>maybe yes</think>\n\nNo", model="gpt-4o"), answer("Well."))
    person.look().ask("Is it?")
    assert labels(person) == ["Reasoning · 9 characters"]
    assert person.answers[-1] == "No"
    again = Person(c=person.remembers.chat.conversation_id or "", lang="zh").look()
    assert labels(again) == ["思考过程 · 9 字"]
    assert "maybe yes" not in again.says
    assert unfolded(again).answers[-1] == "maybe yesNo"
    person.ask("And now?")
    sent = json.dumps(endpoint.asked()[-1].body)
    assert "No" in sent
    assert "maybe" not in sent


def test_reasoning_alone_is_folded_beside_the_sentence(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("<think>maybe yes", finish="length", model="gpt-4o"))
    person.look().ask("Is it?")
    assert labels(person)[0] == "Reasoning · 9 characters"
    assert len(person.errors) == 1


def test_cells_of_comparisons_fold_their_reasoning(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(*(answer("<think>maybe yes</think>No", model="gpt-4o") for _ in range(3)))
    start(of(type_question(compare_page(person, *photos(2))), "gpt-4o"))
    assert "Reasoning · 9 characters" in labels(person)
    assert [cell.answer for cell in kept(person).cells] == ["No"]
    start(of(type_question(tab(person, "each")), "gpt-4o"), "compare_run")
    assert [cell.answer for cell in kept(person).cells] == ["No", "No"]


def test_a_shared_page_shows_the_answer_alone() -> None:
    talked("1", answer="No", reasoning="maybe yes")
    assert services.app().store().conversations.conversation("local", "c1")
    page = shown(link()).text
    assert "No" in page
    assert "maybe" not in page
