"""What isn't sent yet is there after a reload, a time without a connection, and a restart."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.running import RunningApp, Visitor
from tests.browser.visiting import Visit
from tests.loopback.server import Loopback

TYPED = "第一行 first line"


def write(person: Visitor, typed: str) -> None:
    person.input.click()
    person.page.keyboard.insert_text(typed)
    person.idle()


def away(app: RunningApp, person: Visitor) -> None:
    """The connection is gone, and so is the server's memory when it comes back."""
    person.page.context.set_offline(True)
    app.kill()
    expect(person.page.get_by_test_id("stApp")).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=30_000
    )
    app.__enter__()
    person.page.context.set_offline(False)
    expect(person.page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=60_000
    )
    person.idle()


def test_what_is_typed_is_there_after_a_reload_and_a_restart(
    tmp_path: Path, endpoint: Loopback, visit: Visit
) -> None:
    with RunningApp(tmp_path, endpoint.base_url) as app:
        person = visit(app).open()
        write(person, TYPED)
        person.page.reload()
        expect(person.input).to_have_value(TYPED, timeout=30_000)
        expect(person.key("cost_estimate")).to_contain_text("text 11")
        away(app, person)
        expect(person.input).to_have_value(TYPED, timeout=30_000)
        expect(person.key("cost_estimate")).to_contain_text("text 11")
        person.input.press("Enter")
        expect(person.answers.last).to_contain_text(f"You asked: {TYPED}", timeout=60_000)
        person.idle()
        expect(person.page).to_have_url(re.compile("c="))
        person.page.reload()
        expect(person.answers).to_have_count(1, timeout=30_000)
        person.idle()
        expect(person.input).to_have_value("")
