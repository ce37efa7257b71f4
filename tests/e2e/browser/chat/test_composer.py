"""The composer in a real browser: its height, what stands where, and that hands and keys do all."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FloatRect, Locator, Route, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

SIZES = ((1440, 900), (1280, 800), (390, 844))
AT = "document.activeElement.dataset.testid ?? ''"
FIELD = "stChatInputTextArea"


@pytest.fixture(scope="module")
def blurry(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Five photos that nothing can be made out in."""
    folder = tmp_path_factory.mktemp("blurry")
    made = []
    for n in range(5):
        picture = Image.linear_gradient("L").resize((800 - n, 600)).convert("RGB")
        picture.paste((40 * n, 90, 160), (100, 100, 500, 500))
        made.append(folder / f"photo-{n}.jpg")
        picture.filter(ImageFilter.GaussianBlur(9)).save(made[-1])
    return made


def heights(person: Visitor) -> list[float]:
    """Of the whole bottom block, in each size."""
    found = []
    for width, height in SIZES:
        person.page.set_viewport_size({"width": width, "height": height})
        person.page.wait_for_timeout(200)
        found.append(box(person.page.get_by_test_id("stBottomBlockContainer"))["height"])
    return found


def box(found: Locator) -> FloatRect:
    there = found.bounding_box()
    assert there
    return there


def names(person: Visitor) -> list[str]:
    return [each.get_attribute("alt") or "" for each in person.cards.locator("img").all()]


