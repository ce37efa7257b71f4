"""Runs of cases: `python -m tests.bench.bench_cases`.

A run of 200 answers at 4 at once beside the bare client's, where an answer takes 1 s and where it
takes 50 ms, through our runner with a store on disk, against one loopback endpoint in its own
process; they take turns. Then a report over 6,000 answers. Prints, asserts nothing.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from components.cases.case import Case, CaseSet, Image, Message, Text
from components.cases.plan import Target, Wish, plan
from components.cases.report import WRITERS
from components.cases.report.report import report_of
from components.cases.running.run_manager import CaseRuns
from components.cases.store.runs import StoredRun
from components.compare.spec import Column
from components.providers.base import Message as Asked
from components.providers.base import VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.registry import client_for
from components.runner.runner import Runner
from components.runner.types import AttemptResult
from db.store import open_store
from tests.bench.support.servers import loopback
from tests.unit.images.make import encoded, quadrants

ROUNDS = 3
ANSWERS = 200
AT_ONCE = 4
SLOW, FAST = "fake-tokens-20-48-40", "fake-tokens-5-8-10"  # 1 s, 50 ms
GOALS = {SLOW: 1.15, FAST: 2.0}


def cases(count: int, pictures: int) -> CaseSet:
    """Questions about pictures of 1 MP, in turn."""
    images = {f"images/{n}.png": encoded(quadrants(1000 + n, 1000), "PNG") for n in range(pictures)}
    found = tuple(
        Case(
            f"c{n}",
            (Message("user", (Image(f"images/{n % pictures}.png"), Text(f"What is {n}?"))),),
            expect=({"grader": "number", "value": "20"},),
        )
        for n in range(count)
    )
    return CaseSet("bench", found, images=images)


class Bench:
    """One runner, one store, one client."""

    def __init__(self, base_url: str, folder: Path) -> None:
        self.endpoint = Endpoint("loop", base_url=base_url)
        self.store = open_store(f"sqlite:///{folder / 'log.db'}")
        self.runner = Runner(per_endpoint=AT_ONCE)
        store = self.store
        self.runs = CaseRuns(self.runner, store.case_runs, store.conversations.image)
        self.client = client_for(self.endpoint)

    def run(self, asked: CaseSet, model: str) -> float:
        """Seconds from the start to the store's having all of it, graded."""
        target = Target(Column(self.endpoint, model))
        made = plan(Wish(asked, [target], fresh=True))
        start = time.perf_counter()
        run = self.runs.start("me", made, lambda _: self.client)
        version = -1
        while not run.done:
            version, _ = run.wait(version, 10)
        return time.perf_counter() - start

    def bare(self, model: str) -> float:
        """Seconds for as many requests (of text alone) by the client itself, as many at once."""

        async def all_of_them() -> None:
            places = asyncio.Semaphore(AT_ONCE)

            async def one() -> None:
                request = VisionRequest(model, (Asked("user", "What is this?"),))
                async with places:
                    async for _ in self.client.stream(request):
                        pass

            await asyncio.gather(*(one() for _ in range(ANSWERS)))

        start = time.perf_counter()
        self.runner.call(all_of_them, 300)
        return time.perf_counter() - start

    def close(self) -> None:
        self.runs.close()
        self.runner.close([self.client])
        self.store.close()


def runs(bench: Bench) -> None:
    asked = cases(ANSWERS, 20)
    for model, goal in GOALS.items():
        ours, bare = [], []
        for _ in range(1 if model == SLOW else ROUNDS):
            bare.append(bench.bare(model))
            ours.append(bench.run(asked, model))
        mine, its = statistics.median(ours), statistics.median(bare)
        print(
            f"{ANSWERS} answers of {model}, {AT_ONCE} at once: {mine:.2f} s; by the bare client "
            f"{its:.2f} s: x {mine / its:.2f} (goal {goal})"
        )


def answered(count: int) -> StoredRun:
    """A run of two models and three repeats, so many answers in all."""
    endpoint = Endpoint("loop", base_url="http://127.0.0.1:9/v1")
    targets = [Target(Column(endpoint, model)) for model in ("gpt-4o", "gpt-4.1")]
    made = plan(Wish(cases(count // 6, 20), targets, repeats=3))
    result = AttemptResult("ok", "20", cost=Decimal("0.001"), ms_total=1000, attempts=1)
    verdict = {"verdict": "right", "score": None, "code": "number", "data": {"read": "20"}}
    answers = tuple(
        replace(each, state="ok", result=result, graded=verdict) for each in made.answers
    )
    return StoredRun(made.run, made.snapshot, answers, running=False)


def report() -> None:
    stored = answered(6000)
    took: dict[str, Callable[[], object]] = {
        "results and comparison": lambda: report_of(stored),
        **{
            kind: lambda write=write: list(write(report_of(stored), "en", lambda digest: None))
            for kind, write in WRITERS.items()
        },
    }
    for name, work in took.items():
        start = time.perf_counter()
        work()
        print(f"6,000 answers, {name}: {time.perf_counter() - start:.2f} s (goal 2)")


def main() -> None:
    report()
    with tempfile.TemporaryDirectory() as folder, loopback() as endpoint:
        bench = Bench(endpoint.base_url, Path(folder))
        try:
            bench.run(cases(4, 2), FAST)  # imports and connections
            runs(bench)
        finally:
            bench.close()


if __name__ == "__main__":
    main()
