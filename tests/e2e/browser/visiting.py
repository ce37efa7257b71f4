"""A browser, visitors, and what they bring along: fixtures of all tests that visit the app."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """visit(app, locale=..., width=...) gives a new person with an own browser profile; with
    phone=True one with a phone in their hand."""
    contexts = []

    def make(
        app: Site, *, locale: str = "en-US", width: int = 1280, phone: bool = False
    ) -> Visitor:
        context = browser.new_context(
            locale=locale,
            viewport={"width": 390, "height": 844} if phone else {"width": width, "height": 860},
            is_mobile=phone,
            has_touch=phone,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        return Visitor(context.new_page(), app)

    yield make
    for context in contexts:
        context.close()


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
