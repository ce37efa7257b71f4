"""Many at once, from threads and from processes: not one cent slips past."""

import subprocess
import sys

from db.store import open_store
from tests.support.paths import ROOT
from tests.unit.spending.racing import race


def test_threads_together_are_let_through_exactly_as_often_as_there_is_money(
    database_url: str,
) -> None:
    assert race(database_url, "me", rounds=20) == 50


def test_two_processes_together_are_let_through_exactly_as_often_as_there_is_money(
    database_url: str,
) -> None:
    url = database_url
    open_store(url).close()
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.unit.spending.racing", url, name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    through = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert sum(through) == 50
