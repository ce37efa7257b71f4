"""How fast a question leaves and an answer appears: `python -m tests.bench.bench_chat`.

The app and a plain Streamlit page (plain_page.py) in a real browser, and the bare openai client,
take turns in one run against one loopback endpoint in its own process. Medians; on a noisy machine
only the ratios mean anything. Prints, asserts nothing.
"""

import argparse
import base64
import contextlib
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from openai import OpenAI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.support.at_once import AtOnce, runner_at_once, threads_at_once
from tests.bench.support.chat_table import Figures, report
from tests.bench.support.inputs import ANSWER, QUESTION
from tests.bench.support.pictures import photograph
from tests.bench.support.servers import LONG, RENDERS, fill_store, loopback, plain_page
from tests.bench.support.stopwatch import NOTES, Endpoint, Times, ask, settled, times
from tests.e2e.browser.running import FLAGS, KEY, MISSING, RunningApp, Visitor, chromium

# Half a second before the first token, or the drawing of the page would count as the letter's way.
STREAM, BURST = "fake-tokens-300-5-500", "fake-tokens-2000-0-0"
KINDS = ("text", "photo", "again", "burst", "long")


class Bench:
    """Everything that runs, and who is measured."""

    def __init__(self, browser: Browser, endpoint: Endpoint, photo: Path) -> None:
        self.browser, self.endpoint, self.photo = browser, endpoint, photo
        self.asked = 0
        self.sizes: dict[str, int] = {}

    def question(self) -> str:
        self.asked += 1
        return QUESTION.format(1000 + self.asked)

    def page(self, url: str) -> Page:
        page = self.browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
        page.add_init_script(NOTES)
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").wait_for()
        settled(page)
        return page

    def measure(self, who: str, figures: Figures, ask: Callable[..., Times]) -> None:
        """The same questions, whoever asks."""
        for kind in KINDS:
            got = ask(kind)
            if kind == "burst":
                figures["burst"].append(got.whole)
                figures["burst first"].append(got.first)
                continue
            figures[kind].append(got.arrival)
            if kind == "text":
                figures["first"].append(got.first)
                figures["last"].append(got.all)
            if kind == "again":
                self.sizes[who] = got.size
            if kind == "long":
                figures["long first"].append(got.first)

    def ours(self, app: RunningApp) -> Callable[[str], Times]:
        pages: list[Page] = []

        def one(kind: str) -> Times:
            if kind != "again":
                self._leave(pages)
                pages.append(self.page(app.url + (f"/?c={LONG}" if kind == "long" else "/")))
            person = Visitor(pages[-1], app)
            if kind == "burst":
                person.pick_model(BURST)
            if kind == "photo":
                person.drop_in(self.photo)
            return self._asked(pages[-1], kind)

        return one

    def plain(self, url: str) -> Callable[[str], Times]:
        pages: list[Page] = []

        def one(kind: str) -> Times:
            if kind != "again":
                self._leave(pages)
                query = {"burst": f"/?model={BURST}", "long": f"/?turns={RENDERS}"}.get(kind, "/")
                pages.append(self.page(url + query))
            if kind == "photo":
                picker = pages[-1].get_by_test_id("stChatInput").locator("input[type=file]")
                picker.set_input_files(self.photo)
                pages[-1].get_by_test_id("stFileChipImagePreview").wait_for()
                pages[-1].wait_for_timeout(1500)  # until it is uploaded
            return self._asked(pages[-1], kind)

        return one

    def _asked(self, page: Page, kind: str) -> Times:
        return ask(page, self.endpoint, self.question(), 2000 if kind == "burst" else 300)

    @staticmethod
    def _leave(pages: list[Page]) -> None:
        for page in pages:
            page.context.close()
        pages.clear()

    def bare(self, client: OpenAI) -> Callable[[str], Times]:
        def one(kind: str) -> Times:
            before = self.endpoint.count()
            past = RENDERS if kind == "long" else 1 if kind == "again" else 0
            messages = [
                {"role": role, "content": said}
                for n in range(past)
                for role, said in (("user", QUESTION.format(n)), ("assistant", ANSWER))
            ]
            question = self.question()
            photo = self.photo.read_bytes()
            enter = time.perf_counter()
            content: list[dict[str, object]] = [{"type": "text", "text": question}]
            if kind in ("photo", "again"):
                url = f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}"
                content.append({"type": "image_url", "image_url": {"url": url}})
            stream = client.chat.completions.create(
                model=BURST if kind == "burst" else STREAM,
                messages=[*messages, {"role": "user", "content": content}],  # type: ignore[list-item, misc]
                stream=True,
            )
            first = whole = 0.0
            for chunk in stream:  # type: ignore[union-attr]
                if chunk.choices and chunk.choices[0].delta.content:
                    whole = time.perf_counter()
                    first = first or whole
            note = self.endpoint.latest(before)
            return times(note, enter * 1000, first * 1000, whole * 1000)

        return one


def at_once(figures: Figures, got: AtOnce) -> None:
    figures["20"].append(got.arrival)
    figures["20 last"].append(got.last)
    figures["20 cpu"].append(got.cpu)


def main(repeats: int) -> None:
    path = chromium()
    if path is None:
        sys.exit(MISSING)
    found: dict[str, Figures] = {who: defaultdict(list) for who in ("ours", "plain", "bare")}
    with contextlib.ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        photo = folder / "photo.jpg"
        photograph(4032, 3024).save(photo, quality=96)
        fill_store(folder / "ours", STREAM)
        endpoint = running.enter_context(loopback())
        app = RunningApp(folder / "ours", endpoint.base_url, models=(STREAM, BURST))
        running.enter_context(app)
        plain_url = running.enter_context(plain_page(folder / "plain", endpoint.base_url))
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        running.callback(browser.close)
        bench = Bench(browser, endpoint, photo)
        client = OpenAI(base_url=endpoint.base_url, api_key=KEY)
        askers = {
            "ours": bench.ours(app),
            "plain": bench.plain(plain_url),
            "bare": bench.bare(client),
        }
        for asker in askers.values():  # first questions wait for imports and connections
            asker("text")
        runner_at_once(endpoint, folder / "hub.db", STREAM)
        for _ in range(repeats):
            for who, asker in askers.items():
                bench.measure(who, found[who], asker)
            at_once(found["ours"], runner_at_once(endpoint, folder / "hub.db", STREAM))
            at_once(found["plain"], threads_at_once(endpoint, STREAM))
    report(found, bench.sizes, repeats)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    main(parser.parse_args().repeats)
