"""Wishes and runs for the tests of comparisons."""

import time
from collections.abc import Callable
from typing import Any

from components.chat.draft import DraftImage, take_in
from components.compare.plan import Plan, plan
from components.compare.running.run import ComparisonRun, Snapshot
from components.compare.spec import Column, Spec, lettered
from components.compare.store import Cell
from components.providers.endpoints import Endpoint
from tests.unit.chat.pictures import picture

NOWHERE = Endpoint("nowhere", base_url="http://127.0.0.1:9/v1")


def draft(name: str = "a.png", width: int = 64, height: int = 48) -> DraftImage:
    """A picture whose bytes depend on its size."""
    return take_in(picture(width, height), name)


def drafts(count: int) -> list[DraftImage]:
    """Pictures of different bytes, called 1.png and so on."""
    return [draft(f"{n}.png", 60 + n) for n in range(1, count + 1)]


def spec(images: int = 2, models: tuple[str, ...] = ("gpt-4o",), **other: Any) -> Spec:
    endpoint = other.pop("endpoint", NOWHERE)
    values: dict[str, Any] = {
        "mode": "each",
        "pictures": lettered(drafts(images)),
        "questions": ("What is this?",),
        "columns": tuple(Column(endpoint, model) for model in models),
    }
    return Spec(**(values | other))


def planned(*arguments: Any, **other: Any) -> Plan:
    return plan(spec(*arguments, **other))


def watched(run: ComparisonRun, what: Callable[[Snapshot], bool], seconds: float = 20) -> Snapshot:
    """Watch a run until `what` holds of it."""
    deadline, version = time.monotonic() + seconds, -1
    while time.monotonic() < deadline:
        version, now = run.wait(version, 0.1)
        if what(now):
            return now
    raise AssertionError(f"it has not come to that: {[c.state for c in now.cells]}")


def ended(run: ComparisonRun, seconds: float = 20) -> Snapshot:
    return watched(run, lambda now: now.done, seconds)


def states(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.state for cell in cells]
