"""What many sessions at once get: `python -m tests.bench.bench_sessions --n 1,10,50,100`.

N visits by websocket (sessions.py), each asking one question that an endpoint answers with 20
tokens a second (token_server.py), to the app and to the page that tutorials teach
(plain_stream_page.py). Server, clients and endpoint have a process each, and share the machine.
Prints, asserts nothing.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.bench.support.servers import loopback, plain_server
from tests.bench.support.token_server import COUNT, MODEL, RATE
from tests.e2e.browser.running import ROOT, RunningApp

SIDES = ("ours", "plain")
MB = 2**20
HEAD = """\
| N | over | who | first letter p50 / worst, s | tokens/s p50 / least | worst gap, s \
| whole text p50 / worst, s | errors | RSS, MB (a session) \
| CPU, ms/token | late: endpoint / clients, ms |
|--:|--:|---|---|---|--:|---|--:|---|--:|---|"""


@dataclass
class Measured:
    """One load. seen: of each session, see sessions.Seen; memory: bytes before any session and at
    most;
    cpu: seconds the server used while it answered; late: seconds."""

    seen: list[dict[str, Any]]
    memory: tuple[int, int]
    cpu: float
    late: tuple[float, float]


def measure(url: str, pid: int, endpoint: str, n: int, over: float) -> Measured:
    """n visits to the server at `url`, which is the process `pid`."""
    server = psutil.Process(pid)
    before = server.memory_info().rss
    _late(endpoint)
    command = [sys.executable, "-m", "tests.bench.support.sessions", "--url", url]
    command += ["--n", str(n), "--over", str(over)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as clients:
        assert clients.stdin is not None
        assert clients.stdout is not None
        clients.stdout.readline()
        with _most(lambda: server.memory_info().rss) as most:
            used = _cpu(server)
            clients.stdin.write("go\n")
            clients.stdin.flush()
            told = json.loads(clients.stdout.readline())
            used = _cpu(server) - used
    return Measured(told["seen"], (before, most[0]), used, (_late(endpoint), told["late"]))


def line(who: str, n: int, over: float, got: Measured) -> str:
    """A line of the table."""
    errors = [error for seen in got.seen for error in seen["errors"]]
    before, most = got.memory
    cells = [
        str(n),
        f"{over:g} s",
        who,
        _pair(got.seen, "first", max, 2),
        _pair(got.seen, "rate", min, 1),
        f"{max(seen['gap'] for seen in got.seen):.2f}",
        _pair(got.seen, "whole", max, 1),
        str(len(errors)),
        f"{most / MB:.0f} ({(most - before) / MB / n:.1f})",
        f"{got.cpu * 1000 / (n * COUNT):.2f}",
        " / ".join(f"{late * 1000:.0f}" for late in got.late),
    ]
    said = "".join(f"\n    {error}" for error in sorted(set(errors))[:5])
    return f"| {' | '.join(cells)} |{said}"


def _pair(
    seen: list[dict[str, Any]], key: str, worst: Callable[[list[float]], float], digits: int
) -> str:
    found = [each[key] for each in seen if each[key] is not None]
    if not found:
        return "never"
    return f"{statistics.median(found):.{digits}f} / {worst(found):.{digits}f}"


def _late(endpoint: str) -> float:
    """The endpoint's worst lateness since it was asked last, in seconds."""
    with urllib.request.urlopen(endpoint) as reply:
        return float(json.load(reply)["late"])


def _cpu(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


@contextlib.contextmanager
def _most(read: Callable[[], int]) -> Iterator[list[int]]:
    """The most that `read` gave while the block ran, in a list of one."""
    most, over = [read()], threading.Event()

    def watch() -> None:
        while not over.wait(0.25):
            most[0] = max(most[0], read())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()


@contextlib.contextmanager
def _server(who: str, folder: Path, endpoint: str) -> Iterator[tuple[str, int]]:
    """A fresh server; gives its address and its process id."""
    if who == "plain":
        with plain_server(folder, endpoint, "plain_stream_page.py") as told:
            yield told
    else:
        with RunningApp(folder, endpoint, models=(MODEL,)) as app:
            assert app.process is not None
            yield app.url, app.process.pid


def main(numbers: list[int], sides: list[str], overs: list[float]) -> None:
    print(f"{COUNT} tokens at {RATE} a second each, the first after {1000 / RATE:.0f} ms\n")
    print(HEAD, flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        loopback("tests.bench.support.token_server") as endpoint,
    ):
        for n in numbers:
            for over in overs if n == max(numbers) else overs[:1]:
                for who in sides:
                    at = Path(folder) / f"{who}-{n}-{over:g}"
                    with _server(who, at, endpoint.base_url) as (url, pid):
                        measure(url, pid, endpoint.base_url, 1, 0.0)  # imports, connections
                        time.sleep(1)
                        got = measure(url, pid, endpoint.base_url, n, over)
                        print(line(who, n, over, got), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", default="1,10,50,100", help="numbers of sessions")
    parser.add_argument("--who", default=",".join(SIDES), help="sides to measure")
    parser.add_argument("--over", default="0,1", help="seconds the questions of most N spread over")
    given = parser.parse_args()
    main(
        [int(n) for n in given.n.split(",")],
        given.who.split(","),
        [float(over) for over in given.over.split(",")],
    )
