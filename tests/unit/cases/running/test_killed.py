"""kill -9 in the middle of a run: what was answered is never asked again."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.cases.running.run_manager import CaseRuns
from components.cases.store.runs import verdict_of
from components.compare.spec import Column
from components.providers.endpoints import Endpoint
from components.runner.runner import Runner
from components.runner.types import STALE_AFTER
from db.store import open_store
from tests.support.loopback import answer
from tests.support.paths import ROOT
from tests.support.waiting import until
from tests.unit.cases.running.making import Answering, Asking, done, states


def written(folder: Path, count: int) -> Path:
    """A set of so many questions as a file."""
    rows = [
        {"id": f"c{n}", "input": f"Question c{n}", "expect": [{"grader": "exact", "value": "23"}]}
        for n in range(count)
    ]
    path = folder / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_after_kill_9_the_rest_is_asked_and_nothing_that_was_answered(
    database_url: str, server: Answering, tmp_path: Path
) -> None:
    server.say = lambda body: answer("23", pause=0.02, model=body["model"])
    argv = ["run", "--set", written(tmp_path, 30), "--model", "gpt-4o", "--model", "gpt-4.1"]
    env = {**os.environ, "DATABASE_URL": database_url, "OPENAI_BASE_URL": server.base_url}
    env.pop("OPENAI_API_KEY", None)
    command = [sys.executable, "-m", "components.cases", *argv, "--repeats", "3"]
    asked = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE)
    until(lambda: sum(each.answered.is_set() for each in server.asked()) >= 60, 60)
    asked.send_signal(signal.SIGKILL)
    asked.communicate(timeout=10)
    sent = len(server.asked())
    assert sent < 100
    # As another process finds it, once nobody can be at it any more.
    later = open_store(
        database_url, clock=lambda: datetime.now(UTC) + timedelta(seconds=STALE_AFTER + 1)
    )
    runner = Runner()
    runs = CaseRuns(runner, later.case_runs, later.conversations.image)
    asking = Asking(later, runner, runs, Endpoint("openai", base_url=server.base_url))
    (summary,) = later.case_runs.run_page("local")
    kept = sum(each.state == "ok" for each in asking.kept_of("local", summary.run.id).answers)
    assert sent - kept <= 4
    columns = [Column(asking.endpoint, each.model) for each in summary.run.settings]
    run = asking.runs.resume("local", summary.run.id, columns, asking.make)
    assert run
    assert states(done(run, 60).answers) == ["ok"] * 180
    assert len(server.asked()) == sent + 180 - kept <= 184
    answers = asking.kept(run).answers
    assert len(answers) == 180
    assert {verdict_of(each) for each in answers} == {"right"}
    asking.close()
    runner.close()
    later.close()
