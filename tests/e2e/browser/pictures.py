"""Take the pictures of the README and of docs/features.md from the real app: `make pictures`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.browser.running import FLAGS, ROOT, RunningApp, Visitor, chromium

DOCS = ROOT / "docs"
WIDTH = 1180


def visitor(
    browser: Browser, app: RunningApp, locale: str, *, height: int, dark: bool = False
) -> Visitor:
    context = browser.new_context(
        locale=locale,
        viewport={"width": WIDTH, "height": height},
        color_scheme="dark" if dark else "light",
    )
    return Visitor(context.new_page(), app)


def keep(person: Visitor, name: str) -> None:
    person.idle()
    person.page.wait_for_timeout(800)
    shot = Image.open(io.BytesIO(person.page.screenshot()))
    DOCS.mkdir(exist_ok=True)
    shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        DOCS / f"{name}.png", optimize=True
    )


def before_sending(browser: Browser, folder: Path) -> None:
    """Two pictures in the tray, with what they would cost. Nothing is sent."""
    with RunningApp(folder, "https://api.openai.com/v1", "openai") as app:
        for locale, name in (("en-US", "before"), ("zh-CN", "before.zh")):
            person = visitor(browser, app, locale, height=800).open()
            person.pick_model("gpt-4o")
            person.take_sample("pair")
            expect(person.cards).to_have_count(2)
            keep(person, name)


def after_answering(browser: Browser, folder: Path) -> None:
    """A sample answered by the built-in reader."""
    with RunningApp(folder) as app:
        for locale, name in (("en-US", "answer"), ("zh-CN", "answer.zh")):
            person = visitor(browser, app, locale, height=1010, dark=True).open()
            person.take_sample("stadium_sign")
            expect(person.cards).to_have_count(1)
            person.input.press("Enter")
            expect(person.key("cost_billed")).to_be_visible(timeout=60_000)
            keep(person, name)


def calculating(browser: Browser, folder: Path) -> None:
    """The calculator with the seeds' tall image."""
    with RunningApp(folder) as app:
        for locale, name in (("en-US", "cost"), ("zh-CN", "cost.zh")):
            person = visitor(browser, app, locale, height=980)
            person.open("/cost?v=1&m=gpt-4o&s=2048x4096")
            expect(person.key("cost_total")).to_contain_text("1,105")
            keep(person, name)


def comparing(browser: Browser, folder: Path) -> None:
    """The pair of samples under the slider."""
    with RunningApp(folder) as app:
        for locale, name in (("en-US", "compare"), ("zh-CN", "compare.zh")):
            person = visitor(browser, app, locale, height=1000, dark=True).open("/compare")
            person.key("compare_try").locator("button").click()
            expect(person.key("compare_slider")).to_be_visible(timeout=30_000)
            person.page.wait_for_timeout(2000)
            person.key("compare_figures").scroll_into_view_if_needed()
            keep(person, name)


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        before_sending(browser, Path(folder) / "before")
        after_answering(browser, Path(folder) / "answer")
        calculating(browser, Path(folder) / "cost")
        comparing(browser, Path(folder) / "compare")
        browser.close()


if __name__ == "__main__":
    main()
