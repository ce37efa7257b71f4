"""Whether one person's 48 MP photos stall another's stream: `python -m tests.bench.bench_stall`.

A stream of 300 tokens at 5 ms runs through our runner and store, and the gaps between what a page
would
be woken with are noted: alone, beside eight 48 MP photos that are taken in and prepared on our
bounded pool, and beside the same work in threads without a bound. Rounds take turns; on a noisy
machine only the ratios mean anything. Prints, asserts nothing.
"""

import argparse
import itertools
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from components.chat.running.answers import Answers
from components.chat.store import new_id
from components.chat.turn import Question, ask
from components.images import make_thumbnail, prepare_image
from components.images.pool import ImagePool
from components.providers.base import Parameters
from components.providers.endpoints import endpoints_from
from components.providers.registry import client_for
from components.runner.runner import Runner
from db.store import open_store
from tests.bench.support.pictures import photograph
from tests.bench.support.servers import loopback

PHOTOS = 8
MODEL, STREAM = "gpt-4o", "fake-tokens-300-5"


@dataclass
class Gaps:
    """Milliseconds between two wake-ups; whole: of the stream, first to last."""

    all: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)

    def add(self, times: list[float]) -> None:
        gaps = [(b - a) * 1000 for a, b in itertools.pairwise(times)]
        self.all += gaps
        self.worst.append(max(gaps))
        self.whole.append((times[-1] - times[0]) * 1000)

    @property
    def p99(self) -> float:
        return sorted(self.all)[int(len(self.all) * 0.99)]


def photo() -> bytes:
    out = BytesIO()
    photograph(4032, 3024).resize((8064, 6048), Image.Resampling.BICUBIC).save(
        out, "JPEG", quality=88
    )
    return out.getvalue()


def variants(content: bytes) -> list[bytes]:
    """The same photo in different bytes, so that no cache helps."""
    return [content + bytes([n]) for n in range(PHOTOS)]


def pooled(photos: list[bytes]) -> Callable[[], None]:
    """Start preparing; what is returned waits for the end."""
    pool = ImagePool()

    def one(content: bytes) -> None:
        pool.thumbnail(content, "photo")
        pool.prepare(content, "photo", model=MODEL)

    work: list[Future[None]] = [pool.run(one, content) for content in photos]

    def end() -> None:
        for future in work:
            future.cancel()
        wait(work)
        pool.close()

    return end


def unbounded(photos: list[bytes]) -> Callable[[], None]:
    """A thread for each photo."""

    def one(content: bytes) -> None:
        make_thumbnail(content, "photo")
        prepare_image(content, "photo", model=MODEL)

    threads = [threading.Thread(target=one, args=(content,)) for content in photos]
    for thread in threads:
        thread.start()

    def end() -> None:
        for thread in threads:
            thread.join()

    return end


def measure(rounds: int) -> dict[str, Gaps]:
    photos = variants(photo())
    beside: dict[str, Callable[[], Callable[[], None]]] = {
        "alone": lambda: lambda: None,
        "beside the pool": lambda: pooled(photos),
        "beside a thread each": lambda: unbounded(photos),
    }
    found = {name: Gaps() for name in beside}
    with loopback() as endpoint, tempfile.TemporaryDirectory() as folder:
        table = {"base_url": endpoint.base_url, "api_key": "sk-bench", "models": [STREAM]}
        target = endpoints_from({}, {"endpoints": {"loop": table}})[0][0]
        store = open_store(f"sqlite:///{Path(folder) / 'log.db'}")
        answers, client = Answers(Runner(), store.conversations), client_for(target)

        def stream() -> list[float]:
            question = Question("Go", (), target, STREAM, Parameters(), "en")
            job = ask(
                answers, store.conversations, "local", question, lambda: client, new_id(), None
            )
            version, done, times = -1, False, []
            while not done:
                version, text, done = job.wait(version, 30.0)
                if text:
                    times.append(time.perf_counter())
            return times

        stream()  # imports and first connections
        for _ in range(rounds):
            for name, start in beside.items():
                end = start()
                found[name].add(stream())
                end()
        answers.runner.close([client])
        store.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    found = measure(parser.parse_args().rounds)
    alone = found["alone"]
    print(f"a stream of 300 tokens beside {PHOTOS} photos of 48 MP; ms, in brackets times alone")
    for name, gaps in found.items():
        figures = {
            "median gap": (statistics.median(gaps.all), statistics.median(alone.all)),
            "99 %": (gaps.p99, alone.p99),
            "worst": (statistics.median(gaps.worst), statistics.median(alone.worst)),
            "whole": (statistics.median(gaps.whole), statistics.median(alone.whole)),
        }
        told = ", ".join(f"{k} {v:.0f} ({v / base:.1f})" for k, (v, base) in figures.items())
        print(f"{name:22} {told}")


if __name__ == "__main__":
    main()
