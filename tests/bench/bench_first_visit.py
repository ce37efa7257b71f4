"""What a first visit costs, and when something can be typed: `python -m
tests.bench.bench_first_visit`.

The app without a key and the least page of the same Streamlit (bare_page.py), each by a browser
with an empty cache, take turns in one run: as fast as the machine is, and with the browser's own
throttling to a slow phone's connection. Medians; on a noisy machine only the ratios mean anything.
Prints, asserts nothing.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.support.servers import plain_server
from tests.bench.support.stopwatch import settled
from tests.e2e.browser.running import FLAGS, MISSING, RunningApp, chromium
from tests.e2e.browser.transferred import Transferred

# When the input is there and can be typed in, by the page's own clock.
NOTES = """
window.bench = {};
const look = () => {
  const input = document.querySelector('[data-testid="stChatInputTextArea"]');
  if (input && !input.disabled && input.offsetHeight) window.bench.usable ??= performance.now();
};
new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true});
"""


@dataclass(frozen=True)
class Line:
    """A connection. kbits: each way; latency: ms; goal: how many times the bare page's time."""

    name: str
    kbits: int
    latency: int
    goal: float


LINES = (
    Line("1.6 Mbit/s, 150 ms", 1600, 150, 0.7),
    Line("not throttled", 0, 0, 1.05),
)


@dataclass
class Visit:
    """usable: ms until something can be typed; megabytes, requests: until all is there."""

    usable: float
    megabytes: float
    requests: int


def visit(browser: Browser, url: str, line: Line) -> Visit:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-US")
    page = context.new_page()
    got = Transferred(page)
    if line.kbits:
        got.throttle(line.kbits, line.latency)
    page.add_init_script(NOTES)
    page.goto(url, wait_until="commit", timeout=120_000)
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=120_000)
    usable = _usable(page)
    settled(page)
    got.wait()
    context.close()
    return Visit(usable, got.bytes / 1e6, got.requests)


def _usable(page: Page) -> float:
    """Polled from outside: the app's policy allows no script that a tool would wait with."""
    while not (noted := page.evaluate("window.bench.usable ?? 0")):
        page.wait_for_timeout(50)
    return float(noted)


def main(repeats: int) -> None:
    path = chromium()
    if path is None:
        sys.exit(MISSING)
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as folder,
        RunningApp(Path(folder) / "ours") as app,
        plain_server(Path(folder) / "bare", "", "bare_page.py") as (bare, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        sides = {"ours": app.url, "bare": bare}
        for url in sides.values():
            visit(browser, url, LINES[-1])  # imports, and what is made once
        for line in LINES:
            for _ in range(repeats):
                for who, url in sides.items():
                    found[line.name, who].append(visit(browser, url, line))
        browser.close()
    report(found, repeats)


def report(found: dict[tuple[str, str], list[Visit]], repeats: int) -> None:
    print(f"| usable input, ms, medians of {repeats} | Tuwen | bare page | Tuwen / bare | goal |")
    print("|---|--:|--:|--:|---|")
    for line in LINES:
        ours, bare = (median(v.usable for v in found[line.name, who]) for who in ("ours", "bare"))
        met = "met" if ours <= line.goal * bare else "missed"
        cells = [f"{ours:.0f}", f"{bare:.0f}", f"{ours / bare:.2f} x", f"{line.goal:g} x: {met}"]
        print(f"| {line.name} | {' | '.join(cells)} |")
    for who, name in (("ours", "Tuwen"), ("bare", "bare page")):
        visits = [visit for line in LINES for visit in found[line.name, who]]
        most = max(visits, key=lambda visit: visit.megabytes)
        print(f"\n{name}: {most.megabytes:.2f} MB in {most.requests} requests")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    main(parser.parse_args().repeats)
