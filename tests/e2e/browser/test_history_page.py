"""The history, branches and the preview of a page, in a real browser."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.browser.chat.test_chat import say
from tests.e2e.browser.running import KEY, RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

TRICKS = """<!doctype html><html><body style="background: #fee"><p id="p">A poster</p><script>
document.getElementById("p").textContent = "Scripts run";
try { parent.document.title = "taken" + " over"; parent.document.body.innerHTML = "gone" }
catch (e) {}
try { top.location = "about:blank" } catch (e) {}
</script></body></html>"""


def answered(visit: Visit, app: RunningApp, endpoint: Loopback, *turns: tuple[str, str]) -> Visitor:
    """Somebody who asked these questions in one conversation and got these answers."""
    person: Visitor = visit(app).open()
    for question, text in turns:
        endpoint.enqueue(say(text))
        person.ask(question)
    return person


def rows(person: Visitor) -> Locator:
    return person.key("history_list").locator('[class*="st-key-row-"]')


def history(person: Visitor) -> Visitor:
    person.page.get_by_role("link", name="History").click()
    expect(person.page.get_by_role("heading", name="History")).to_be_visible()
    person.idle()
    return person


def test_the_search_finds_chinese_as_it_is_typed(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = answered(visit, app, endpoint, ("图里有什么？", "一只橘猫在睡觉。"))
    person.page.get_by_role("button", name="New chat").click()
    expect(person.answers).to_have_count(0)
    endpoint.enqueue(say("三百元。"))
    person.ask("这张发票多少钱？")
    history(person)
    field = person.key("history_search").locator("input")
    field.click()
    person.page.keyboard.insert_text("橘猫")  # as an input method does; no Enter follows
    expect(rows(person)).to_have_count(1)
    expect(rows(person)).to_contain_text("图里有什么？")
    expect(field).to_have_value("橘猫")
    expect(field).to_be_focused()
    person.page.keyboard.type("在睡觉", delay=60)  # while earlier letters are searched
    expect(field).to_have_value("橘猫在睡觉")
    expect(rows(person)).to_have_count(1)
    field.fill("没有这个")
    expect(rows(person)).to_have_count(0)
    field.fill("")
    expect(rows(person).filter(has_text="多少钱")).to_have_count(1)


def test_what_is_deleted_comes_back_by_undo(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = history(answered(visit, app, endpoint, ("Delete me and undo", "Fine.")))
    row = rows(person).filter(has_text="Delete me and undo")
    box = row.bounding_box()
    assert box
    assert box["height"] <= 60
    actions = row.locator('[class*="st-key-row_actions-"]')
    person.page.mouse.move(0, 0)
    expect(actions).to_have_css("opacity", "0")
    row.hover()
    expect(actions).to_have_css("opacity", "1")
    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    expect(person.key("undo_bar")).to_contain_text("1 conversation deleted.")
    person.key("undo_delete").locator("button").click()
    expect(row).to_have_count(1)
    expect(person.key("undo_bar")).to_have_count(0)
    row.get_by_role("link").click()
    expect(person.answers.last).to_contain_text("Fine.")


def test_an_export_of_what_is_picked_is_downloaded(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    question = f"Export this, and not {KEY}"
    person = history(answered(visit, app, endpoint, (question, "Exported answer.")))
    row = rows(person).filter(has_text="Export this")
    person.key("select").get_by_role("button").click()
    row.get_by_role("checkbox").check(force=True)
    expect(person.key("bulk")).to_contain_text("1 selected")
    person.key("export").get_by_role("button", name="Export").click()
    page = download(person, "One HTML page")
    assert page.name.endswith(".html")
    written = page.read_text("utf-8")
    assert "Exported answer." in written
    assert KEY not in written
    (line,) = csv.DictReader(
        io.StringIO(download(person, "Usage and costs (CSV)").read_text("utf-8-sig"))
    )
    assert (line["model"], line["outcome"]) == ("fake-vision", "ok")


def download(person: Visitor, label: str) -> Path:
    with person.page.expect_download() as waiting:
        person.page.get_by_role("button", name=label).click()
    path = person.app.folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_an_edited_question_starts_a_branch_and_both_can_be_seen(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = answered(visit, app, endpoint, ("How many colours?", "Four."), ("Sure?", "Quite."))
    person.page.get_by_role("button", name="Edit", exact=True).first.click()
    edited = person.key("edit_box").locator("textarea")
    expect(edited).to_have_value("How many colours?")
    person.idle()
    endpoint.enqueue(say("Square."))
    edited.fill("What shape?")
    edited.press("Enter")
    expect(person.answers).to_have_count(1)
    expect(person.answers.last).to_contain_text("Square.")
    version = person.page.locator('[class*="st-key-version-1-"] button')
    version.click()
    expect(person.answers).to_have_count(2)
    expect(person.answers.last).to_contain_text("Quite.")
    expect(person.page.get_by_text("1 of 2")).to_be_visible()
    version = person.page.locator('[class*="st-key-version1-"] button')
    expect(version).to_have_count(1)  # the one of the branch that was left goes
    version.click()
    expect(person.answers).to_have_count(1)
    expect(person.answers.last).to_contain_text("Square.")


def test_a_page_in_an_answer_is_shut_in_and_changes_nothing(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = answered(
        visit, app, endpoint, ("A poster, please", f"Here:\n\n```html\n{TRICKS}\n```")
    )
    title, address = person.page.title(), person.page.url
    person.answers.last.get_by_role("tab", name="Preview").click()
    frame = person.answers.last.locator("iframe")
    expect(frame).to_be_visible()
    assert frame.get_attribute("sandbox") == ""
    inside = frame.content_frame.locator("#p")
    expect(inside).to_have_text(re.compile("A poster"))  # the page's own policy: no scripts
    person.page.wait_for_timeout(300)
    assert (person.page.title(), person.page.url) == (title, address)
    expect(person.input).to_be_visible()
    expect(person.answers.last).to_contain_text("Scripts and external content are blocked")
