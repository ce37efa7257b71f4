"""What stands in somebody's way on a page as it is: axe's findings, targets that are too small to
hit, and what doesn't show that it has the focus."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
_SWEEP = Path(__file__).with_suffix(".js").read_text("utf-8")
# What fades in has less contrast on the way; what turns for ever is waited for a second.
_STILL = """() => Promise.race([
  Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  new Promise((then) => setTimeout(then, 1000)),
])"""


def in_the_way(page: Page) -> list[str]:
    """Each of them with the element it is about."""
    page.evaluate(_STILL)
    if not page.evaluate("() => 'sweep' in window"):
        page.evaluate(_AXE)
        page.evaluate(_SWEEP)
    page.keyboard.press("Tab")  # a browser shows the focus of whoever uses the keyboard
    found: list[str] = page.evaluate("() => sweep()")
    return found
