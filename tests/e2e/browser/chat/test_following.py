"""Two tabs of one conversation follow each other, and neither touches what the other writes."""

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

DRAFT = "not sent from here"


def test_what_happens_in_one_tab_shows_in_the_other(app: RunningApp, visit: Visit) -> None:
    one = visit(app).open()
    one.ask("The first?")
    two = Visitor(one.page.context.new_page(), app)
    two.page.goto(one.page.url)
    expect(two.answers).to_have_count(1, timeout=30_000)
    two.pick_model("fake-slow")
    two.input.press_sequentially(DRAFT)
    two.idle()
    one.page.bring_to_front()  # or Chromium draws it as a tab that nobody looks at
    one.ask("The second?")
    expect(two.answers).to_have_count(2, timeout=20_000)
    expect(two.page.get_by_text("The second?", exact=True)).to_be_visible()
    two.idle()
    expect(two.input).to_have_value(DRAFT)
    expect(two.chip).to_contain_text("fake-slow")

    conversation = one.page.url.split("c=")[1].split("&")[0]
    one.page.get_by_role("link", name="History").click()
    one.key(f"row_menu-{conversation}").get_by_role("button").click()
    one.page.get_by_text("Rename", exact=True).click()
    one.page.get_by_label("New title").fill("Renamed elsewhere")
    one.key(f"save-{conversation}").get_by_role("button").click()
    expect(two.key("chat_head")).to_contain_text("Renamed elsewhere", timeout=20_000)
    expect(two.page).to_have_title("Renamed elsewhere · Tuwen 图问")
    one.idle()
    one.key(f"delete-{conversation}").get_by_role("button").click()
    expect(two.page.get_by_test_id("stChatMessage")).to_have_count(0, timeout=20_000)
    expect(two.page.get_by_test_id("stAlert").first).to_be_visible()
    two.idle()
    expect(two.input).to_have_value(DRAFT)
