"""Where one is in a conversation while it grows."""

import re
from dataclasses import replace

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import Wait, answer
from tests.support.loopback.server import Loopback

LINES = ["A line that is read, word by word. \n\n"] * 60
LEFT = "(page) => page.scrollHeight - page.clientHeight - page.scrollTop"


def test_who_reads_stays_there_and_who_asks_is_taken_to_the_question(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    endpoint.enqueue(answer(*LINES, model="fake-vision"))
    # The question is looked at before the text takes its place.
    growing = answer(*LINES, model="fake-vision", pause=0.1)
    endpoint.enqueue(replace(growing, before=[Wait(3)]))
    person = visit(app).open()
    page, newest = person.page.locator(".stMain"), person.page.locator(".tuwen-newest")
    person.ask("A long answer?")
    assert page.evaluate(LEFT) < 2
    expect(newest).to_be_hidden()

    _up(person)
    expect(newest).to_be_visible()
    person.send("Another one?")
    expect(person.page.get_by_text("Another one?", exact=True)).to_be_in_viewport()
    expect(person.key("stop")).to_be_visible()
    expect(newest).to_be_hidden()

    _up(person)
    there = page.evaluate("(page) => page.scrollTop")
    expect(newest).to_have_attribute("data-streams", "")
    expect(newest).to_have_accessible_name(re.compile("being written"))
    high = page.evaluate("(page) => page.scrollHeight")
    person.page.wait_for_function(
        "(high) => document.querySelector('.stMain').scrollHeight > high + 60", arg=high
    )
    assert page.evaluate("(page) => page.scrollTop") == there

    newest.press("Enter")
    expect(newest).to_be_hidden()
    expect(person.input).to_be_focused()
    expect(person.answers).to_have_count(2, timeout=60_000)
    person.idle()
    assert page.evaluate(LEFT) < 2


def _up(person: Visitor) -> None:
    """With the wheel, until the page stands still."""
    person.page.mouse.move(640, 300)
    person.page.mouse.wheel(0, -600)
    person.page.wait_for_timeout(500)