def test_it_is_low_says_what_goes_and_stop_stands_where_send_was(
    app: RunningApp, visit: Visit, blurry: list[Path]
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    line = person.key("composer_line")
    expect(person.input).to_have_attribute("placeholder", "Ask anything, or drop an image")
    expect(line).to_have_text("")
    assert max(heights(person)) <= 100
    person.drop_in(blurry[0])
    expect(person.input).to_have_attribute("placeholder", "Ask about the image")
    expect(person.key("chat_list")).to_contain_text("Blurry", timeout=60_000)
    person.drop_in(*blurry[1:])
    expect(person.input).to_have_attribute("placeholder", "Ask about the images")
    expect(person.key("chat_list")).to_contain_text("5 images are blurry", timeout=60_000)
    person.input.fill("Which one is sharp?")
    expect(line).to_contain_text("5 images 3,825 + text")
    assert max(heights(person)) <= 180
    # at 390 pixels the thumbnails scroll, and show that they go on
    expect(person.page.locator(".st-key-tray_cards[data-after]")).to_have_count(1)
    person.key("chat_list").locator("button").click()
    shown = person.page.get_by_test_id("stPopoverBody")
    expect(shown).to_contain_text("photo-0.jpg, photo-1.jpg, photo-2.jpg, photo-3.jpg, photo-4.jpg")
    person.close_window()

    person.page.set_viewport_size({"width": 1280, "height": 800})
    person.pick_model("fake-slow")
    person.input.fill("\n".join(str(n) for n in range(20)))
    person.page.wait_for_timeout(300)
    tall = box(person.input)["height"]
    lines = tall / float(person.input.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)"))
    assert 7 < lines < 10
    person.input.fill("Which one is sharp?")
    send = person.page.get_by_role("button", name="Send")
    before, text = box(send), box(person.page.get_by_test_id("stChatInput"))
    person.input.press("Enter")
    stop = person.key("stop").locator("button")
    expect(stop).to_be_visible()
    expect(line).to_contain_text("fake-slow is answering")
    expect(line).not_to_contain_text("Next message")
    there, now = box(stop), box(person.page.get_by_test_id("stChatInput"))
    assert (there["x"], there["width"], there["height"]) == (
        before["x"],
        before["width"],
        before["height"],
    )
    assert now["y"] + now["height"] - there["y"] == pytest.approx(
        text["y"] + text["height"] - before["y"], abs=1
    )
    expect(send).to_be_hidden()
    expect(person.input).to_be_focused()
    expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3")
    person.page.keyboard.press("Escape")
    expect(stop).to_have_count(0)
    expect(person.key("context_strip")).to_contain_text("5 images resent")
    expect(person.input).to_have_attribute("placeholder", "Ask a follow-up, or drop an image")


def test_a_sample_is_answered_by_four_keys_and_new_chat_and_help_by_keys_as_well(
    keyless: RunningApp, visit: Visit
) -> None:
    person = visit(keyless).open()
    expect(person.key("sample_gallery").locator("button")).to_have_count(12)
    expect(person.input).to_be_focused()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        person.page.keyboard.press(key)
    expect(person.input).not_to_be_empty()
    expect(person.cards).to_have_count(1)
    expect(person.input).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(person.answers).to_have_count(1, timeout=60_000)
    expect(person.input).to_be_focused()
    person.idle()
    person.page.keyboard.press("ControlOrMeta+Shift+O")
    expect(person.answers).to_have_count(0)
    expect(person.input).to_be_focused()
    person.page.keyboard.type("really?")
    expect(person.input).to_have_value("really?")
    person.key("add_menu").locator("button").first.focus()
    person.page.keyboard.press("?")
    keys = person.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_contain_text("Move the image")
    person.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    phone = visit(keyless, width=390).open()
    assert phone.page.evaluate(AT) != FIELD


def test_images_show_at_once_and_are_moved_and_removed_by_keys_and_by_a_drag(
    app: RunningApp, visit: Visit, blurry: list[Path]
) -> None:
    person = visit(app).open()
    held: list[Route] = []
    person.page.route("**/_stcore/upload_file/**", lambda route: held.append(route))
    person.key("image_tray").locator('input[type="file"]').set_input_files(
        [str(path) for path in blurry[:3]]
    )
    coming = person.key("image_tray").locator(".tile img")
    expect(coming).to_have_count(3)
    expect(coming.first).to_have_attribute("src", re.compile("^blob:"))
    expect(coming.first).to_have_js_property("naturalWidth", 800)
    expect(coming.first).to_have_attribute("alt", "Preparing photo-0.jpg …")
    person.page.unroute("**/_stcore/upload_file/**")
    expect(person.cards).to_have_count(3, timeout=30_000)
    expect(coming).to_have_count(0)
    person.idle()
    assert names(person) == ["photo-0.jpg", "photo-1.jpg", "photo-2.jpg"]

    opener = person.cards.locator('[class*="st-key-thumb-"] button')
    opener.first.focus()
    person.page.keyboard.press("Shift+ArrowRight")
    expect(person.cards.nth(1).get_by_alt_text("photo-0.jpg")).to_be_visible()
    expect(opener.nth(1)).to_be_focused()
    person.page.keyboard.press("ArrowRight")
    expect(opener.nth(2)).to_be_focused()
    person.idle()
    person.page.keyboard.press("Delete")
    expect(person.cards).to_have_count(2)
    person.idle()
    assert names(person) == ["photo-1.jpg", "photo-0.jpg"]
    expect(opener.nth(1)).to_be_focused()

    start, end = box(person.cards.first), box(person.cards.last)
    middle = start["y"] + 40
    person.page.mouse.move(start["x"] + 20, middle)
    person.page.mouse.down()
    person.page.mouse.move(start["x"] + 40, middle, steps=3)
    person.page.mouse.move(end["x"] + 40, middle, steps=5)
    person.page.mouse.up()
    expect(person.cards.first.get_by_alt_text("photo-0.jpg")).to_be_visible()
    person.idle()
    assert names(person) == ["photo-0.jpg", "photo-1.jpg"]
    expect(person.page.get_by_test_id("stPopoverBody")).to_have_count(0)

    shown = person.look_into(person.cards.first)
    expect(shown).to_contain_text("photo-0.jpg")
    shown.get_by_role("button", name="Move right").click()
    expect(person.cards.last.get_by_alt_text("photo-0.jpg")).to_be_visible()
    person.close_window()
    person.cards.first.hover()
    person.cards.first.get_by_role("button", name="Remove photo-1.jpg").click()
    expect(person.cards).to_have_count(1)
    with person.page.expect_file_chooser() as picking:
        person.add("add_files")
    picking.value.set_files([str(blurry[4])])
    expect(person.cards).to_have_count(2)
    person.add("add_samples")
    window = person.page.get_by_role("dialog", name="Samples")
    window.locator(".st-key-sample-in_window-seeds button").click()
    expect(window).to_have_count(0)
    expect(person.cards).to_have_count(1)
    expect(person.input).to_be_focused()
