"""A window of 1440 x 900 at 200 %: the conversation keeps half of it, and nothing is cut off."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

WIDTH, HEIGHT = 720, 450
CUT = """() => [...document.querySelectorAll(".stMainBlockContainer *")].filter((each) => {
  const style = getComputedStyle(each);
  const { width, height } = each.getBoundingClientRect();
  const clips = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis";
  return clips && each.innerText?.trim() && width > 1 && height > 1
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 4);
}).map((each) => `${each.className} ${each.innerText.slice(0, 60)}`)"""


def zoomed(app: RunningApp, visit: Visit, path: str) -> Visitor:
    person: Visitor = visit(app, width=WIDTH)
    person.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    return person.open(path)


def conversation(person: Visitor) -> float:
    """px of the window between what stays at its top and its bottom."""
    head = person.key("chat_top").bounding_box()
    foot = person.page.get_by_test_id("stBottom").bounding_box()
    assert head
    assert foot
    return foot["y"] - max(0, head["y"] + head["height"])


def test_the_conversation_keeps_half_of_the_window(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = zoomed(app, visit, "/?lang=en")
    expect(person.page.get_by_role("heading").first).to_be_in_viewport()
    assert conversation(person) >= HEIGHT / 2
    person.drop_in(pictures[0])
    person.ask("What is this?")
    assert conversation(person) >= HEIGHT / 2
    assert person.page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_nothing_is_cut_off_on_the_cost_page(app: RunningApp, visit: Visit) -> None:
    for lang in ("en", "zh"):
        person = zoomed(app, visit, f"/cost?lang={lang}")
        assert person.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
        assert person.page.evaluate(CUT) == []
        header = person.page.get_by_test_id("stHeader").bounding_box()
        title = person.page.get_by_role("heading", level=1).bounding_box()
        assert header
        assert title
        assert title["y"] >= header["y"] + header["height"]
        bar = person.page.locator(".tuwen-bar").first
        inside = """(bar) => [...bar.children].every((each) => !each.offsetWidth
          || each.getBoundingClientRect().right <= bar.getBoundingClientRect().right + 1)"""
        assert bar.evaluate(inside)
