"""What isn't sent yet is there after a reload, a time without a connection, and a restart."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback
from tests.support.waiting import until

TYPED = "第一行 first line"


def write(person: Visitor, typed: str) -> None:
    person.input.click()
    person.page.keyboard.insert_text(typed)
    person.idle()


def away(app: RunningApp, person: Visitor) -> None:
    """The connection is gone, and so is the server's memory when it comes back."""
    app.kill()
    # The browser isn't told of the end of a socket while it is offline.
    expect(person.page.get_by_test_id("stApp")).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=30_000
    )
    person.page.context.set_offline(True)
    app.__enter__()
    person.page.context.set_offline(False)
    expect(person.page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=60_000
    )
    person.idle()


def test_text_and_images_are_there_after_a_reload_and_a_restart(
    tmp_path: Path, endpoint: Loopback, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    with RunningApp(tmp_path, endpoint.base_url) as app:
        person = visit(app).open()
        person.drop_in(*pictures)
        shown = person.look_into(person.cards.first)
        shown.locator('[class*="st-key-detail-"]').get_by_text("low", exact=True).click()
        person.idle()
        person.close_window()
        write(person, TYPED)
        expect(person.key("cost_estimate")).to_contain_text("text 11")
        price = person.key("cost_estimate").inner_text()
        person.page.reload()
        there(person, price)
        away(app, person)
        there(person, price)
        person.input.press("Enter")
        answer = person.answers.last
        expect(answer).to_contain_text(f"You asked: {TYPED}", timeout=60_000)
        expect(answer).to_contain_text("I see 2 images")
        person.idle()
        assert rows(app) == 0
        person.page.reload()
        expect(person.answers).to_have_count(1, timeout=30_000)
        person.idle()
        expect(person.input).to_have_value("")
        expect(person.cards).to_have_count(0)


def there(person: Visitor, price: str) -> None:
    """As it was written: the first of two images in low detail, the text, their price."""
    expect(person.cards).to_have_count(2, timeout=30_000)
    expect(person.input).to_have_value(TYPED, timeout=30_000)
    expect(person.cards.first.get_by_alt_text("wide.png")).to_be_visible()
    expect(person.cards.last.get_by_alt_text("tall.jpg")).to_be_visible()
    expect(person.key("cost_estimate")).to_have_text(price, timeout=30_000)
    person.idle()


def rows(app: RunningApp, statement: str = "SELECT count(*) FROM draft_images") -> int:
    with closing(sqlite3.connect(app.folder / "tuwen.db")) as store, store:
        return int((store.execute(statement).fetchone() or (0,))[0])


def test_an_image_that_is_gone_is_named_and_another_person_gets_nothing(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    rows(app, "DELETE FROM draft_images")  # what other tests left
    person = visit(app).open()
    person.drop_in(*pictures)
    until(lambda: rows(app) == 2, 10, "nothing was kept")
    rows(app, "DELETE FROM draft_images WHERE name = 'wide.png'")
    person.page.reload()
    expect(person.cards).to_have_count(1, timeout=30_000)
    gone = person.key("image_tray").get_by_text("No longer here: wide.png. Add them again.")
    expect(gone).to_be_visible()
    person.idle()
    rows(app, "UPDATE draft_images SET owner = 'somebody else'")
    person.page.reload()
    expect(person.key("image_tray").get_by_text("No longer here: tall.jpg")).to_be_visible(
        timeout=30_000
    )
    expect(person.cards).to_have_count(0)


def test_every_page_that_takes_text_and_images_has_them_after_a_reload_and_a_restart(
    tmp_path: Path, endpoint: Loopback, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    with RunningApp(tmp_path, endpoint.base_url) as app:
        person = visit(app).open("/compare?lang=en")
        bring_in(person, "compare_drop", *pictures)
        expect(person.page.locator('[class*="st-key-compare_card-"]')).to_have_count(2)
        person.idle()
        person.key("compare_mode").get_by_text("One image at a time", exact=True).click()
        person.idle()
        person.key("compare_add_question").get_by_role("button").click()
        person.idle()
        person.key("compare_question").locator("textarea").fill(TYPED)
        last = person.key("compare_question-1").locator("textarea")
        last.press_sequentially("not left yet")
        for leave in (person.page.reload, lambda: away(app, person)):
            until(lambda: rows(app) == 2, 10, "nothing was kept")
            leave()
            cards = person.page.locator('[class*="st-key-compare_card-"]')
            expect(cards).to_have_count(2, timeout=30_000)
            expect(cards.first.get_by_role("img")).to_have_attribute("alt", "A: wide.png")
            expect(last).to_have_value("not left yet", timeout=30_000)
            expect(person.key("compare_question").locator("textarea")).to_have_value(TYPED)
            person.idle()
        rows(app, "DELETE FROM draft_images WHERE name = 'wide.png'")
        person.page.reload()
        expect(person.page.get_by_text("No longer here: wide.png.")).to_be_visible(timeout=30_000)
        expect(last).to_have_value("not left yet")

        person.page.get_by_role("link", name="Cost").click()
        bring_in(person, "cost_drop", pictures[0])
        expect(person.key("cost_sizes").locator("input")).to_have_value("1600x1200")
        person.key("cost_more").locator("summary").click()
        prompt = person.key("cost_prompt").locator("input")
        prompt.fill(TYPED)
        expect(person.page).to_have_url(re.compile(r"p=\d"))
        for leave in (person.page.reload, lambda: away(app, person)):
            leave()
            expect(prompt).to_have_value(TYPED, timeout=30_000)
            expect(person.key("cost_sizes").locator("input")).to_have_value("1600x1200")
            person.idle()

        person.page.get_by_role("link", name="FAQ").click()
        searched = person.key("faq_search").locator("input")
        searched.fill("small text")
        expect(person.page.locator('[class*="st-key-faq_hit"]').first).to_be_visible()
        person.page.reload()
        expect(searched).to_have_value("small text", timeout=30_000)
        expect(person.page.locator('[class*="st-key-faq_hit"]').first).to_be_visible()


def bring_in(person: Visitor, target: str, *files: Path) -> None:
    picker = person.key(target).locator('input[type="file"]')
    picker.set_input_files([str(path) for path in files])
