"""What is said before a question is sent, and what the model sees, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback
from tests.support.paths import ROOT

SAMPLES = ROOT / "components" / "samples" / "pictures"


@pytest.fixture(scope="module")
def known_models(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    """The app with models that the catalogue knows, at the loopback endpoint."""
    folder = tmp_path_factory.mktemp("preflight")
    with RunningApp(folder, endpoint.base_url, models=("gpt-4o", "gpt-6-luna")) as running:
        yield running


@pytest.fixture
def person(visit: Visit, known_models: RunningApp) -> Visitor:
    found = visit(known_models).open()
    found.pick_model("gpt-4o")
    return found


def test_a_panorama_is_said_before_it_is_sent_and_cut_in_one_click(
    person: Visitor, tmp_path: Path
) -> None:
    wide = tmp_path / "wide.jpg"
    Image.effect_noise((6000, 600), 60).convert("RGB").save(wide, quality=80)
    person.drop_in(wide)
    expect(person.key("chat_list")).to_contain_text("panorama")
    person.page.get_by_role("button", name=re.compile("^Cut into ")).click()
    expect(person.cards.first.get_by_alt_text("wide-split-1")).to_be_visible()
    expect(person.cards.nth(1)).to_be_visible()  # one after the other


def test_a_question_is_looked_at_as_it_is_typed_and_outlives_a_change_of_page(
    visit: Visit, app: RunningApp
) -> None:
    person = visit(app).open()
    person.pick_model("fake-vision")
    person.input.fill("How many seeds are there?")
    expect(person.key("chat_list")).to_contain_text("Counts are approximate")
    person.page.get_by_role("link", name="History").click()
    expect(person.page.get_by_role("heading", name="History")).to_be_visible()
    person.page.get_by_role("link", name="Chat", exact=True).click()
    expect(person.input).to_have_value("How many seeds are there?")
    person.input.press("Enter")
    expect(person.answers).to_have_count(1)
    expect(person.input).to_have_value("")


def test_the_model_s_view_shows_the_grid_and_the_text_that_is_left(person: Visitor) -> None:
    person.drop_in(SAMPLES / "paper.webp", SAMPLES / "shop_sign.webp")
    shown = person.look_into(person.cards.first)
    shown.get_by_role("button", name="What the model sees").click()
    window = person.page.get_by_role("dialog", name="What gpt-4o sees")
    expect(window).to_contain_text("768 × 1,028 px")
    expect(person.key("legibility")).to_contain_text("lines readable", timeout=60_000)
    picture = person.key("seen_picture").locator("img")
    expect(picture).to_be_visible()
    seen, words = picture.bounding_box(), person.key("legibility").bounding_box()
    assert seen
    assert words
    assert seen["height"] <= 0.62 * 860 + 1
    assert words["x"] >= seen["x"] + seen["width"]
    expect(person.key("legibility").get_by_role("listitem").first).to_be_in_viewport()
    expect(window).to_contain_text("6 squares of 512 px · detail auto")

    # from image to image by keys and by buttons
    expect(window).to_contain_text("1 of 2")
    expect(window.get_by_role("button", name="Previous image")).to_be_disabled()
    person.page.keyboard.press("ArrowRight")
    expect(window).to_contain_text("2 of 2")
    expect(picture).to_have_attribute("alt", "shop_sign.webp as the model sees it")
    window.get_by_role("button", name="Previous image").click()
    expect(picture).to_have_attribute("alt", "paper.webp as the model sees it")
    window.get_by_text("Beside the original").click()
    expect(window.get_by_role("button", name="Side by side")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(window).to_have_count(0)
