"""The real app in a process of its own, and a real browser to visit it."""

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from tests.support.paths import ROOT
from tests.support.waiting import serves, until

# The shell has no windows of its own to draw, which costs a third less.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MODELS = ("gpt-4o", "fake-vision", "fake-slow", "fake-silent", "fake-status-401")
KEY = "sk-canary-4f1d2c"
MISSING = (
    "no chromium on this machine: the browser tests are left out "
    "(Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk)"
)


def chromium() -> str | None:
    """Path of a Chromium, None without one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


_PORTS = itertools.cycle(range(10_000, 30_000))
# Each process of the tests begins elsewhere, below the ports that systems give away themselves.
next(itertools.islice(_PORTS, os.getpid() * 97 % 20_000, None))


def free_port() -> int:
    """One that nothing listens at, and that no other process of the tests will be given soon."""
    for port in itertools.islice(_PORTS, 200):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no free port on this machine")


@dataclass
class RunningApp:
    """`with RunningApp(folder) as app:` runs the server until the block ends.

    base_url: of an endpoint to configure, "" for a first visit without any key; endpoint: its name.
    settings: further lines of its table; tables: further tables of secrets.toml.
    env: further environment of the process, DATABASE_URL too.
    """

    folder: Path
    base_url: str = ""
    endpoint: str = "loop"
    models: tuple[str, ...] = MODELS
    settings: str = ""
    tables: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What the server has printed so far."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        secrets = self.folder / "secrets.toml"
        secrets.write_text(self._secrets(), "utf-8")
        ours = ("OPENAI_", "DATABASE_URL", "ACCESS_")
        env = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        env["DATABASE_URL"] = f"sqlite:///{self.folder / 'tuwen.db'}"
        env |= self.env
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        options = ["--server.port", str(self.port), "--secrets.files", str(secrets)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command + options, cwd=ROOT, env=env, stdout=log, stderr=log
            )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def kill(self) -> None:
        """End the server without a word, as a crash would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(5)

    def _secrets(self) -> str:
        if not self.base_url:
            return self.tables
        models = ", ".join(f'"{model}"' for model in self.models)
        return (
            f"[endpoints.{self.endpoint}]\n"
            f'base_url = "{self.base_url}"\napi_key = "{KEY}"\nmodels = [{models}]\n'
            f"{self.settings}\n{self.tables}\n"
        )

    def _wait(self) -> None:
        until(self._up, 60, "the server did not start")

    def _up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.output
        return serves(f"{self.url}/_stcore/health")


class Site(Protocol):
    """What a person visits: the app itself, or what stands in front of it. folder: of files."""

    folder: Path

    @property
    def url(self) -> str: ...


class Visitor:
    """What a person does on the page."""

    def __init__(self, page: Page, app: Site) -> None:
        self.page = page
        self.app = app

    def open(self, path: str = "/") -> Self:
        self.page.goto(self.app.url + path)
        # Before the first run has come, nothing runs either.
        expect(self.page.locator("html[data-listens]")).to_have_count(1, timeout=60_000)
        self.idle()
        return self

    def idle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        self.page.wait_for_timeout(100)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=90_000
        )

    def key(self, key: str) -> Locator:
        """What the app drew under a widget or container key."""
        return self.page.locator(f".st-key-{key}")

    @property
    def input(self) -> Locator:
        return self.page.get_by_test_id("stChatInputTextArea")

    @property
    def answers(self) -> Locator:
        return self.page.get_by_test_id("stChatMessage").filter(
            has=self.page.locator('[class*="st-key-cost_billed"]')
        )

    @property
    def cards(self) -> Locator:
        return self.key("tray_cards").locator('[class*="st-key-card-"]')

    def take_sample(self, sample: str) -> None:
        """Click the sample with this id; returns when its question is in the input. By its id, as
        buttons get into a page that is being drawn in any order."""
        self.key(f"sample-{sample}").get_by_role("button").click()
        expect(self.input).not_to_be_empty()

    def ready(self, key: str = "image_tray") -> None:
        """Wait until what is dropped or pasted is taken."""
        expect(self.key(key).locator(".tuwen-cover")).not_to_be_empty(timeout=30_000)

    def look_into(self, card: Locator) -> Locator:
        """Open a thumbnail; returns what it shows."""
        opener = card.locator('[class*="st-key-thumb-"] button')
        if opener.get_attribute("aria-expanded") != "true":
            opener.click()
        return self.page.get_by_test_id("stPopoverBody")

    def close_window(self) -> None:
        """What was opened last over the page."""
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_test_id("stPopoverBody")).to_have_count(0)

    def add(self, way: str) -> None:
        """One of the ways in behind the plus, by its key."""
        self.key("add_menu").locator("button").first.click()
        self.key(way).locator("button").click()

    def drop_in(self, *files: Path) -> None:
        """Pick files; returns when each has its card."""
        before = self.cards.count()
        picker = self.key("image_tray").locator('input[type="file"]')
        picker.set_input_files([str(path) for path in files])
        expect(self.cards).to_have_count(before + len(files), timeout=20_000)
        self.idle()

    @property
    def chip(self) -> Locator:
        """The button that names the chosen model."""
        return self.key("model_chip").get_by_role("button").first

    def pick_model(self, name: str) -> None:
        """By the keyboard: what is typed narrows the list, Enter takes the first."""
        search = self.page.get_by_role("combobox", name=re.compile("^(Search models|搜索模型)$"))
        for attempt in range(3):  # a page that is drawn anew closes the list
            self.idle()
            self.chip.click()
            try:
                search.fill(name, timeout=5000)
                break
            except PlaywrightError:
                if attempt == 2:
                    raise
        option = self.page.locator('.tuwen-models [role="option"]').first
        expect(option.locator(".name")).to_contain_text(name)
        search.press("Enter")
        expect(self.chip).to_contain_text(name)
        expect(search).to_have_count(0)
        self.idle()

    def open_bill(self, answer: Locator) -> Locator:
        """All that is known of what an answer cost."""
        answer.locator('[class*="st-key-cost_billed"] button').click()
        return self.page.get_by_test_id("stPopoverBody")

    def pick(self, field: Locator, name: str) -> None:
        """One of a list. A page that is drawn anew closes it: then it is opened once more."""
        option = self.page.get_by_role("option", name=re.compile(re.escape(name))).first
        for attempt in range(3):
            self.idle()
            field.locator("input").click()
            if attempt:
                self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(name)
            try:
                option.click(timeout=5000)
                break
            except PlaywrightError:
                if attempt == 2:
                    raise
        self.idle()

    def send(self, question: str) -> None:
        expect(self.input).to_be_visible()
        self.input.fill(question)
        self.input.press("Enter")

    def ask(self, question: str) -> Locator:
        """Send a question and wait for its answer's bill; returns the answer."""
        before = self.answers.count()
        self.send(question)
        expect(self.answers).to_have_count(before + 1, timeout=60_000)
        self.idle()
        return self.answers.last
