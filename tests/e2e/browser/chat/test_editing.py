"""A question edited where it stands, and the outline of a long conversation."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.e2e.browser.chat.test_composing import KEYS
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

DRAFT = "half a thought"


def edited(person: Visitor) -> Locator:
    return person.key("edit_box").locator("textarea")


def test_a_question_is_edited_by_keys_and_the_composer_is_left_alone(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("fake-vision")
    person.drop_in(pictures[0])
    person.ask("Which colour?")
    person.input.fill(DRAFT)
    person.idle()
    person.page.keyboard.press("ControlOrMeta+Shift+E")
    expect(edited(person)).to_be_focused()
    expect(edited(person)).to_have_value("Which colour?")
    question = person.page.get_by_test_id("stChatMessage").first
    expect(question.get_by_alt_text("wide.png")).to_be_visible()
    expect(person.key("edit_box")).to_contain_text("1 image")

    # Enter that ends a composition sends nothing, Shift+Enter begins a line
    composing = {"key": "Enter", "code": "Enter", "keyCode": 229, "isComposing": True}
    person.page.evaluate(KEYS, ["keydown", composing])
    person.page.keyboard.press("Shift+Enter")
    person.page.keyboard.type("And shape?")
    expect(edited(person)).to_have_value("Which colour?\nAnd shape?")

    # Esc leaves it, with the focus where it came from
    person.page.keyboard.press("Escape")
    expect(edited(person)).to_have_count(0)
    expect(question).to_contain_text("Which colour?")
    expect(question.get_by_role("button", name="Edit")).to_be_focused()

    person.page.keyboard.press("Enter")
    expect(edited(person)).to_have_value("Which colour?")
    edited(person).fill("Which shape?")
    person.page.keyboard.press("Enter")
    expect(person.answers.last).to_contain_text("You asked: Which shape?", timeout=60_000)
    expect(person.answers.last).to_contain_text("I see 1 image")
    expect(question).to_contain_text("2 of 2")
    expect(person.input).to_have_value(DRAFT)
    expect(person.input).to_be_focused()


def test_what_was_changed_of_a_question_is_there_after_a_reload(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("fake-vision")
    person.ask("Which colour?")
    person.page.get_by_role("button", name="Edit").click()
    edited(person).fill("Which sha")
    person.page.reload()
    expect(edited(person)).to_have_value("Which sha", timeout=30_000)
    expect(person.input).to_have_value("")
    person.key("edit_send").get_by_role("button").click()
    expect(person.answers.last).to_contain_text("You asked: Which sha", timeout=60_000)


def test_the_outline_leads_to_each_question_from_three_of_them_on(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app, width=1440).open()
    person.pick_model("fake-vision")
    outline = person.page.get_by_role("navigation", name="Questions in this chat")
    asked = [f"Question {n} {uuid4().hex[:6]}" for n in range(3)]
    for each in asked[:2]:
        person.ask("\n".join([each, *["a", "longer", "one"]]))
    expect(outline).to_be_hidden()
    person.ask(asked[2])
    links = outline.get_by_role("link")
    expect(links).to_have_count(3)
    expect(links.last).to_have_attribute("aria-current", "true")

    person.page.set_viewport_size({"width": 1440, "height": 420})
    links.first.focus()
    person.page.keyboard.press("Enter")
    first = person.page.locator('[class*="st-key-bubble-"]').first
    expect(first).to_be_in_viewport()
    expect(links.first).to_have_attribute("aria-current", "true")
    expect(links.last).not_to_have_attribute("aria-current", "true")
    expect(person.page).to_have_url(re.compile(r"[?&]c=\w+$"))  # the conversation's own
    outline.hover()
    second = outline.get_by_role("link", name=re.compile(asked[1]))
    expect(second.locator("span")).to_be_in_viewport()
    person.page.set_viewport_size({"width": 1200, "height": 800})
    expect(outline).to_be_hidden()
