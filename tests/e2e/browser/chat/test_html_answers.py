"""A page that a model wrote reaches no other host: not even its name is looked up."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser.chat.test_chat import say
from tests.e2e.browser.running import FLAGS, RunningApp, Visitor, chromium
from tests.support.loopback.server import Loopback

HOST = "what-was-said.evil.example"
LEADS = f"""<!doctype html><html><head>
<base href="https://{HOST}/"><meta http-equiv="refresh" content="0;url=https://{HOST}/a">
<link rel="preconnect" href="https://{HOST}"><link rel="dns-prefetch" href="//{HOST}">
<style>@import "https://{HOST}/b.css"; p {{ background: url(http://{HOST}/c.png) }}</style></head>
<body><p id="p">A poster</p><a id="out" href="http://{HOST}/d" ping="http://{HOST}/e">out</a>
<iframe src="http://{HOST}/f"></iframe><IFRAME/src=https://{HOST}/g></IFRAME>
<object data="http://{HOST}/h"></object><embed src="http://{HOST}/i">
<img src="http://{HOST}/j.png"><video src="http://{HOST}/k" poster="http://{HOST}/l"></video>
<svg><a xlink:href="http://{HOST}/m"><text y="20">m</text></a><style><p>
<iframe src="http://{HOST}/n"></iframe></style></svg>
<noscript><iframe src="http://{HOST}/o"></iframe></noscript></body></html>"""
FRAMES = (
    f'<html><frameset cols="*"><frame src="http://{HOST}/p"><frame src="https://{HOST}/q">'
    "</frameset></html>"
)


class Catcher:
    """Where every foreign host leads: counts who comes."""

    def __init__(self) -> None:
        self.came = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.came += 1
                connection.close()

    def close(self) -> None:
        self._socket.close()


@contextmanager
def led_astray(browser: Browser, catcher: Catcher) -> Iterator[Browser]:
    """A browser to which every name under .evil.example is the catcher."""
    rules = f"--host-resolver-rules=MAP *.evil.example 127.0.0.1:{catcher.port}"
    other = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, rules])
    try:
        yield other
    finally:
        other.close()


@pytest.mark.parametrize("written", [LEADS, FRAMES])
def test_a_page_in_an_answer_reaches_nobody_with_or_without_a_click(
    browser: Browser, app: RunningApp, endpoint: Loopback, written: str
) -> None:
    catcher = Catcher()
    with led_astray(browser, catcher) as other:
        page = other.new_page()
        person = Visitor(page, app).open()
        expect(person.input).to_be_visible(timeout=30_000)
        endpoint.enqueue(say(f"Here:\n\n```html\n{written}\n```"))
        answer = person.ask("A poster, please")
        page.wait_for_timeout(500)
        assert page.locator("iframe[srcdoc]").count() == 0
        assert catcher.came == 0
        answer.get_by_role("tab", name="Preview").click()
        frame = answer.locator("iframe")
        expect(frame).to_be_visible()
        if written is LEADS:
            inside = frame.content_frame
            expect(inside.locator("#p")).to_have_text("A poster")
            for leads in (inside.locator("#out"), inside.get_by_text("m", exact=True)):
                leads.hover()
                leads.click()
            expect(inside.locator("#p")).to_have_text("A poster")
        page.wait_for_timeout(1000)
        assert catcher.came == 0
        # The catcher does catch: whoever is asked for by name is found there.
        with suppress(Exception):
            page.goto(f"http://{HOST}/")
        assert catcher.came > 0
    catcher.close()
