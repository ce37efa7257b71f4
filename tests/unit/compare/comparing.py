"""Start comparisons the way the page does."""

from dataclasses import dataclass, field
from typing import Any

from components.compare.running.run import ComparisonRun
from components.compare.running.run_manager import Runs
from components.compare.spec import Column
from components.compare.store import Cell
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.providers.registry import client_for
from components.runner.runner import Runner
from db.store import Store
from tests.unit.compare.making import planned


@dataclass
class ImageAnalyzer:
    """A runner with what it needs; clients are made once, on the runner's loop."""

    store: Store
    runner: Runner
    runs: Runs
    endpoint: Endpoint
    clients: dict[str, VisionClient] = field(default_factory=dict)

    def make(self, endpoint: Endpoint) -> VisionClient:
        if endpoint.name not in self.clients:
            self.clients[endpoint.name] = client_for(endpoint)
        return self.clients[endpoint.name]

    def start(
        self, *models: str, owner: str = "me", images: int = 2, **other: Any
    ) -> ComparisonRun:
        plan = planned(images, models, endpoint=self.endpoint, **other)
        return self.runs.start(owner, plan, self.make)

    def columns(self, *models: str) -> list[Column]:
        return [Column(self.endpoint, model) for model in models]

    def kept(self, run: ComparisonRun) -> tuple[Cell, ...]:
        found = self.store.comparisons.comparison(run.owner, run.id)
        assert found
        return found.cells

    def close(self) -> None:
        self.runs.close()

        async def end() -> None:
            for client in self.clients.values():
                await client.close()

        self.runner.call(end, 5)
