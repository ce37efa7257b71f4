"""Bills beside estimates, by model and detail."""

from dataclasses import replace

import pytest

from components.chat.store import AttemptResult, StoredImage
from db.store import Store
from tests.unit.db.make import turn


def answer(store: Store, number: int, model: str, detail: str | None, figures: tuple) -> None:  # type: ignore[type-arg]
    estimated, billed, source = figures
    images = ()
    if detail:
        images = (
            StoredImage(None, "a", detail, None, None, None, None, None, url="https://x.test/a"),
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
    store.conversations.begin_turn("me", made)
    store.conversations.finish(
        "me", f"t{number}", AttemptResult("ok", "x", input_tokens=billed, usage_source=source)
    )


def test_sums_are_by_detail_and_of_reported_bills_only(store: Store) -> None:
    answer(store, 1, "gpt-4o", "high", (1000, 1100, "reported"))
    answer(store, 2, "gpt-4o", "high", (1000, 1000, "reported"))
    answer(store, 3, "gpt-4o", "low", (100, 100, "reported"))
    answer(store, 4, "gpt-4o", None, (10, 10, "reported"))
    answer(store, 5, "gpt-4o", "high", (1000, 9999, "estimated"))
    answer(store, 6, "gpt-5", "high", (500, 900, "reported"))
    found = {d.detail: d for d in store.answers.drift("me", "gpt-4o")}
    assert set(found) == {"high", "low", "text"}
    assert (found["high"].answers, found["high"].estimated, found["high"].billed) == (2, 2000, 2100)
    assert found["high"].share == pytest.approx(0.05)
    assert found["low"].share == 0
    assert [d.model for d in store.answers.drift("me", "gpt-5")] == ["gpt-5"]


def test_an_unknown_estimate_does_not_count(store: Store) -> None:
    answer(store, 1, "gpt-4o", "high", (None, 1100, "reported"))
    assert store.answers.drift("me", "gpt-4o") == []


def test_nobody_sees_anothers_bills(store: Store) -> None:
    answer(store, 1, "gpt-4o", "high", (1000, 1100, "reported"))
    assert store.answers.drift("you", "gpt-4o") == []
