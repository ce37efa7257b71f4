"""A whole session in the real app with canary keys: they are in nothing that the server sends or
keeps, and their endpoint alone ever gets them."""

import io
import re
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, WebSocket, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.browser.chat.test_chat import say
from tests.e2e.browser.chat.test_sources import type_in
from tests.e2e.browser.running import KEY, RunningApp, Visitor
from tests.e2e.browser.test_history_page import history
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import DONE, Reply, chunk, error, event
from tests.support.loopback.server import Loopback

OWN = "sk-own-canary-c0ffee-9931"
# What would give a key away, were it written another way than as it is.
NEEDLES = [
    each.encode() for key in (KEY, OWN) for each in (key, key[3:], key.replace("-", "\\u002d"))
]
EXPORTS = ("markdown", "html", "json", "jsonl", "csv")


class Watched:
    """Everything that reaches a browser: websocket frames and bodies of responses."""

    def __init__(self, person: Visitor) -> None:
        self.frames: list[bytes] = []
        self.responses: list[Response] = []
        person.page.on("websocket", self._socket)
        person.page.on("response", lambda response: self.responses.append(response))

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self.frames.append(_bytes(data)))

    def seen(self) -> Iterator[tuple[str, bytes]]:
        for number, frame in enumerate(self.frames):
            yield f"frame {number}", frame
        for response in self.responses:
            headers = response.all_headers()
            yield f"headers of {response.url}", repr(headers).encode()
            if "attachment" in headers.get("content-disposition", ""):
                continue  # a download has no body for the page; what was saved is looked at
            try:
                yield f"body of {response.url}", response.body()
            except Exception:  # a redirect, or a page that was left: the browser has none
                continue


def _bytes(data: bytes | str) -> bytes:
    return data if isinstance(data, bytes) else data.encode()


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is in it if it is a zip."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield f"{name}/{inner}", archive.read(inner)


def echoing(key: str) -> Iterator[Reply]:
    """An endpoint that tells everybody the key: as an error, in a stream, in a header."""
    told = f"Incorrect API key provided: {key}. Authorization: Bearer {key}"
    yield error(401, message=told)
    yield Reply((event({"error": {"message": told, "type": "server_error", "code": key}}),))
    yield error(400, message=told, code=key)


def telling(key: str) -> Reply:
    """A good answer that says the key wherever it can, cut in two."""
    said = f"I was called with {key}, thanks. ![{key}](https://e.example/{key})"
    pieces = (said[:30], said[30:41], said[41:])
    thoughts = [event(chunk(model=key, reasoning_content=each)) for each in pieces]
    texts = [event(chunk(each, model=key)) for each in pieces]
    called = event(chunk(tool_calls=[{"id": key, "function": {"name": key, "arguments": said}}]))
    end = event(chunk(finish=key, model=key, system_fingerprint=key))
    headers = {"Content-Type": "text/event-stream", "X-Request-Id": key, "Server": key}
    return Reply((*thoughts, *texts, called, end, DONE), headers=headers)


def fail(person: Visitor, endpoint: Loopback, key: str) -> None:
    """Ask and get each of these errors; look at what the endpoint said."""
    for reply in echoing(key):
        endpoint.enqueue(reply)
        person.send("And what is this?")
        expect(person.page.get_by_test_id("stAlert").last).to_be_visible(timeout=20_000)
        person.idle()
        for details in person.page.get_by_text("Error details from the provider").all():
            details.click()
        person.idle()


def downloads(person: Visitor, folder: Path) -> Iterator[tuple[str, bytes]]:
    history(person)
    for name in EXPORTS:
        button = person.key(f"export-{name}").locator("button").first  # the others are for phones
        for _ in range(3):  # a page that is drawn anew closes the menu again
            if button.is_visible():
                break
            person.key("export").locator("button").first.click()
            with suppress(PlaywrightError):
                button.wait_for(timeout=5000)
        with person.page.expect_download() as waiting:
            button.click()
        path = folder / f"{name}-{waiting.value.suggested_filename}"
        waiting.value.save_as(path)
        yield from unpacked(path.name, path.read_bytes())


def shared(person: Visitor) -> tuple[str, bytes]:
    """Make a link with everything on it, and read it as a stranger."""
    person.key("share").locator("button").first.click()
    for switch in ("share_costs", "share_names"):
        person.key(switch).locator("label").click()
    person.key("share_make").locator("button").click()
    link = person.key("share_link").locator("code").inner_text()
    with urllib.request.urlopen(link, timeout=10) as answer:
        return link, answer.read() + repr(answer.headers.items()).encode()


def found(name: str, content: bytes) -> list[str]:
    return [f"{name}: {needle!r}" for needle in NEEDLES if needle in content]


def test_no_key_is_in_anything_that_the_server_sends_or_keeps(
    tmp_path: Path,
    browser: Browser,
    visit: Visit,
    endpoint: Loopback,
    pictures: tuple[Path, Path],
) -> None:
    leaks: list[str] = []
    with RunningApp(tmp_path / "app", endpoint.base_url) as app:
        person: Visitor = visit(app)
        watched = Watched(person)
        person.open()
        person.drop_in(pictures[0])
        endpoint.enqueue(say("A circle."))
        person.ask("What is this?")
        fail(person, endpoint, KEY)
        endpoint.enqueue(telling(KEY))
        person.ask("What were you called with?")
        person.key("new_chat").locator("button").click()
        person.idle()
        type_in(person, "ftp://nowhere", OWN)  # refused, and still in its field
        type_in(person, endpoint.base_url, OWN)
        person.page.keyboard.press("Escape")
        person.idle()
        endpoint.enqueue(say("A square."))
        person.ask("And with my own key?")
        fail(person, endpoint, OWN)
        endpoint.enqueue(telling(OWN))
        person.ask("And you?")
        for page in ("Compare", "Cost", "FAQ", "Chat"):
            person.page.get_by_role("link", name=re.compile(page)).first.click()
            person.idle()
        link, page_of_link = shared(person)
        leaks += found("the shared page", page_of_link)
        person.page.keyboard.press("Escape")
        person.idle()
        made = 0
        for name, content in downloads(person, tmp_path):
            made += 1
            leaks += found(name, content)
        assert made > len(EXPORTS)
        leaks += found("the page", person.page.content().encode())
        leaks += found("the address", person.page.url.encode() + link.encode())
        seen = list(watched.seen())
        time.sleep(0.5)
    keys = {
        each.headers.get("authorization", "").removeprefix("Bearer ") for each in endpoint.history
    }
    assert {KEY, OWN} <= keys  # they did go to their endpoint
    assert len(watched.frames) > 20
    assert sum(name.startswith("body of") for name, _ in seen) > 10
    for name, content in seen:
        leaks += found(name, content)
    kept = [path for path in (tmp_path / "app").rglob("*") if path.is_file()]
    assert {"tuwen.db", "server.log"} <= {path.name for path in kept}
    for path in kept:
        if path.name != "secrets.toml":
            leaks += found(path.name, path.read_bytes())
    assert leaks == []


@pytest.mark.parametrize("where", ["text", "zip"])
def test_the_search_for_canaries_finds_one(where: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("talk.json", f'{{"said": "{OWN}"}}' * 50)
    content = KEY.encode() if where == "text" else packed.getvalue()
    assert [leak for each in unpacked("a file", content) for leak in found(*each)]
