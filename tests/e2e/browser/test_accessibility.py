"""axe finds no serious or critical fault on any page, in both languages and themes."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.e2e.browser.compare.test_compare import picture, put_in
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return found.violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 200)}`));
}"""
LOOKS = (("en", "light"), ("zh", "dark"))


def faults(person: Visitor) -> list[str]:
    person.idle()
    # What fades in has less contrast on the way.
    still = "() => document.getAnimations().every((each) => each.playState !== 'running')"
    person.page.wait_for_function(still)
    if not person.page.evaluate("() => 'axe' in window"):
        person.page.evaluate(AXE)
    found: list[str] = person.page.evaluate(RUN)
    return found


def look(person: Visitor, path: str, lang: str, scheme: str) -> Visitor:
    person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    return person.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")


def test_axe_sees_what_is_wrong(app: RunningApp, visit: Visit) -> None:
    """Or the tests below could find nothing for want of eyes."""
    person = visit(app).open("/faq")
    person.page.evaluate(
        "() => document.querySelector('h1').insertAdjacentHTML('afterend',"
        " '<button></button><p style=\"color: #999; background: #aaa\">pale</p>')"
    )
    assert {each.partition(":")[0] for each in faults(person)} >= {"button-name", "color-contrast"}


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
def test_no_page_has_a_serious_fault(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path], lang: str, scheme: str
) -> None:
    person = visit(app)
    found: dict[str, list[str]] = {}

    def see(state: str, prepare: Callable[[], object] | None = None) -> None:
        if prepare:
            prepare()
        if wrong := faults(person):
            found[state] = wrong

    see("chat", lambda: look(person, "/", lang, scheme))
    see("images to be sent", lambda: person.drop_in(*pictures))
    see("a conversation", lambda: person.ask("What is this? `code`, **bold**"))
    see("cost", lambda: look(person, "/cost", lang, scheme))
    see("faq", lambda: look(person, "/faq?q=what-is-sent", lang, scheme))
    see("history", lambda: look(person, "/history", lang, scheme))
    see("usage", lambda: look(person, "/usage", lang, scheme))
    see("cases", lambda: look(person, "/cases", lang, scheme))
    see("a set", lambda: person.key("open-builtin-trials").get_by_role("button").click())
    see("a case", lambda: person.page.locator('[class*="st-key-edit_case-"]').first.click())
    see("compare", lambda: look(person, "/compare", lang, scheme))
    see("a pair", lambda: _pair(person))
    see("not found", lambda: look(person, "/nothing-here", lang, scheme))
    assert found == {}


def _pair(person: Visitor) -> None:
    put_in(person, 2, picture(1), picture(2))
    expect(person.key("compare_figures")).to_be_visible(timeout=30_000)


# What is inherited has reached the deepest element at once, and nothing is on its way.
AT_ONCE = """() => {
  const deepest = [...document.querySelectorAll("button p")].pop();
  document.body.style.visibility = "hidden";
  const reached = getComputedStyle(deepest).visibility;
  const moving = document.getAnimations().filter((each) => each instanceof CSSTransition).length;
  document.body.style.visibility = "";
  return [reached, getComputedStyle(deepest).visibility, moving];
}"""


def test_nothing_moves_for_who_asked_for_that(app: RunningApp, visit: Visit) -> None:
    person = look(visit(app), "/", "en", "light")
    expect(person.key("sample_gallery").get_by_role("button").last).to_be_visible()
    person.idle()
    assert person.page.evaluate(AT_ONCE) == ["hidden", "visible", 0]
