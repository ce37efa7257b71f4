"""A browser, visitors, and what they bring along: fixtures of all tests that visit the app."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.e2e.browser.running import FLAGS, MISSING, Site, Visitor, chromium
from tests.support.loopback.server import Loopback

Visit = Callable[..., Visitor]

# What comes ends the wait: the bound is for what never comes, on a machine with much else to do.
expect.set_options(timeout=20_000)


def needs(found: str | None, otherwise: str) -> str:
    """`found`; without it the test is left out, on CI it fails."""
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(otherwise)
        pytest.skip(otherwise)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for the whole run: a second Playwright can't be started beside it."""
    path = needs(chromium(), MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


class Profiles:
    """Browser profiles that are used again: what a person left is gone, the app's code that was
    fetched and compiled stays, which is more than half of what opening a page costs."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def take(self, locale: str) -> BrowserContext:
        if free := self._free.setdefault(locale, []):
            return free.pop()
        return self._browser.new_context(
            locale=locale, permissions=["clipboard-read", "clipboard-write"]
        )

    def give_back(self, locale: str, context: BrowserContext, visited: set[str]) -> None:
        visited |= {origin(frame.url) for page in context.pages for frame in page.frames}
        for page in context.pages:
            page.close()
        context.unroute_all()
        context.set_offline(False)
        context.clear_cookies()
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        kept = "local_storage,indexeddb,service_workers,cache_storage"
        for each in visited:
            devtools.send("Storage.clearDataForOrigin", {"origin": each, "storageTypes": kept})
        page.close()
        self._free[locale].append(context)


def origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


@pytest.fixture
def visit(profiles: Profiles) -> Iterator[Visit]:
    """visit(app, locale=..., width=...) gives a new person, whom nobody knows."""
    taken: list[tuple[str, BrowserContext, str]] = []

    def make(app: Site, *, locale: str = "en-US", width: int = 1280) -> Visitor:
        context = profiles.take(locale)
        taken.append((locale, context, origin(app.url)))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 860})
        return Visitor(page, app)

    yield make
    for locale, context, home in taken:
        profiles.give_back(locale, context, {home})


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two photos-like pictures of 1600 x 1200 and 1200 x 1600, PNG and JPEG."""
    from PIL import Image, ImageDraw

    folder = tmp_path_factory.mktemp("pictures")
    made = (folder / "wide.png", folder / "tall.jpg")
    for path, size in zip(made, ((1600, 1200), (1200, 1600)), strict=True):
        picture = Image.linear_gradient("L").resize(size).convert("RGB")
        ImageDraw.Draw(picture).ellipse((100, 100, 700, 700), fill="#c04030")
        picture.save(path)
    return made
