"""The two addresses for a load balancer: what they say, and how often they look."""

import asyncio
import json
import threading
from pathlib import Path

import pytest

from components import services
from components.errors import StoreError
from components.services.readiness import HANGS, STOPPING, Readiness
from tests.pages.chat.asking_routes import get


class Check:
    """A look-up that counts its calls, waits for `go`, and finds `wrong`."""

    def __init__(self) -> None:
        self.calls, self.at_once, self.most = 0, 0, 0
        self.go = threading.Event()
        self.go.set()
        self.wrong: Exception | None = None

    def __call__(self) -> None:
        self.calls += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.go.wait(20)
        self.at_once -= 1
        if self.wrong:
            raise self.wrong


@pytest.fixture
def check() -> Check:
    return Check()


async def many(readiness: Readiness, count: int = 30) -> set[str | None]:
    return set(await asyncio.gather(*(readiness.why() for _ in range(count))))


def test_many_who_ask_at_once_are_told_from_one_look(check: Check) -> None:
    readiness = Readiness(check, keep=60.0)
    assert asyncio.run(many(readiness)) == {None}
    assert asyncio.run(many(readiness)) == {None}
    assert check.calls == 1


def test_it_is_looked_at_again_once_the_time_is_over(check: Check) -> None:
    readiness = Readiness(check, keep=0.0)
    assert asyncio.run(readiness.why()) is None
    check.wrong = StoreError("store_full", path="/secret/place")
    assert asyncio.run(readiness.why()) == "store_full"
    check.wrong = None
    assert asyncio.run(readiness.why()) is None


def test_a_look_that_hangs_is_answered_and_not_repeated(check: Check) -> None:
    check.go.clear()
    readiness = Readiness(check, limit=0.05, keep=0.0)
    for _ in range(3):
        assert asyncio.run(many(readiness)) == {HANGS}
    assert (check.calls, check.most) == (1, 1)
    check.go.set()
    patient = Readiness(check, limit=20.0)
    assert asyncio.run(patient.why()) is None


def test_a_look_that_fails_unexpectedly_is_not_ready_and_says_nothing_of_it(
    check: Check, caplog: pytest.LogCaptureFixture
) -> None:
    check.wrong = RuntimeError("postgresql://me:canary@db.example")
    assert asyncio.run(Readiness(check).why()) == "store_unwritable"
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_a_process_that_goes_down_is_not_ready_without_a_look(check: Check) -> None:
    readiness = Readiness(check)
    readiness.stop()
    assert asyncio.run(readiness.why()) == STOPPING
    assert check.calls == 0


def test_both_addresses_answer_and_are_never_kept() -> None:
    for path in ("/healthz", "/readyz"):
        answer = get(path)
        assert (answer.status, answer.body) == (200, b"ok")
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


def test_a_store_that_is_away_is_a_503_of_one_line_that_names_no_place(tmp_path: Path) -> None:
    services.app().store()
    assert get("/readyz").status == 200
    (tmp_path / "log.db").rename(tmp_path / "away.db")
    services.app().readiness.forget()  # what was found a moment ago still holds
    answer = get("/readyz")
    assert answer.status == 503
    assert answer.text.count("\n") == 1
    assert json.loads(answer.text) == {"ready": False, "why": "store_unwritable"}
    assert answer.headers["cache-control"] == "no-store"
    assert get("/healthz").status == 200


def test_a_store_that_cannot_be_opened_is_not_ready_until_it_can(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_text("no database")
    assert json.loads(get("/readyz").text)["why"] == "store_not_ours"
    (tmp_path / "log.db").unlink()
    services.app().readiness.forget()
    assert get("/readyz").status == 200
