"""The questions and answers in a real browser: search, addresses, scrolling, copying, files."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Locator, Route, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.waiting import until


def question(person: Visitor, slug: str) -> Locator:
    return person.key(f"faq-{slug}")


def opened(person: Visitor, slug: str) -> Locator:
    """The answer, once it is unfolded and in sight."""
    box = question(person, slug)
    expect(box.locator("details[open]")).to_have_count(1)
    expect(box.locator("summary")).to_be_in_viewport()
    return box


TOP = "box => box.getBoundingClientRect().top"


def test_an_address_opens_its_answer_and_scrolls_to_it(keyless: RunningApp, visit: Visit) -> None:
    for width in (1280, 390):
        person: Visitor = visit(keyless, width=width).open("/faq?q=small-text")
        box = opened(person, "small-text")
        expect(box).to_contain_text("Choose high, not low.")
        person.idle()
        place = "at the top, and not under the header"
        until(lambda box=box: 40 <= box.evaluate(TOP) < 150, 20, f"it isn't {place}")
        wide = person.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


def test_the_search_runs_as_it_is_typed_in_both_languages(
    keyless: RunningApp, visit: Visit
) -> None:
    person: Visitor = visit(keyless).open("/faq")
    found = person.key("faq_list")
    field = person.key("faq_search").locator("input")
    field.click()
    person.page.keyboard.type("small text", delay=30)
    expect(found).to_contain_text("The text in my image is small.")
    expect(found.locator("strong", has_text="small").first).to_be_visible()
    expect(found).to_contain_text("letters small text rotated")
    field.fill("")
    person.page.keyboard.insert_text("缓存")  # as an input method does; no Enter follows
    expect(found.locator("strong", has_text="缓存").first).to_be_visible()
    expect(field).to_be_focused()
    field.fill("qqqzzz")
    expect(person.page.get_by_text("No results.")).to_be_visible()
    field.fill("")
    expect(question(person, "what-can-i-do")).to_be_visible()


def test_related_questions_links_votes_and_languages(keyless: RunningApp, visit: Visit) -> None:
    person: Visitor = visit(keyless).open("/faq")
    person.key("faq_search").locator("input").fill("small text")
    box = question(person, "small-text")
    box.locator("summary").click()
    box.get_by_role("button", name="Can I ask about a PDF?").click()
    box = opened(person, "pdf-pages")
    expect(box.locator("summary")).to_be_focused()
    expect(person.key("faq_search").locator("input")).to_have_value("")
    expect(person.page).to_have_url(re.compile("q=pdf-pages"))
    box.get_by_role("button", name="Copy link").click()
    expect(person.page.locator(".tuwen-toast")).to_have_text("Copied")
    address = person.page.evaluate("navigator.clipboard.readText()")
    assert address == f"{keyless.url}/faq?q=pdf-pages&lang=en"
    box.get_by_role("radio").first.click()
    person.idle()
    person.page.goto(address)
    box = opened(person, "pdf-pages")
    expect(box.get_by_role("radio").first).to_have_attribute("aria-checked", "true")
    person.key("language").get_by_text("中文").click()
    expect(box).to_contain_text("每页")
    expect(box.locator("details[open]")).to_have_count(1)


def test_the_keyboard_alone_reaches_and_opens_an_answer(keyless: RunningApp, visit: Visit) -> None:
    person: Visitor = visit(keyless).open("/faq")
    person.key("faq_search").locator("input").focus()
    for _ in range(14):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    person.page.keyboard.press("Enter")
    expect(question(person, "what-can-i-do").locator("details[open]")).to_have_count(1)
    expect(question(person, "what-can-i-do")).to_contain_text("Compare")


def test_files_are_tried_and_numbers_change(
    keyless: RunningApp, visit: Visit, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("only words", "utf-8")
    person: Visitor = visit(keyless).open("/faq?q=file-types")
    box = opened(person, "file-types")
    box.locator('input[type="file"]').set_input_files([str(pictures[0]), str(notes)])
    expect(box).to_contain_text("“wide.png” is accepted: PNG, 1,600 × 1,200 px")
    expect(box.get_by_test_id("stAlert").filter(has_text="notes.txt")).to_have_count(1)
    # What the browser gives back of the page before waits for the parts that come late.
    late: list[Route] = []
    person.page.route("**/ButtonGroup*.js", lambda route: late.append(route))
    person.open("/faq?q=example-1024x1024")
    box = opened(person, "example-1024x1024")
    expect(box).to_contain_text("170 x 4 + 85 = 765 tokens.")
    person.page.wait_for_timeout(1000)
    expect(person.page.get_by_role("radiogroup", name="Groups")).to_have_count(0)
    for each in late:
        each.continue_()
    expect(person.page.get_by_role("radiogroup", name="Groups")).to_be_visible()
    field = box.locator("input").first
    field.fill("2048x4096")
    expect(box).to_contain_text("170 x 6 + 85 = 1,105 tokens.")


def pressed(person: Visitor, what: Locator) -> None:
    """A press of the mouse, as a hand does it."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    mouse = person.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.up()


def test_a_part_that_fails_says_so_and_comes_back_by_a_press(
    keyless: RunningApp, visit: Visit
) -> None:
    with closing(sqlite3.connect(keyless.folder / "tuwen.db", isolation_level=None)) as store:
        store.execute("ALTER TABLE votes RENAME TO votes_away")
        try:
            person: Visitor = visit(keyless).open("/faq?q=small-text")
            box = opened(person, "small-text")
            expect(box).to_contain_text(re.compile("error [0-9a-f]{6}"))
            again = box.get_by_role("button", name="Try again")
            expect(again).to_be_visible()
            expect(box).to_contain_text("Choose high, not low.")
            expect(person.key("new_chat")).to_be_visible()
        finally:
            store.execute("ALTER TABLE votes_away RENAME TO votes")
    pressed(person, again)
    expect(box.locator("[aria-label*='thumb' i]").first).to_be_visible()
    expect(again).to_have_count(0)
