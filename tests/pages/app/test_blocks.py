"""A fault in any block of any page stays in it: the rest of the page goes on."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from components import services
from components.cases.case import CaseSet
from components.errors import StoreError
from components.faq import faq
from components.i18n import t
from components.ui.access import people, sign_in
from components.ui.app import sidebar
from components.ui.app.blocks import BLOCKS
from components.ui.cases import view as cases_view
from components.ui.chat import view as chat_view
from components.ui.compare import view as compare_view
from components.ui.cost import view as cost_view
from components.ui.faq import view as faq_view
from components.ui.history import view as history_view
from components.ui.usage import view as usage_view
from tests.pages.access.test_access import AUTH, secrets, signed_in
from tests.pages.cases import run_visiting as runs
from tests.pages.compare import compare_visiting as compares
from tests.pages.cost.past import fill
from tests.pages.visiting import Person, configure
from tests.support.loopback.pictured import pictured
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

# Importing a page is what names its blocks.
PAGES = (
    cases_view,
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


def on_editing(endpoint: Loopback, folder: Path) -> Person:
    return on_chat(endpoint, folder).press("edit")


def on_unsaved(endpoint: Loopback, folder: Path) -> Person:
    """The same, with an answer that the store didn't take, and a file that is none."""
    person = on_chat(endpoint, folder)
    job = services.app().answers().run("local", person.remembers.chat.conversation_id or "")
    assert job
    job.cell.store_error = StoreError("store_busy")
    return person.drop(("notes.bin", b"nothing"))


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


def on_empty_compare(endpoint: Loopback, folder: Path) -> Person:
    return Person(lang="en").look().go("compare")


def on_compare(endpoint: Loopback, folder: Path) -> Person:
    person = on_chat(endpoint, folder).go("compare")
    return person.drop(*[(f"{c}.png", picture(c)) for c in ("red", "blue")])


def on_settings(endpoint: Loopback, folder: Path) -> Person:
    return compares.tab(on_compare(endpoint, folder), "cheapest")


def on_cheapest(endpoint: Loopback, folder: Path) -> Person:
    """A search for the cheapest setting that has ended."""
    endpoint.enqueue(*[answer("42", model="gpt-4o")] * 5)
    person = compares.compare_page(Person(lang="en"), *compares.photos(1))
    person = compares.tab(compares.of(compares.type_question(person), "gpt-4o"), "cheapest")
    person.at.text_area(key="compare_right_answer").set_value("42")
    return compares.start(person.look(), "compare_run_cheapest")


def on_compared(endpoint: Loopback, folder: Path) -> Person:
    """A comparison that has ended: two models, all images together; one makes a picture."""
    configure(folder, "other", base_url=endpoint.base_url, api_key="sk-other", models=["gpt-4o"])
    endpoint.enqueue(answer("42", model="gpt-4o"), pictured("field", "42", picture("red")))
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.type_question(compares.of(person, "gpt-4o", "gpt-5"))
    return compares.start(person)


def on_presented(endpoint: Loopback, folder: Path) -> Person:
    return on_compared(endpoint, folder).press("compare_present")


def on_matrix(endpoint: Loopback, folder: Path) -> Person:
    """The same, image by image, and a cell that is looked at."""
    for _ in range(2):
        endpoint.enqueue(answer("42", model="gpt-4o"))
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.tab(compares.of(person, "gpt-4o"), "each")
    compares.start(compares.type_question(person))
    compares.here(person).picked = "0/0"
    return person.look()


def on_faq(endpoint: Loopback, folder: Path) -> Person:
    return Person(lang="en").look().go("faq")


def on_cases(endpoint: Loopback, folder: Path) -> Person:
    """One's own set, and those that come with the app."""
    services.app().store().cases.create("local", "s1", CaseSet("Mine", ()), {}, "hand")
    return Person(lang="en").look().go("cases")


def on_set(endpoint: Loopback, folder: Path) -> Person:
    """One of whose cases was just deleted."""
    person = Person(lang="en").look().go("cases").press("open-builtin-trials")
    return person.press("delete_case-builtin-trials-en-dogs")


