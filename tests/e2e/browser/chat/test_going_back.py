"""Back and Forward lead where one was, and each step of theirs is one that a person made."""

import re

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit


def asked(person: Visitor, question: str) -> str:
    """Ask; the conversation's address."""
    person.ask(question)
    expect(person.page).to_have_url(re.compile("c="))
    return person.page.url


def shows(person: Visitor, address: str | None, question: str = "") -> None:
    """The conversation of an address, or the empty chat."""
    if address is None:
        expect(person.page.get_by_test_id("stChatMessage")).to_have_count(0, timeout=30_000)
        expect(person.page).not_to_have_url(re.compile("c="))
    else:
        expect(person.page.get_by_test_id("stChatMessage").first).to_contain_text(question)
        expect(person.answers).to_have_count(1, timeout=30_000)
        expect(person.page).to_have_url(address)
    person.idle()


def test_back_and_forward_go_between_conversations_and_the_empty_chat(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    first = asked(person, "The first one?")
    person.key("new_chat").get_by_role("button").click()
    shows(person, None)
    second = asked(person, "The second one?")
    before = person.key("cost_estimate").inner_text()
    person.input.press_sequentially("not sent yet")
    expect(person.key("cost_estimate")).not_to_have_text(before)
    person.idle()
    for step, address, question in (
        ("back", None, ""),
        ("back", first, "The first one?"),
        ("back", None, ""),
        ("forward", first, "The first one?"),
        ("forward", None, ""),
        ("forward", second, "The second one?"),
    ):
        getattr(person.page, f"go_{step}")()
        shows(person, address, question)
        expect(person.input).to_have_value("not sent yet")


def test_a_step_back_from_what_a_click_led_to_is_the_page_of_the_click(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    expect(person.page).to_have_title("Chat · Tuwen 图问")
    conversation = asked(person, "And this?")
    expect(person.page).to_have_title("And this? · Tuwen 图问")
    person.page.get_by_role("link", name="History").click()
    expect(person.page).to_have_url(re.compile("/history"))
    expect(person.page).to_have_title("History · Tuwen 图问")
    person.idle()
    person.page.get_by_role("link", name="Chat", exact=False).first.click()
    shows(person, conversation, "And this?")
    person.page.go_back()
    expect(person.page).to_have_url(re.compile("/history"))
    person.idle()
    person.page.go_back()
    shows(person, conversation, "And this?")
    person.page.go_back()
    shows(person, None)
    expect(person.page).to_have_title("Chat · Tuwen 图问")
    person.page.go_forward()
    shows(person, conversation, "And this?")
    expect(person.page).to_have_title("And this? · Tuwen 图问")


def test_an_address_without_a_page_says_so_and_leads_on(app: RunningApp, visit: Visit) -> None:
    person = visit(app).open("/nothing-here")
    expect(person.page.get_by_role("heading", name="Page not found")).to_be_visible()
    expect(person.page.get_by_text("nothing-here")).to_be_visible()
    expect(person.page).to_have_title("Page not found · Tuwen 图问")
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    person.key("language").get_by_text("中文").click()  # drawn anew it is the same page
    expect(person.page.get_by_role("heading", name="找不到页面")).to_be_visible()
    person.page.get_by_test_id("stMain").get_by_role("link", name="费用").click()
    expect(person.page).to_have_url(re.compile("/cost"))
    expect(person.page.get_by_role("heading", name="找不到页面")).to_have_count(0)
