"""N visits at once, each asking one question; prints what each saw as JSON.

`python -m tests.bench.support.sessions --url http://127.0.0.1:8501 --n 100 --over 1` in a process
of its own, all visits on one asyncio loop.
"""

import argparse
import asyncio
import gc
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.support.joined_stream import JoinedStream
from tests.bench.support.token_server import COUNT, WHOLE
from tests.bench.support.websocket import Visit

PATIENCE = 90.0  # seconds an answer may take
OPENED_AT_ONCE = 4  # pages that are opened side by side, before anything is asked
_LAST = re.compile(r"n(\d+)\W*\Z")


@dataclass
class Seen:
    """One visit's answer; times in seconds after the question was sent, None for what never came.

    rate: tokens a second from the first letter to the last, 0 where all came in one piece. gap: the
    longest time between two growths. errors: exceptions shown, a lost connection, a text that
    isn't the whole exactly once.
    """

    first: float | None
    whole: float | None
    rate: float | None
    gap: float
    messages: int
    errors: list[str]


@dataclass
class Load:
    """What all visits saw. late: seconds, the worst lateness of the clients' own loop."""

    seen: list[Seen]
    late: float


@dataclass
class Page:
    """What a client knows of a page that is drawn. asking: what the browser joins the answer's
    stream with, {} on a page that has none."""

    visit: Visit
    chat_input: str
    script_hash: str
    query: str
    asking: dict[str, Any]
    stream: JoinedStream | None = None


async def opened(url: str) -> Page:
    """A page, drawn and idle. What was received so far is forgotten."""
    visit = await Visit.begin(url)
    page = Page(visit, "", "", "", {})
    for _, message in _messages(visit):
        kind = message.WhichOneof("type")
        if kind == "new_session":
            page.script_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            page.script_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            page.query = message.page_info_changed.query_string
        elif (element := message.delta.new_element).WhichOneof("type") == "chat_input":
            page.chat_input = element.chat_input.id
        elif element.bidi_component.id.endswith("-composer_hands"):
            page.asking = json.loads(json.loads(element.bidi_component.json)["asking"])
    assert page.chat_input, "the page has no chat input"
    visit.received.clear()
    return page


async def ask(page: Page, url: str, text: str, delay: float) -> float:
    """Send a question after `delay` seconds, as a browser does; wait until the page is idle.
    Returns when it left."""
    await asyncio.sleep(delay)
    left = time.perf_counter()
    if page.asking:
        names = {"session": "session", "after": "begun", "conversation": "conversation"}
        body = {name: page.asking[its] for name, its in names.items()} | {"text": text}
        page.stream = await JoinedStream.begin(url, body)
    page.visit.submit(text, page.chat_input, page.script_hash, page.query)
    try:
        async with asyncio.timeout(PATIENCE):
            await page.visit.idle.wait()
    except TimeoutError:
        page.visit.lost = "no end"
    return left


async def lateness(worst: list[float]) -> None:
    """Notes how late this loop is, so that a slow client isn't taken for a slow server."""
    while True:
        due = time.perf_counter() + 0.01
        await asyncio.sleep(0.01)
        worst[0] = max(worst[0], time.perf_counter() - due)


def read(visit: Visit, sent: float, stream: JoinedStream | None = None) -> Seen:
    """What a session saw of its answer: what the page's script has drawn, or the stream before."""
    seen = Seen(None, None, None, 0.0, len(visit.received), [visit.lost] if visit.lost else [])
    shown: dict[tuple[int, ...], str] = {}
    counts = [(at, _tokens(text)) for at, text in stream.grown()] if stream else []
    for at, message in _messages(visit):
        if message.WhichOneof("type") == "new_session":
            shown = {}
        path = tuple(message.metadata.delta_path)
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            seen.errors.append(f"exception: {element.exception.message}")
        if element.WhichOneof("type") == "markdown":
            shown[path] = element.markdown.body.strip()
        elif element.WhichOneof("type") == "html":
            shown[path] = re.sub(r"<[^>]*>", "", element.html.body).strip()
        elif message.WhichOneof("type") == "delta":
            shown.pop(path, None)
        counts.append((at, _tokens(shown.get(path, ""))))
    last, count, began = 0.0, 0, 0
    for at, grown in sorted(counts):
        if grown <= count:
            continue
        if seen.first is None:
            seen.first, began = at - sent, grown
        else:
            seen.gap = max(seen.gap, at - last)
        last, count = at, grown
        if count == COUNT:
            seen.whole = at - sent
            seen.rate = (COUNT - began) / (seen.whole - seen.first) if began < COUNT else 0.0
    answers = [body for body in shown.values() if _tokens(body)]
    if answers != [WHOLE]:
        seen.errors.append(f"{len(answers)} answers, {[_tokens(body) for body in answers]} tokens")
    return seen


async def load(pages: list[Page], url: str, over: float) -> Load:
    """Each page asks once, evenly spread over `over` seconds (0: all in the same instant)."""
    worst = [0.0]
    watching = asyncio.create_task(lateness(worst))
    n = len(pages)
    sent = await asyncio.gather(
        *(ask(page, url, f"Question {k}", over * k / n) for k, page in enumerate(pages))
    )
    watching.cancel()
    for page in pages:
        page.visit.leave()
        if page.stream:
            page.stream.leave()
    seen = [read(page.visit, at, page.stream) for page, at in zip(pages, sent, strict=True)]
    return Load(seen, worst[0])


async def main(url: str, n: int, over: float) -> Load:
    """Opens n pages, says so, and begins when it is told to on stdin."""
    opening = asyncio.Semaphore(OPENED_AT_ONCE)

    async def open_one() -> Page:
        async with opening:
            return await opened(url)

    pages = await asyncio.gather(*(open_one() for _ in range(n)))
    await asyncio.sleep(1.5)
    print("opened", flush=True)
    sys.stdin.readline()
    gc.disable()
    return await load(pages, url, over)


def _messages(visit: Visit) -> Iterator[tuple[float, ForwardMsg]]:
    for at, data in visit.received:
        yield at, ForwardMsg.FromString(data)


def _tokens(body: str) -> int:
    """How many tokens of the answer a text has: what begins with the first is the answer."""
    found = _LAST.search(body) if body.startswith("n1") else None
    return int(found[1]) if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--over", type=float, default=0.0)
    given = parser.parse_args()
    print(json.dumps(asdict(asyncio.run(main(given.url, given.n, given.over)))))
