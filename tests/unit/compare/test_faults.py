"""Every fault that the server plays, asked as cells of comparisons, ends as it does in a chat."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from components.compare.running.run import PATIENT
from components.compare.running.run_manager import Runs
from components.compare.spec import Column
from components.compare.store import Cell, state_of
from components.providers.base import Parameters
from components.providers.openai_compatible import OpenAICompatible
from components.runner.runner import Runner
from components.runner.types import AttemptResult
from db.store import open_store
from tests.support.loopback import Loopback
from tests.unit.chat.test_faults import KEY, LONGEST, ROWS, Row, endpoint
from tests.unit.compare.making import ended, planned

QUICK = replace(PATIENT, tries=3, first=0.05, longest=0.2)
PATIENCE = 2 * LONGEST  # seconds a whole answer may take, with all of them at once
ASKED = Parameters(max_tokens=50, temperature=0.2)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Cell]]:
    """All faults at once, each at an endpoint of its own, as the store has them afterwards."""
    folder: Path = tmp_path_factory.mktemp("compared")
    clients: dict[str, OpenAICompatible] = {}
    with Loopback() as server, closing(open_store(f"sqlite:///{folder / 'log.db'}")) as store:
        runner = Runner()
        runs = Runs(runner, store.comparisons, store.conversations.image, policy=QUICK)
        asked = {}
        for name in ROWS:
            where = endpoint(name, server)
            clients[name] = OpenAICompatible(where, total_seconds=PATIENCE)
            columns = (Column(where, f"fault-{name}"),)
            plan = planned(1, columns=columns, parameters=ASKED)
            asked[name] = runs.start("me", plan, lambda endpoint: clients[endpoint.name])
        kept = {}
        for name, run in asked.items():
            ended(run, 60)
            found = store.comparisons.comparison("me", run.id)
            assert found
            (kept[name],) = found.cells
        runner.close(clients.values())
        yield kept


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_ends_a_cell_as_it_ends_an_answer(walk: dict[str, Cell], name: str) -> None:
    expected: Row = ROWS[name]
    cell = walk[name]
    result = cell.result
    assert result
    assert cell.state == state_of(AttemptResult(expected.outcome, expected.text))
    assert (result.code, result.text, result.status) == (
        expected.code,
        expected.text,
        expected.status,
    )
    assert (result.attempts, result.finish_reason) == (expected.attempts, expected.finish)
    assert result.left_out == expected.left_out
    if expected.usage in ("reported", "implausible"):
        assert result.usage_source == expected.usage
    assert KEY not in repr(cell)
