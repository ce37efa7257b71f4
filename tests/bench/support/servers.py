"""What bench_chat.py measures against: the loopback endpoint and a plain page, each in a process of
its own, and a store with a long conversation in it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from components.chat.store import AttemptResult
from db.store import open_store
from tests.bench.support.inputs import ANSWER, QUESTION
from tests.bench.support.stopwatch import Endpoint
from tests.e2e.browser.running import KEY, ROOT, free_port
from tests.support.waiting import serves, until
from tests.unit.db.make import turn

RENDERS = 199
LONG = "0" * 32  # the conversation of TURNS turns


def fill_store(folder: Path, model: str) -> None:
    """A conversation of TURNS turns in the app's store, before it starts."""
    folder.mkdir(parents=True)
    store = open_store(f"sqlite:///{folder / 'tuwen.db'}")
    for n in range(RENDERS):
        asked = turn(
            str(n),
            conversation_id=LONG,
            text=QUESTION.format(n),
            images=[],
            contents=[],
            endpoint="loop",
            model=model,
            parameters={},
        )
        store.conversations.begin_turn("local", asked)
        store.conversations.finish(
            "local", asked.attempt_id, AttemptResult("ok", ANSWER, finish_reason="stop")
        )
    store.close()


@contextlib.contextmanager
def loopback(module: str = "tests.support.loopback", *options: str) -> Iterator[Endpoint]:
    """An endpoint in a process of its own: `module` prints its address."""
    command = [sys.executable, "-m", module, "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Endpoint(process.stdout.readline().strip().partition("=")[2])
        finally:
            process.terminate()


@contextlib.contextmanager
def plain_page(folder: Path, base_url: str) -> Iterator[str]:
    """The plain page of bench_chat; gives its address."""
    with plain_server(folder, base_url, "plain_page.py") as (url, _):
        yield url


@contextlib.contextmanager
def plain_server(folder: Path, base_url: str, page: str) -> Iterator[tuple[str, int]]:
    """A plain page in a process of its own, with Streamlit's own defaults, from `folder`; gives
    its address and its process id."""
    folder.mkdir(parents=True)
    env = {
        **os.environ,
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": KEY,
        "PYTHONPATH": str(ROOT),
    }
    port = free_port()
    options = ["--server.port", str(port), "--server.headless", "true"]
    options += ["--browser.gatherUsageStats", "false"]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "tests" / "bench" / "support" / page),
        *options,
    ]
    with (folder / "server.log").open("wb") as store:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=store, stderr=store)
    try:
        until(lambda: serves(f"http://127.0.0.1:{port}/_stcore/health"), 60)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(15)
