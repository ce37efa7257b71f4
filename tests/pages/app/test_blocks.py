"""A fault in any block of any page stays in it: the rest of the page goes on."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from components.errors import StoreError
from components.faq import faq
from components.i18n import t
from components.ui.access import people, sign_in
from components.ui.app import sidebar
from components.ui.app.blocks import BLOCKS
from components.ui.chat import view as chat_view
from components.ui.compare import view as compare_view
from components.ui.cost import view as cost_view
from components.ui.faq import view as faq_view
from components.ui.history import view as history_view
from components.ui.usage import view as usage_view
from tests.pages.access.test_access import AUTH, secrets, signed_in
from tests.pages.compare import compare_visiting as compares
from tests.pages.cost.past import fill
from tests.pages.visiting import Person, configure
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

# Importing a page is what names its blocks.
PAGES = (
    chat_view,
    compare_view,
    cost_view,
    faq_view,
    sign_in,
    history_view,
    people,
    sidebar,
    usage_view,
)
NUMBER = re.compile(r"[0-9a-f]{6}")


class Broken(Exception):
    """Whatever may go wrong."""


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def on_chat(endpoint: Loopback, folder: Path) -> Person:
    """One turn with an image, another image in the tray, a parameter to be warned of."""
    endpoint.enqueue(answer("A cat.", model="gpt-4o"))
    person = Person(lang="en").look().pick("gpt-4o")
    person.drop(("red.png", picture("red"))).ask("What is this?")
    return person.drop(("blue.png", picture("blue")))


def on_empty_chat(endpoint: Loopback, folder: Path) -> Person:
    return Person(lang="en").look()


def on_cost(endpoint: Loopback, folder: Path) -> Person:
    return Person(lang="en").look().go("cost")


def on_history(endpoint: Loopback, folder: Path) -> Person:
    person = on_compared(endpoint, folder)
    fill(2)
    return person.go("history")


def on_usage(endpoint: Loopback, folder: Path) -> Person:
    return on_chat(endpoint, folder).go("usage")


def on_people(endpoint: Loopback, folder: Path) -> Person:
    people = 'mode = "oidc"\nallow = ["example.org"]\nadmins = ["ann@example.org"]\n'
    secrets(folder, f"[access]\n{people}{AUTH}")
    signed_in("bob").look()
    return signed_in("ann").look().go("people")


def on_compare(endpoint: Loopback, folder: Path) -> Person:
    person = on_chat(endpoint, folder).go("compare")
    return person.drop(*[(f"{c}.png", picture(c)) for c in ("red", "blue")])


def on_settings(endpoint: Loopback, folder: Path) -> Person:
    return compares.tab(on_compare(endpoint, folder), "cheapest")


def on_compared(endpoint: Loopback, folder: Path) -> Person:
    """A comparison that has ended: two models, all images together."""
    configure(folder, "other", base_url=endpoint.base_url, api_key="sk-other", models=["gpt-4o"])
    for model in ("gpt-4o", "gpt-5"):
        endpoint.enqueue(answer("42", model=model))
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.type_question(compares.of(person, "gpt-4o", "gpt-5"))
    return compares.start(person)


def on_matrix(endpoint: Loopback, folder: Path) -> Person:
    """The same, image by image, and a cell that is looked at."""
    for _ in range(2):
        endpoint.enqueue(answer("42", model="gpt-4o"))
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.tab(compares.of(person, "gpt-4o"), "each")
    compares.start(compares.type_question(person))
    compares.here(person).picked = "0/model0"
    return person.look()


def on_faq(endpoint: Loopback, folder: Path) -> Person:
    return Person(lang="en").look().go("faq")


def on_piece(live: str) -> Callable[[Loopback, Path], Person]:
    def opened(endpoint: Loopback, folder: Path) -> Person:
        slug = next(each.slug for each in faq("en") if each.live == live)
        return Person(lang="en", q=slug).look().go("faq")

    opened.__name__ = f"on_faq_{live}"
    return opened


PLACES: dict[Callable[[Loopback, Path], Person], set[str]] = {
    on_chat: {"chat.title", "chat.model", "chat.about", "chat.price", "chat.answer"},
    on_empty_chat: {"chat.invitation", "chat.gallery"},
    on_compare: {"compare.checks", "compare.pixels", "compare.conversations"},
    on_settings: {"compare.settings"},
    on_compared: {"compare.found", "compare.column", "compare.answer", "compare.differences"},
    on_matrix: {"compare.matrix", "compare.cell"},
    on_cost: {"cost.figures", "cost.address", "cost.all_models", "cost.worked"},
    on_history: {"history.counts", "history.list", "history.search", "history.comparisons"},
    on_usage: {"usage.rows", "usage.days", "usage.csv"},
    on_people: {"people.list", "people.row"},
    on_faq: {"faq.search", "faq.groups", "faq.question"},
    on_piece("tokens"): {"faq.answer", "faq.tokens"},
    on_piece("file_types"): {"faq.file_types"},
    on_piece("models"): {"faq.models"},
}
"""Where somebody is, and some of the blocks that are there."""


def noting(drawn: list[str], name: str, draw: Callable[..., object]) -> Callable[..., object]:
    """`draw`, noted each time."""

    def noted(*args: object, **more: object) -> object:
        drawn.append(name)
        return draw(*args, **more)

    return noted


def broken(*_: object, **__: object) -> None:
    raise Broken("on purpose")


def without_its_database(*_: object, **__: object) -> None:
    raise StoreError("log_busy")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_fault_in_a_block_stays_in_it(
    place: Callable[[Loopback, Path], Person],
    endpoint: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    for name, each in BLOCKS.items():
        monkeypatch.setattr(each, "draw", noting(drawn, name, each.draw))
    person = place(endpoint, tmp_path)
    drawn.clear()
    person.look()
    there = list(dict.fromkeys(drawn))
    assert PLACES[place] <= set(there)
    whole = person.keys
    page = next(iter(PLACES[place])).partition(".")[0]
    # Each in turn, and the sidebar once.
    for name in [n for n in there if n.partition(".")[0] == page or place is on_empty_chat]:
        for fault in (broken, without_its_database):
            drawn.clear()
            with monkeypatch.context() as patch:
                patch.setattr(BLOCKS[name], "draw", fault)
                person.look()
            case = (name, fault.__name__)
            said = [*person.errors, *(c.value for c in person.at.caption)]
            why = "Something went wrong" if fault is broken else "log is busy"
            assert any(why in each for each in said), case
            assert any(NUMBER.search(each) for each in said), case
            assert [b for b in person.at.button if b.label == "Try again"], case
            # Those inside of it can't be there; all of the others are, the page's and beside it.
            lost = set(there) - set(drawn) - {name}
            assert lost <= {inner for inner in there if inner.partition(".")[0] == page}, case
            assert len(lost) <= INSIDE.get(name, 3), (case, lost)
            assert "new_chat" in person.keys, case
            if place in (on_chat, on_empty_chat):
                assert person.at.chat_input(key="chat_input") is not None
    next(b for b in person.at.button if b.label == "Try again").click()
    person.look()
    assert person.errors == []
    assert not [b for b in person.at.button if b.label == "Try again"]
    assert set(whole) <= set(person.keys)


INSIDE = {"compare.found": 20, "cost.figures": 12, "history.counts": 9, "history.list": 6,
          "usage.rows": 4, "faq.question": 6, "faq.answer": 5, "compare.column": 4}  # fmt: skip
"""How many blocks at most are nothing without this one, where that is more than a few."""


@pytest.mark.parametrize("fault", [broken, without_its_database])
@pytest.mark.parametrize("name", ["charts", "cheaper", "pace", "mine", "right"])
def test_a_fault_in_a_tab_of_the_calculator_stays_in_it(
    name: str, fault: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(lang="en").look().go("cost")
    there = set(person.keys)
    broken_one = BLOCKS["cost.evidence" if name == "right" else f"cost.{name}"]
    monkeypatch.setattr(broken_one, "draw", fault)
    person.at.session_state["cost_tabs"] = t("en", f"cost.tab.{name}")
    person.look()
    said = [*person.errors, *(c.value for c in person.at.caption)]
    assert any(NUMBER.search(each) for each in said)
    assert [b.label for b in person.at.button].count("Try again") == 1
    assert there <= set(person.keys)


def test_a_growing_answer_that_cannot_be_drawn_is_said_once_and_stands_there_in_the_end(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person = Person(lang="en").look().pick("fake-vision")
    with monkeypatch.context() as patch:
        patch.setattr(BLOCKS["chat.running"], "draw", broken)
        person.ask("What is this?")
    assert len([r for r in caplog.records if NUMBER.search(r.getMessage())]) == 1
    assert "You asked: What is this?" in person.answers[-1]
    assert person.errors == []
    assert person.at.chat_input(key="chat_input") is not None


def test_a_block_that_fails_while_the_database_is_there_is_not_drawn_for_ever(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(lang="en").look()
    monkeypatch.setattr(BLOCKS["history.counts"], "draw", without_its_database)
    person.go("history")
    assert "log is busy" in person.errors[0]
