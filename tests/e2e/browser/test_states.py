"""Every page in each of its states: axe finds nothing that matters, what can be pressed can be hit,
what has the focus shows it; a comparison on a phone as well, and nothing is too wide there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from components.i18n import t
from tests.e2e.browser.access.test_shared_link import shared
from tests.e2e.browser.chat.test_preflight import SAMPLES
from tests.e2e.browser.compare.test_compare import ask, picture, put_in, turn_to
from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.sweeping import ALL, Sweep, in_the_way
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import Reply, Wait, answer, error
from tests.support.loopback.server import Loopback

LOOKS = ("desk", "phone")
SAID = (
    "It is a **cat**, `1 x 2`:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "```python\nprint(1)  # one\n```\n"
)
Begin = Callable[[str], Sweep]
# Twenty states in one walk take their time on a machine with much else to do.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def begin(app: RunningApp, visit: Visit) -> Begin:
    """Somebody at a desk or with a phone, who sees all of a state."""

    def make(look: str) -> Sweep:
        if look == "phone":
            return Sweep(visit(app, phone=True), "en", ("axe", "targets", "sideways"))
        return Sweep(visit(app), "en", ALL)

    return make


def test_nothing_stands_in_the_way_of_a_conversation(begin: Begin, endpoint: Loopback) -> None:
    sweep = begin("desk")
    person, page, see = sweep.person, sweep.person.page, sweep.see
    menu = page.get_by_test_id("stPopoverBody")
    sweep.open("/")
    see("chat", person.key("sample_gallery").locator("img").last)
    person.pick_model("gpt-4o")
    for name in ("model_chip", "parameters", "add_menu"):
        person.key(name).locator("button").first.click()
        see(name, menu)
        person.close_window()
    person.drop_in(SAMPLES / "paper.webp")
    # The page is drawn anew when the image's text has been read, which closes what is open.
    read = person.key("chat_list").filter(has_text="68")
    see("an image to be sent", read)
    person.key("chat_list").locator("button").first.click()
    see("what is worth knowing of them", menu)
    person.close_window()
    shown = person.look_into(person.cards.first)
    see("one of them", shown)
    shown.locator('[class*="st-key-see-"] button').click()
    see("what the model sees", person.key("legibility").get_by_role("listitem"))
    close(sweep)

    endpoint.enqueue(grows())
    person.send("What is this?")
    message = page.get_by_test_id("stChatMessage").last
    expect(message).to_contain_text("one two")
    see("answering", person.key("stop"), still=False)
    expect(person.answers).to_have_count(1)
    endpoint.enqueue(answer(SAID, model="gpt-4o"))
    person.ask("And this?")
    see("a conversation", person.answers.last.locator("table"))
    person.answers.last.locator('[class*="st-key-cost_billed"] button').click()
    see("a bill", menu)
    person.close_window()
    person.key("context_strip").locator("button").first.click()
    see("what is resent", menu)
    person.close_window()
    person.key("edit").locator("button").click()
    see("a question that is edited", person.key("edit_box").locator("textarea"))
    person.key("edit_cancel").locator("button").click()
    expect(person.key("edit_box")).to_have_count(0)
    link = shared(person)
    see("a link", person.key("share_copy"))
    close(sweep)
    endpoint.enqueue(error(401, message="No such key"))
    person.ask("Does it fail?")
    see("a failure", person.answers.last.get_by_test_id("stAlert"))

    sweep.open("/history")
    see("history", person.key("history_list").locator('[class*="st-key-row-"]'))
    person.key("select").locator("button").click()
    see("selecting", person.key("select_done"))
    sweep.open("/usage")
    see("usage", person.key("usage_totals"))
    page.goto(f"{link}&lang={sweep.lang}")
    see_page(sweep, "what is shared", page.locator("main"))
    page.goto(f"{link}0&lang={sweep.lang}")
    see_page(sweep, "a link that shows nothing", page.locator("main"))
    assert sweep.found == {}


def grows() -> Reply:
    """An answer that pauses for a look at it."""
    ready = answer("one two ", "three.", model="gpt-4o")
    return Reply([*ready.steps[:2], Wait(6), *ready.steps[2:]])


def close(sweep: Sweep) -> None:
    sweep.person.page.keyboard.press("Escape")
    expect(sweep.person.page.get_by_role("dialog")).to_have_count(0)


def see_page(sweep: Sweep, state: str, there: Locator) -> None:
    """One that Streamlit doesn't draw."""
    expect(there).to_be_visible()
    if wrong := in_the_way(sweep.person.page, sweep.checks):
        sweep.found[state] = wrong


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_stands_in_the_way_of_a_comparison(begin: Begin, look: str) -> None:
    sweep = begin(look)
    person, page, see = sweep.person, sweep.person.page, sweep.see
    sweep.open("/compare")
    see("compare", person.key("compare_try").locator("button"))
    put_in(person, 2, picture(1), picture(2))
    see("a pair", person.key("compare_figures"), person.key("compare_slider"))
    turn_to(person, t(sweep.lang, "compare.mode.cheapest"))
    see("the cheapest setting", person.key("compare_right_answer"))
    turn_to(person, t(sweep.lang, "compare.mode.each"))
    ask(person, "What is this?")
    see("a matrix", person.key("compare_out"), person.key("compare_matrix"))
    turn_to(person, t(sweep.lang, "compare.mode.together"))
    ask(person, "What differs?")
    see("answers beside each other", person.key("compare_out"), person.key("compare_column-0"))
    person.key("compare_present").get_by_role("button").click()
    see("presented", person.key("compare_presented"))
    sweep.open("/history")
    page.get_by_role("tab", name=re.compile(t(sweep.lang, "ui.history.compared"))).click()
    see("comparisons of the past", person.key("compared_list"))
    assert sweep.found == {}


def test_nothing_stands_in_the_way_on_the_other_pages(begin: Begin) -> None:
    sweep = begin("desk")
    person, page, see = sweep.person, sweep.person.page, sweep.see
    sweep.open("/cost")
    see("cost", person.key("cost_bars"))
    for name in ("each", "more"):
        person.key(f"cost_{name}").locator("summary").click()
    see("cost in full", person.key("cost_prompt"))
    for name, there in (("table", "cost_table"), ("charts", "cost_chart"), ("pace", "cost_pace")):
        page.get_by_role("tab", name=t(sweep.lang, f"cost.tab.{name}"), exact=True).click()
        see(f"cost, {name}", person.key(there))

    sweep.open("/faq")
    see("faq", person.key("faq_groups"), person.key("faq_list").locator("summary"))
    sweep.open("/faq?q=small-text")
    see("an answer of the FAQ", person.key("faq-small-text").get_by_role("radio"))
    person.key("faq_search").locator("input").fill("token")
    see("what the FAQ finds", page.locator('[class*="st-key-faq_hit-"]'))

    sweep.open("/cases")
    trials = page.get_by_role("button", name=t(sweep.lang, "cases.builtin.trials"))
    see("sets of cases", trials)
    trials.first.click()
    cases = page.locator('[class*="st-key-row-case-"]')
    see("cases", cases, person.key("run_form"))
    page.locator('[class*="st-key-edit_case-"] button').first.click()
    see("a case", person.key("case_grader"))
    person.key("cancel_case").locator("button").click()
    person.key("run_start").locator("button").click()
    see("a run", person.key("run_out"), person.key("run_cases"))

    sweep.open("/nothing-here")
    see("not found", page.get_by_role("heading", level=1))
    assert sweep.found == {}