def on_case(endpoint: Loopback, folder: Path) -> Person:
    return on_set(endpoint, folder).press("edit_case-builtin-trials-en-seeds")


def on_run(endpoint: Loopback, folder: Path) -> Person:
    """A run that lost a case, beside the one before."""
    set_id = runs.kept(runs.numbers("a", "b"))
    person = Person(lang="en", set=set_id).look().go("cases")
    endpoint.enqueue(*[answer("23", model="gpt-4o")] * 2)
    first = runs.ended(person.press("run_start")).remembers.case_runs.run_id
    person.press("run_back")
    person.at.toggle(key="run_fresh").set_value(True)
    endpoint.enqueue(*[answer("24", model="gpt-4o")] * 2)
    person = runs.ended(person.look().press("run_start"))
    second = person.remembers.case_runs.run_id
    person.at.selectbox(key=f"run_beside-{second}").set_value(first)
    return person.look()


def on_runs(endpoint: Loopback, folder: Path) -> Person:
    """The set of these runs."""
    return on_run(endpoint, folder).press("run_back")


def on_rehearsal(endpoint: Loopback, folder: Path) -> Person:
    """Of a model that leaves soon: one answer of it is labelled, one isn't."""
    configure(folder, "old", base_url=endpoint.base_url, api_key="sk-old", models=["gpt-5.1-chat"])
    person = Person(lang="en").look()
    for said in ("23", "24"):
        endpoint.enqueue(answer(said, model="gpt-5.1-chat"))
        person.press("new_chat").pick("gpt-5.1-chat", "old").ask("How many?")
    mark = next(each for each in person.keys if each.startswith("label_right-"))
    return person.press(mark).go("cases").press("rehearse-old/gpt-5.1-chat")


def on_running(endpoint: Loopback, folder: Path) -> Person:
    set_id = runs.kept(runs.numbers("a"))
    endpoint.enqueue(answer("2", "3", pause=60, model="gpt-4o"))
    return Person(lang="en", set=set_id).look().go("cases").press("run_start")


def on_piece(live: str) -> Callable[[Loopback, Path], Person]:
    def opened(endpoint: Loopback, folder: Path) -> Person:
        slug = next(each.slug for each in faq("en") if each.live == live)
        return Person(lang="en", q=slug).look().go("faq")

    opened.__name__ = f"on_faq_{live}"
    return opened


def parts(page: str, names: str) -> set[str]:
    return {f"{page}.{name}" for name in names.split()}


_FORM = "checks conversations detail images models options pixels preflight question questions "
_FORM += "start"
_FOUND = "agreement differences expected found head order out saving scores seen values"
PLACES: dict[Callable[[Loopback, Path], Person], set[str]] = {
    on_chat: parts(
        "chat", "about answer bar by_url endpoint estimate labels meter model parameters"
    )
    | parts("chat", "preflight presets price question shared sources strip title tray"),
    on_editing: parts("chat", "edit_price"),
    on_unsaved: parts("chat", "unsaved refusals"),
    on_empty_chat: parts("chat", "doors invitation gallery samples")
    | parts("sidebar", "language person recent")
    | {"seen", "sharing"},
    on_empty_compare: parts("compare", "invitation"),
    on_compare: parts("compare", _FORM),
    on_settings: parts("compare", "settings"),
    on_cheapest: parts("compare", "cheapest"),
    on_compared: parts("compare", f"{_FOUND} answer column pictures progress"),
    on_presented: parts("compare", "presented presented_answer"),
    on_matrix: parts("compare", f"{_FOUND} answers cell matrix row"),
    on_cost: parts("cost", "address all_models badge bars best call compared figures links parts")
    | parts("cost", "preflight problems result rows saved sentence texts ways_in worked written"),
    on_history: parts("history", "bring_in bulk compared comparisons counts export filters list")
    | parts("history", "mine notes row search team"),
    on_cases: parts("cases", "bring_in labelled new page retiring set_row sets"),
    on_set: parts("cases", "export head list row run_endings run_form run_price undo"),
    on_run: parts("cases", "run_beside run_case run_cases run_head run_out run_results"),
    on_runs: parts("cases", "runs"),
    on_rehearsal: parts("cases", "draft drafts rehearse_head successors to_label to_label_row"),
    on_running: parts("cases", "run_progress"),
    on_case: parts("cases", "editor"),
    on_usage: parts("usage", "chart csv days rows table totals"),
    on_people: parts("people", "list row"),
    on_faq: parts("faq", "groups question search"),
    on_piece("tokens"): parts("faq", "answer helpful related tokens"),
    on_piece("file_types"): parts("faq", "file_types"),
    on_piece("models"): parts("faq", "models"),
}
"""Where somebody is, and the blocks that are tried there."""
ON_TABS = ("models", "charts", "cheaper", "pace", "mine", "evidence")
WHILE_RUNNING = {"chat.running", "compare.running"}


