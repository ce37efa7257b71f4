"""From a sample without a key to a case, and a file of cases, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser.bringing import bring
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

FILE = json.dumps(
    {
        "prompts": ["{{question}}"],
        "providers": ["openai:gpt-4o"],
        "tests": [
            {
                "vars": {"question": f"Question {n}?"},
                "assert": [
                    {"type": "contains", "value": str(n)},
                    {"type": "javascript", "value": "process.exit()"},
                ],
            }
            for n in range(30)
        ],
    }
).encode()


def to_cases(person: Visitor, name: str = "Cases") -> None:
    """By the navigation."""
    person.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
    expect(person.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    person.idle()


def test_a_sample_is_asked_marked_wrong_and_made_into_a_case(
    keyless: RunningApp, visit: Visit
) -> None:
    person: Visitor = visit(keyless).open("/")
    person.take_sample("seeds")
    person.input.press("Enter")
    expect(person.answers).to_have_count(1, timeout=60_000)
    person.idle()
    answer = person.answers.last
    answer.get_by_role("button", name="Wrong, it is …").click()
    answer.get_by_role("textbox", name="What would be right?").fill("23 seeds")
    answer.get_by_role("button", name="Mark as wrong").click()
    expect(answer).to_contain_text("Right answer: 23 seeds")
    undo = person.page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    expect(undo).to_be_hidden(timeout=15_000)
    expect(answer.get_by_role("button", name=re.compile("^Marked wrong"))).to_be_visible()
    to_cases(person)
    person.page.get_by_role("button", name="From labels").click()
    person.page.get_by_role("button", name="Make cases").click()
    row = person.page.locator('[class*="st-key-row-case-"]')
    expect(row).to_have_count(1)
    expect(row).to_contain_text("How many sunflower seeds are on the plate?")
    expect(row).to_contain_text("says 23")
    expect(row.locator("img")).to_be_visible()
    expect(person.page).to_have_url(re.compile("set="))
    person.page.reload()
    expect(row).to_contain_text("says 23")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_looked_at_and_kept_and_its_rows_are_of_one_height(
    keyless: RunningApp, visit: Visit, width: int
) -> None:
    person: Visitor = visit(keyless, width=width).open("/cases")
    person.ready("cases_drop")
    bring(person.page, [("tests.json", "application/json", FILE)])
    came = person.key("cases_came")
    expect(came).to_contain_text("promptfoo · 30 cases")
    expect(came).to_contain_text("javascript is kept, but never run here")
    came.get_by_role("button", name="Keep").click()
    rows = person.page.locator('[class*="st-key-row-case-"]')
    expect(rows).to_have_count(25)
    expect(rows.first).to_contain_text("contains 0")
    heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
    assert max(heights) - min(heights) < 1
    assert person.page.evaluate("document.documentElement.scrollWidth") <= width
    person.key("case_search").locator("input").fill("question 17?")
    person.page.keyboard.press("Enter")
    expect(rows).to_have_count(1)


def test_built_in_sets_are_two_clicks_away_in_chinese(keyless: RunningApp, visit: Visit) -> None:
    person: Visitor = visit(keyless, locale="zh-CN").open("/")
    to_cases(person, "用例")
    person.page.get_by_role("button", name="五个测试").click()
    rows = person.page.locator('[class*="st-key-row-case-"]')
    expect(rows).to_have_count(5)
    expect(rows.nth(2)).to_contain_text("数出 23")
    expect(rows.locator("img")).to_have_count(5)
