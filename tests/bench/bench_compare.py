"""Models side by side: `python -m tests.bench.bench_compare`.

Columns of different speed, each alone and all at once, through our runner with a store on disk,
against one loopback endpoint in its own process; they take turns in one run, medians. Then a
matrix of 200 cells: how long it takes beside the same requests by the bare client, and what a
page pays for each look at it. Prints, asserts nothing.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from components.chat.draft import take_in
from components.compare.errors import MAX_CELLS
from components.compare.plan import plan
from components.compare.running.run import ComparisonRun
from components.compare.running.run_manager import Runs
from components.compare.spec import Column, Spec, lettered
from components.providers.base import Message, VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.registry import client_for
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.runner import Runner
from db.store import open_store
from tests.bench.support.servers import loopback
from tests.unit.images.make import encoded, quadrants

ROUNDS = 3
COLUMNS = (
    "fake-tokens-300-5-200",
    "fake-tokens-250-5-200",
    "fake-tokens-200-5-200",
    "fake-tokens-100-10-200",
)
CELL = "fake-tokens-20-5-20"
PER_ENDPOINT = 8


class Bench:
    """One runner, one store, one client."""

    def __init__(self, base_url: str, folder: Path) -> None:
        self.endpoint = Endpoint("loop", base_url=base_url)
        self.store = open_store(f"sqlite:///{folder / 'log.db'}")
        self.runner = Runner()
        self.runs = Runs(
            self.runner,
            self.store.comparisons,
            self.store.conversations.image,
            limiters=EndpointLimiters(PER_ENDPOINT),
        )
        self.client = client_for(self.endpoint)

    def run(self, models: tuple[str, ...], images: int, mode: str) -> tuple[float, ComparisonRun]:
        """Seconds from the start to the store's having all of it."""
        drafts = [
            take_in(encoded(quadrants(200 + n, 150), "PNG"), f"{n}.png") for n in range(images)
        ]
        columns = tuple(Column(self.endpoint, model) for model in models)
        spec = Spec(mode, lettered(drafts), ("What is this?",), columns)  # type: ignore[arg-type]
        planned = plan(spec)
        start = time.perf_counter()
        run = self.runs.start("me", planned, lambda _: self.client)
        version = -1
        while not run.done:
            version, _ = run.wait(version, 10)
        return time.perf_counter() - start, run

    def bare(self, cells: int) -> float:
        """Seconds for as many requests (of text alone) by the client itself, as many at once."""

        async def all_of_them() -> None:
            places = asyncio.Semaphore(PER_ENDPOINT)

            async def one() -> None:
                request = VisionRequest(CELL, (Message("user", "What is this?"),))
                async with places:
                    async for _ in self.client.stream(request):
                        pass

            await asyncio.gather(*(one() for _ in range(cells)))

        start = time.perf_counter()
        self.runner.call(all_of_them, 120)
        return time.perf_counter() - start

    def close(self) -> None:
        self.runs.close()
        self.runner.close([self.client])
        self.store.close()


def columns(bench: Bench) -> None:
    alone: dict[str, list[float]] = {model: [] for model in COLUMNS}
    together = []
    for _ in range(ROUNDS):
        for model in COLUMNS:
            alone[model].append(bench.run((model,), 2, "together")[0])
        together.append(bench.run(COLUMNS, 2, "together")[0])
    slowest = max(statistics.median(times) for times in alone.values())
    all_at_once = statistics.median(together)
    print(
        f"{len(COLUMNS)} columns at once {all_at_once:.2f} s, the slowest alone {slowest:.2f} s: "
        f"x {all_at_once / slowest:.2f} (goal 1.20)"
    )


def matrix(bench: Bench) -> None:
    ours = statistics.median(bench.run((CELL,) * 4, 50, "each")[0] for _ in range(ROUNDS))
    bare = statistics.median(bench.bare(200) for _ in range(ROUNDS))
    print(f"200 cells, {PER_ENDPOINT} at once: {ours:.2f} s; by the bare client {bare:.2f} s")
    _, run = bench.run((CELL,) * 4, 50, "each")
    took = []
    for _ in range(200):
        start = time.perf_counter()
        run.wait(-1, 0)
        took.append(time.perf_counter() - start)
    print(f"a look at 200 cells: {1000 * statistics.median(took):.2f} ms (of at most {MAX_CELLS})")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, loopback() as endpoint:
        bench = Bench(endpoint.base_url, Path(folder))
        try:
            bench.run((CELL,), 2, "each")  # imports and connections
            columns(bench)
            matrix(bench)
        finally:
            bench.close()


if __name__ == "__main__":
    main()
