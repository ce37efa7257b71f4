"""Bills beside estimates, by model and detail."""

from dataclasses import replace

import pytest

from components.chat.log import AttemptResult, LoggedImage
from db.log import SqlLog
from tests.db.make import turn


def answer(log: SqlLog, number: int, model: str, detail: str | None, figures: tuple) -> None:  # type: ignore[type-arg]
    estimated, billed, source = figures
    images = ()
    if detail:
        images = (
            LoggedImage(None, "a", detail, None, None, None, None, None, url="https://x.test/a"),
        )
    made = replace(
        turn(),
        conversation_id=f"c{number}",
        user_message_id=f"u{number}",
        answer_message_id=f"a{number}",
        attempt_id=f"t{number}",
        model=model,
        images=images,
        contents=(),
        estimated_input_tokens=estimated,
    )
    log.begin_turn("me", made)
    log.finish(
        "me", f"t{number}", AttemptResult("ok", "x", input_tokens=billed, usage_source=source)
    )


def test_sums_are_by_detail_and_of_reported_bills_only(log: SqlLog) -> None:
    answer(log, 1, "gpt-4o", "high", (1000, 1100, "reported"))
    answer(log, 2, "gpt-4o", "high", (1000, 1000, "reported"))
    answer(log, 3, "gpt-4o", "low", (100, 100, "reported"))
    answer(log, 4, "gpt-4o", None, (10, 10, "reported"))
    answer(log, 5, "gpt-4o", "high", (1000, 9999, "estimated"))
    answer(log, 6, "gpt-5", "high", (500, 900, "reported"))
    found = {d.detail: d for d in log.drift("me", "gpt-4o")}
    assert set(found) == {"high", "low", "text"}
    assert (found["high"].answers, found["high"].estimated, found["high"].billed) == (2, 2000, 2100)
    assert found["high"].share == pytest.approx(0.05)
    assert found["low"].share == 0
    assert [d.model for d in log.drift("me", "gpt-5")] == ["gpt-5"]


def test_an_unknown_estimate_does_not_count(log: SqlLog) -> None:
    answer(log, 1, "gpt-4o", "high", (None, 1100, "reported"))
    assert log.drift("me", "gpt-4o") == []


def test_nobody_sees_anothers_bills(log: SqlLog) -> None:
    answer(log, 1, "gpt-4o", "high", (1000, 1100, "reported"))
    assert log.drift("you", "gpt-4o") == []
