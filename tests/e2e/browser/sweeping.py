"""What stands in somebody's way on a page as it is: axe's findings, targets that are too small to
hit, what doesn't show that it has the focus, and what makes the page scroll sideways."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser.running import Visitor

Check = Literal["axe", "contrast", "targets", "focus", "sideways"]
ALL: tuple[Check, ...] = ("axe", "targets", "focus")
TRIES = 5  # looks at a page that is drawn anew while one looks
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_SWEEP = Path(__file__).with_suffix(".js").read_text("utf-8")
# What fades in has less contrast on the way; what turns for ever is waited for a second.
_STILL = """() => Promise.race([
  Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  new Promise((then) => setTimeout(then, 1000)),
])"""


def in_the_way(page: Page, checks: Sequence[Check] = ALL, *, still: bool = True) -> list[str]:
    """Each of them with the element it is about. still: the page is to stand still meanwhile."""
    if not page.evaluate("() => 'sweep' in window"):
        page.evaluate(_AXE)
        page.evaluate(_SWEEP)
    found = _seen(page, [each for each in checks if each != "focus"], still=still)
    if "focus" in checks:
        page.keyboard.press("Tab")  # a browser shows the focus of whoever uses the keyboard
        found += _seen(page, ["focus"], still=still)
    return found


def _seen(page: Page, checks: Sequence[Check], *, still: bool) -> list[str]:
    for _ in range(TRIES):
        if still:
            _at_rest(page)
        page.evaluate(_STILL)
        seen = page.evaluate("(checks) => sweep(checks)", checks)
        if not (still and seen["moved"]):
            found: list[str] = seen["found"]
            return found
    raise AssertionError("the page never stood still")


def _at_rest(page: Page) -> None:
    """Streamlit draws nothing, where the page is one of its."""
    page.wait_for_function(
        "() => [undefined, 'notRunning']"
        ".includes(document.querySelector('[data-test-script-state]')?.dataset.testScriptState)"
    )


@dataclass
class Sweep:
    """Somebody who goes from state to state, and what stood in their way in each of them."""

    person: Visitor
    lang: str
    checks: Sequence[Check]
    found: dict[str, list[str]] = field(default_factory=dict)

    def open(self, path: str) -> None:
        self.person.page.emulate_media(reduced_motion="reduce")
        self.person.open(f"{path}{'&' if '?' in path else '?'}lang={self.lang}")

    def see(self, state: str, *there: Locator, still: bool = True) -> None:
        """Look, as soon as all that makes the state is there. still: see `in_the_way`."""
        for each in there:
            expect(each.first).to_be_visible(timeout=60_000)
        self.person.page.mouse.move(0, 0)  # what one points at has other colours, and a tooltip
        if still:
            self.person.idle()
        if wrong := in_the_way(self.person.page, self.checks, still=still):
            self.found[state] = wrong
