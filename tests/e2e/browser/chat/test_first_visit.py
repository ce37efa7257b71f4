"""What a person meets who opens the app without any key."""

import re

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.transferred import Transferred
from tests.e2e.browser.visiting import Visit


def test_a_sample_is_answered_by_the_built_in_reader(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless).open()
    expect(person.chip).to_contain_text(re.compile("built-in reader", re.IGNORECASE))
    person.take_sample("stadium_sign")
    expect(person.cards).to_have_count(1)
    expect(person.key("cost_estimate")).to_contain_text("free, nothing leaves this server")
    # what the same picture would cost with a language model is known without a key
    expect(person.key("cost_estimate")).to_contain_text(re.compile(r"[\d,]+ ±1 tokens, \$0\.0"))
    person.input.press("Enter")
    expect(person.key("cost_billed")).to_be_visible(timeout=60_000)
    answer = person.answers.last
    expect(answer).to_contain_text(re.compile("I'm not a language model.*answer\\.", re.DOTALL))
    expect(answer).to_contain_text("Speculator Guide")
    expect(answer).to_contain_text("观众指南")
    expect(person.cards).to_have_count(0)
    expect(person.page).to_have_url(re.compile(r"[?&]c=[0-9a-f]{32}"))


def test_a_first_visit_is_light_and_a_second_one_is_kept(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless)
    got = Transferred(person.page)
    person.open()
    expect(person.input).to_be_editable()
    expect(person.key("sample_gallery").locator("img")).to_have_count(12)
    got.wait()
    assert 50 < got.requests < 150
    assert 500_000 < got.bytes <= 1_300_000, sorted(got.sizes.items(), key=lambda each: -each[1])
    again = Transferred(person.page)
    person.open()
    got.wait()
    assert again.bytes < 30_000, sorted(again.sizes.items(), key=lambda each: -each[1])


def test_the_picture_itself_can_be_clicked(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless).open()
    card = person.page.locator('[class*="st-key-sample_card-seeds"]')
    expect(card.locator("img")).to_be_visible()
    expect(card.locator("img")).to_have_css("aspect-ratio", "10 / 7")  # the page is styled
    # The middle of the card is its picture; the card waits until it stands still.
    card.click(position={"x": 60, "y": 60})
    expect(person.cards).to_have_count(1)


def test_every_sample_lands_in_the_tray_with_its_question(
    keyless: RunningApp, visit: Visit
) -> None:
    person = visit(keyless).open()
    expect(person.key("sample_gallery").locator("button")).to_have_count(12)
    for sample, cards in (("pair", 2), ("physics", 1)):
        person.take_sample(sample)
        expect(person.cards).to_have_count(cards)


def test_the_language_follows_the_browser_and_can_be_switched(
    keyless: RunningApp, visit: Visit
) -> None:
    person = visit(keyless, locale="zh-CN").open()
    expect(person.page.get_by_text("看图提问")).to_be_visible()
    expect(person.page).to_have_url(re.compile(r"lang=zh"))
    person.key("language").get_by_text("English").click()
    expect(person.page.get_by_text("Ask about an image")).to_be_visible()
    expect(person.page).to_have_url(re.compile(r"lang=en"))
    person.page.get_by_role("link", name="History").click()
    expect(person.page.get_by_role("heading", name="History")).to_be_visible()
    expect(person.page).to_have_url(re.compile(r"/history\?lang=en"))


def test_the_address_decides_the_language(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless, locale="en-US").open("/?lang=zh")
    expect(person.page.get_by_text("看图提问")).to_be_visible()


def test_a_chinese_question_gets_a_chinese_answer(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless, locale="zh-CN").open()
    person.take_sample("pair")
    expect(person.cards).to_have_count(2)
    person.input.press("Enter")
    expect(person.key("cost_billed")).to_contain_text("免费", timeout=60_000)
    expect(person.answers.last).to_contain_text("像素")


def test_nothing_scrolls_sideways_on_a_phone(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless, width=390).open()
    person.take_sample("pair")
    expect(person.cards).to_have_count(2)
    measure = (
        "[document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth]"
    )
    assert person.page.evaluate(measure) == [390, 390]
    person.input.press("Enter")
    expect(person.key("cost_billed")).to_be_visible(timeout=60_000)
    bill = person.key("cost_billed").locator("p").bounding_box()
    assert bill
    assert bill["width"] > 100  # what it cost can be read
    assert person.page.evaluate(measure) == [390, 390]
    person.open("/history")
    expect(person.key("history_list")).to_be_visible()
    assert person.page.evaluate(measure) == [390, 390]
