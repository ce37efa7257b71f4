"""The list of conversations beside the page, by a hand: links, the menu, and a phone's drawer."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit


def test_a_conversation_is_a_link_that_opens_in_place_and_has_a_menu(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    asked = f"Which is {uuid4().hex[:8]}?"  # the log is shared with other tests
    person.ask(asked)
    listed = person.key("conversations")
    first = listed.get_by_role("link", name=asked)
    expect(first).to_have_attribute("aria-current", "page")
    person.page.evaluate("window.here = true")
    person.key("new_chat").get_by_role("button").click()
    expect(person.page.get_by_test_id("stChatMessage")).to_have_count(0)

    # with a key held it is the browser's link, alone it opens here without a reload
    with person.page.context.expect_page() as opened:
        first.click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(re.compile(r"[?&]c=\w+"))
    opened.value.close()
    expect(person.page).not_to_have_url(re.compile("c="))
    first.click()
    expect(person.page.get_by_test_id("stChatMessage").first).to_contain_text(asked)
    assert person.page.evaluate("window.here")

    # renamed in place by the keyboard
    more = listed.get_by_role("button", name=f"More actions: {asked}")
    more.focus()
    person.page.keyboard.press("Enter")
    expect(listed.get_by_role("menuitem", name="Rename")).to_be_focused()
    person.page.keyboard.press("Enter")
    field = listed.get_by_role("textbox", name="New title")
    expect(field).to_be_focused()
    titled = f"Receipts {uuid4().hex[:8]}"
    field.fill(titled)
    person.page.keyboard.press("Enter")
    expect(person.key("title_chip")).to_contain_text(titled)
    expect(listed.get_by_role("link", name=titled)).to_be_visible()

    # deleted, and brought back
    listed.get_by_role("button", name=f"More actions: {titled}").click()
    listed.get_by_role("menuitem", name="Delete").click()
    expect(listed.get_by_role("link", name=titled)).to_have_count(0)
    listed.get_by_role("button", name="Undo").click()
    expect(listed.get_by_role("link", name=titled)).to_be_visible()


def test_on_a_phone_the_drawer_closes_on_a_choice(app: RunningApp, visit: Visit) -> None:
    person = visit(app, width=390).open()
    asked = f"A small {uuid4().hex[:8]}?"
    person.ask(asked)
    drawer = person.page.get_by_test_id("stSidebar")
    for choose in (
        lambda: person.key("new_chat").get_by_role("button").click(),
        lambda: person.key("conversations").get_by_role("link", name=asked).click(),
    ):
        person.page.get_by_test_id("stExpandSidebarButton").click()
        expect(drawer).to_have_attribute("data-collapsed", "false")
        choose()
        expect(drawer).to_have_attribute("data-collapsed", "true")
        person.idle()
    expect(person.page.get_by_test_id("stChatMessage").first).to_contain_text(asked)
