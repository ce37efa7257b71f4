"""How fast the calculator answers: `python -m tests.bench.bench_cost`.

From a change of a field to the new figure on the screen, in a real browser, beside a plain
Streamlit page with the same function (plain_cost_page.py); by the page's own clock, the two in
turns. Then 100,000 rows of sizes beside a loop that counts each row, and the command's start.
Medians; on a noisy machine only the ratios mean anything. Prints, asserts nothing.
"""

import argparse
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from components.pricing.whatif import Row, Scenario, read_sizes, work_out
from components.tokens import count_image_tokens
from tests.bench.support.servers import plain_server
from tests.bench.support.stopwatch import settled
from tests.e2e.browser.running import FLAGS, MISSING, ROOT, RunningApp, chromium

GOAL = 2.0  # seconds for 100,000 rows
ROWS = 100_000
# Notes when an input's value was committed, and when any figure on the screen became another.
NOTES = """
window.bench = {};
const shown = () => [...document.querySelectorAll('[data-testid="stMetricValue"]')]
  .map((e) => e.textContent).join('|');
addEventListener('keydown', (e) => {
  if (e.key === 'Enter') Object.assign(bench, {began: performance.now(), was: shown(), done: 0});
}, true);
addEventListener('input', () => {
  if (bench.live) Object.assign(bench, {began: performance.now(), was: shown(), done: 0});
}, true);
new MutationObserver(() => {
  if (bench.began && !bench.done && shown() && shown() !== bench.was) {
    bench.done = performance.now();
  }
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
WAIT = 20.0  # seconds a change may take
Field = Callable[[Page], Locator]
OURS: dict[str, Field] = {
    "size": lambda page: page.locator(".st-key-cost_sizes input"),
    "answer": lambda page: page.locator(".st-key-cost_answer input"),
    "turns": lambda page: page.locator(".st-key-cost_turns input"),
}
PLAIN: dict[str, Field] = {
    "size": lambda page: page.get_by_label("Width", exact=True),
    "answer": lambda page: page.get_by_label("Answer tokens"),
    "turns": lambda page: page.get_by_label("RenderScheduler"),
}
LABELS = {
    "size": "the image's width",
    "answer": "the answer's length",
    "turns": "the number of turns",
}


@contextlib.contextmanager
def plain_cost_page(folder: Path) -> Iterator[str]:
    """The plain page, which asks nobody; gives its address."""
    with plain_server(folder, "", "plain_cost_page.py") as (url, _):
        yield url


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.add_init_script(NOTES)
    page.goto(url)
    page.get_by_test_id("stMetricValue").first.wait_for()
    settled(page)
    page.wait_for_timeout(500)
    return page


def change(page: Page, field: Locator, written: str, live: bool) -> float:
    """ms from the change to another figure on the screen. live: nothing is pressed after it."""
    page.evaluate("(live) => Object.assign(bench, {live, began: 0, done: 0})", live)
    field.fill(written)
    if not live:
        field.press("Enter")
    deadline = time.monotonic() + WAIT
    while not page.evaluate("bench.done"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{written} changed nothing on {page.url}")
        page.wait_for_timeout(30)
    taken: float = page.evaluate("bench.done - bench.began")
    settled(page)
    return taken


def value(kind: str, n: int) -> int:
    """A value that gives other figures than the one before."""
    return {"size": (400, 1500, 3000)[n % 3], "answer": 301 + n, "turns": 2 + n % 7}[kind]


def in_the_browser(repeats: int) -> dict[str, dict[str, list[float]]]:
    path = chromium()
    if path is None:
        sys.exit(MISSING)
    found: dict[str, dict[str, list[float]]] = {"ours": defaultdict(list)}
    found["plain"] = defaultdict(list)
    with contextlib.ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        app = running.enter_context(RunningApp(folder / "ours"))
        plain_url = running.enter_context(plain_cost_page(folder / "plain"))
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        running.callback(browser.close)
        ours = opened(browser, app.url + "/cost?lang=en&v=1&m=gpt-4o")
        ours.locator(".st-key-cost_more summary").click()  # the turns lie in it
        plain = opened(browser, plain_url)
        for n in range(repeats + 1):
            for kind in LABELS:
                written = value(kind, n)
                live = kind == "size"  # our field of sizes needs no Enter
                size = f"{written}x1024" if live else str(written)
                mine = change(ours, OURS[kind](ours), size, live)
                its = change(plain, PLAIN[kind](plain), str(written), live=False)
                if n:  # the first ones wait for imports
                    found["ours"][kind].append(mine)
                    found["plain"][kind].append(its)
    return found


def report(found: dict[str, dict[str, list[float]]], repeats: int) -> None:
    print(
        f"| change to new figures, ms, medians of {repeats} | Tuwen | plain page | plain / Tuwen |"
    )
    print("|---|---|---|---|")
    for kind, label in LABELS.items():
        mine, its = (statistics.median(found[who][kind]) for who in ("ours", "plain"))
        print(f"| {label} | {mine:.0f} | {its:.0f} | {its / mine:.1f} x |")


def seconds(work: Callable[[], object], repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def each_row(scenario: Scenario) -> int:
    """What a loop without any thought would do."""
    return sum(
        row.count
        * (count_image_tokens(scenario.model, row.width, row.height, scenario.detail).tokens or 0)
        for row in scenario.rows
    )


def many_rows(repeats: int) -> None:
    """Three files of 100,000 rows: of one camera's sizes, of many, and of no two alike."""
    dice = random.Random(7)
    print(f"\n| {ROWS:,} rows, s | read CSV | work out | naive loop | naive / ours | goal 2 s |")
    print("|---|---|---|---|---|---|")
    for label, most in (("20 sizes", 20), ("5,000 sizes", 5000), ("all different", ROWS)):
        sizes = [(dice.randint(64, 8000), dice.randint(64, 8000)) for _ in range(most)]
        rows = tuple(Row(*sizes[n % most]) for n in range(ROWS))
        lines = "".join(f"{row.width},{row.height}\n" for row in rows)
        content = f"width,height\n{lines}".encode()
        scenario = Scenario("gpt-4o", rows)
        assert work_out(scenario).images == each_row(scenario)
        reading = seconds(lambda content=content: read_sizes(content), repeats)  # type: ignore[misc]
        ours = seconds(lambda scenario=scenario: work_out(scenario), repeats)  # type: ignore[misc]
        naive = seconds(lambda scenario=scenario: each_row(scenario), repeats)  # type: ignore[misc]
        met = "met" if reading + ours <= GOAL else "missed"
        times = f"{naive / ours:.1f} x"
        print(f"| {label} | {reading:.2f} | {ours:.2f} | {naive:.2f} | {times} | {met} |")


def command(repeats: int) -> None:
    asked = ["--model", "gpt-4o", "--size", "2048x4096", "--detail", "high", "--json"]
    ours = [sys.executable, "-m", "components.pricing", *asked]
    bare = [sys.executable, "-c", "pass"]
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}

    def run(words: list[str]) -> None:
        subprocess.run(words, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)

    run(ours)
    took, least = (seconds(lambda w=w: run(w), repeats) for w in (ours, bare))  # type: ignore[misc]
    print(f"\nThe command: {took:.2f} s, of which Python alone {least:.2f} s.")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    report(in_the_browser(repeats), repeats)
    many_rows(min(3, repeats))
    command(min(5, repeats))


if __name__ == "__main__":
    main()
