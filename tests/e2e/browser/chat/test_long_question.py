"""A pasted book: priced as it is sent, said to be too long, and sent only when confirmed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

WORDS = "The quick brown fox jumps over the lazy dog; 12 of them were seen. "
BOOK = (WORDS * 10_000)[:670_000]


@pytest.fixture(scope="module")
def models(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    """The app with a model of 128k, and one that writes prompts to its cache by itself."""
    folder = tmp_path_factory.mktemp("long")
    with RunningApp(folder, endpoint.base_url, models=("gpt-4o", "gpt-6-astra")) as running:
        yield running


@pytest.fixture
def person(visit: Visit, models: RunningApp) -> Visitor:
    return visit(models).open()


def paste(person: Visitor, text: str) -> None:
    """With real keys, out of a real clipboard."""
    person.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    person.input.click()
    person.page.keyboard.press("ControlOrMeta+v")


def test_what_is_longer_than_the_model_reads_is_said_and_sent_only_when_confirmed(
    person: Visitor, endpoint: Loopback
) -> None:
    person.pick_model("gpt-4o")
    paste(person, BOOK)
    price = person.key("cost_estimate")
    expect(price).to_contain_text("text 170,008 ", timeout=30_000)
    expect(person.key("chat_list")).to_contain_text("128,000", timeout=30_000)
    asked = len(endpoint.asked())
    person.input.press("Enter")
    anyway = person.page.get_by_role("button", name="Send anyway")
    expect(anyway).to_be_visible(timeout=30_000)
    expect(person.input).to_have_value(BOOK)
    expect(person.page.locator(".tuwen-ghost")).to_have_count(0)
    assert len(endpoint.asked()) == asked
    box = anyway.bounding_box()
    assert box
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    person.page.mouse.down()
    person.page.mouse.up()
    expect(person.answers).to_have_count(1, timeout=30_000)
    expect(person.input).to_have_value("")
    assert len(endpoint.asked()) == asked + 1


def test_the_price_of_what_the_cache_decides_is_a_range(person: Visitor) -> None:
    person.pick_model("gpt-6-astra")
    paste(person, WORDS * 130)
    price = person.key("cost_estimate")
    expect(price).to_contain_text(re.compile(r"\$0\.02\d+ to \$0\.02\d+ \+ answer"), timeout=30_000)
    person.input.press("End")
    before = price.inner_text()
    person.page.keyboard.type(" And what of the cat?")
    expect(price).not_to_have_text(before, timeout=30_000)
