"""When things happen in a page, by the clock of the servers (time.perf_counter, in ms).

The page notes its own times: a key's press in a listener, letters in a MutationObserver. Nothing
of the tool that drives the browser is in them.
"""

import json
import time
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Page

# An answer is the last message, after the one with the question, or stands below a question that
# the server hasn't drawn yet; a caption isn't its text.
NOTES = """
window.bench = {};
const bench = window.bench;
addEventListener('keydown', (e) => {
  if (e.key === 'Enter') bench.enter = performance.now();
}, true);
const look = () => {
  if (!bench.question || bench.all) return;
  const said = document.querySelectorAll('[data-testid="stChatMessage"]');
  const ghost = document.querySelector('.tuwen-ghost');
  const asked = ghost?.querySelector('.bubble') ?? said[said.length - 2];
  if (!asked?.textContent.includes(bench.question)) return;
  const answer = ghost?.querySelector('.bubble') ? ghost : said[said.length - 1];
  for (const p of answer.querySelectorAll('p')) {
    const text = p.textContent.trimEnd();
    if (!/^n1( |$)/.test(text)) continue;
    bench.first ??= performance.now();
    if (text.endsWith(' n' + bench.last)) bench.all = performance.now();
  }
};
new MutationObserver(look).observe(document,
  {subtree: true, childList: true, characterData: true});
"""
WAIT = 30.0  # seconds an answer may take


@dataclass(frozen=True)
class Times:
    """One question, all in ms. first, all: after the byte that is shown then was written."""

    arrival: float
    first: float
    all: float
    whole: float  # from the first byte until all is on the screen
    size: int  # bytes of the request


class Endpoint:
    """The loopback endpoint in its own process, and what it noted."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def latest(self, number: int) -> dict[str, object]:
        """The request that was the `number`-th to come, without its body."""
        with urllib.request.urlopen(self.base_url.replace("/v1", "/history?brief")) as reply:
            return json.load(reply)[number]  # type: ignore[no-any-return]

    def count(self) -> int:
        with urllib.request.urlopen(self.base_url.replace("/v1", "/history?brief")) as reply:
            return len(json.load(reply))


def times(note: dict[str, object], enter: float, first: float, whole: float) -> Times:
    """From a request's notes, and three times (ms) of whoever asked."""
    written = [1000 * t for t in note["written"]]  # type: ignore[attr-defined]
    began = written[0 if len(written) < 5 else 1]  # all at once: one piece and [DONE]
    arrived = 1000 * note["arrived"]  # type: ignore[operator]
    size: int = note["size"]  # type: ignore[assignment]
    return Times(arrived - enter, first - began, whole - written[-1], whole - began, size)


def ask(page: Page, endpoint: Endpoint, question: str, last: int) -> Times:
    """Type a question, press Enter, wait until `last` is on the screen."""
    before = endpoint.count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    page.wait_for_timeout(150)
    page.evaluate(
        "([q, n]) => Object.assign(bench, {question: q, last: n, enter: 0, first: null, all: 0})",
        [question, last],
    )
    box.press("Enter")
    deadline = time.monotonic() + WAIT
    while not (noted := page.evaluate("bench"))["all"]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{question} was not answered on {page.url}")
        page.wait_for_timeout(100)
    offset = _offset(page)
    enter, first, whole = (noted[name] + offset for name in ("enter", "first", "all"))
    note = endpoint.latest(before)
    settled(page)
    return times(note, enter, first, whole)


def settled(page: Page) -> None:
    """Wait until nothing runs."""
    page.wait_for_timeout(150)
    page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=30_000)


def _offset(page: Page) -> float:
    """What to add to performance.now() to have perf_counter in ms, from what each call allows."""
    low, high = float("-inf"), float("inf")
    for _ in range(12):
        before = time.perf_counter() * 1000
        there = page.evaluate("performance.now()")
        after = time.perf_counter() * 1000
        low, high = max(low, before - there), min(high, after - there)
    return (low + high) / 2