def test_each_block_is_tried_somewhere() -> None:
    assert set(BLOCKS) == {
        *(name for there in PLACES.values() for name in there),
        *(f"cost.{name}" for name in ON_TABS),
        *WHILE_RUNNING,
    }


def noting(drawn: list[str], name: str, draw: Callable[..., object]) -> Callable[..., object]:
    """`draw`, noted each time."""

    def noted(*args: object, **more: object) -> object:
        drawn.append(name)
        return draw(*args, **more)

    return noted


def broken(*_: object, **__: object) -> None:
    raise Broken("on purpose")


def without_its_database(*_: object, **__: object) -> None:
    raise StoreError("store_busy")


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
    whole, told = person.keys, person.errors
    page = next(name.partition(".")[0] for name in sorted(PLACES[place]))
    # Each in turn, and the sidebar once.
    tried = [n for n in there if n.partition(".")[0] == page or place is on_empty_chat]
    for name in tried:
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
            if place in (on_chat, on_unsaved, on_empty_chat):
                assert person.at.chat_input(key="chat_input") is not None
    next(b for b in person.at.button if b.label == "Try again").click()
    person.look()
    assert person.errors == told
    assert not [b for b in person.at.button if b.label == "Try again"]
    assert set(whole) <= set(person.keys)


INSIDE = {"cases.page": 11, "compare.found": 20, "cost.figures": 14,
          "history.counts": 9, "history.list": 6,
          "usage.rows": 4, "faq.question": 6, "faq.answer": 5,
          "compare.column": 4, "compare.matrix": 4}  # fmt: skip
"""How many blocks at most are nothing without this one, where that is more than a few."""


@pytest.mark.parametrize("fault", [broken, without_its_database])
@pytest.mark.parametrize("name", ON_TABS)
def test_a_fault_in_a_tab_of_the_calculator_stays_in_it(
    name: str, fault: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(lang="en").look().go("cost")
    # The tab that is open at first has buttons of its own.
    there = {key for key in person.keys if not re.fullmatch(r"cost_take-\d+", key)}
    monkeypatch.setattr(BLOCKS[f"cost.{name}"], "draw", fault)
    tab = {"evidence": "right", "models": "table"}.get(name, name)
    person.at.session_state["cost_tabs"] = t("en", f"cost.tab.{tab}")
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


def test_a_running_comparison_that_cannot_be_drawn_is_said_and_stands_there_in_the_end(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint.enqueue(answer("4", "2", pause=0.3, model="gpt-4o"))
    person = compares.compare_page(Person(lang="en"), *compares.photos(2))
    compares.type_question(compares.of(person, "gpt-4o"))
    with monkeypatch.context() as patch:
        patch.setattr(BLOCKS["compare.running"], "draw", broken)
        compares.start(person)
    assert "42" in person.look().says
    assert person.errors == []


def test_a_block_that_fails_while_the_database_is_there_is_not_drawn_for_ever(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(lang="en").look()
    monkeypatch.setattr(BLOCKS["history.counts"], "draw", without_its_database)
    person.go("history")
    assert "log is busy" in person.errors[0]
