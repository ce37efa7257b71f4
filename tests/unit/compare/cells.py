"""Comparisons and cells by hand, for what is worked out from answers."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.chat.store import AttemptResult
from components.compare.store import (
    Cell,
    ComparedImage,
    ComparedModel,
    Comparison,
    State,
    StoredComparison,
)

PRICES = {"input": "2.50", "output": "10"}


def comparison(images: int = 2, models: tuple[str, ...] = ("gpt-4o",), **other: Any) -> Comparison:
    values: dict[str, Any] = {
        "id": "c" * 32,
        "created_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "title": "Which is sharper?",
        "mode": "each",
        "images": tuple(
            ComparedImage(letter, letter * 64, f"{letter}.png") for letter in "ABCDEFGHIJ"[:images]
        ),
        "questions": ("Which is sharper?",),
        "models": tuple(ComparedModel("loop", "127.0.0.1:1", model) for model in models),
    }
    return Comparison(**(values | other))


def cell(
    answer: str = "yes", letters: str = "A", state: State = "ok", column: int = 0, **other: Any
) -> Cell:
    names = ("question", "repeat", "prices", "estimated_input_tokens")
    own = {name: other.pop(name) for name in names if name in other}
    values: dict[str, Any] = {
        "input_tokens": 1000,
        "output_tokens": 10,
        "cost": Decimal("0.0026"),
        "ms_first": 200,
        "ms_total": 1000,
    }
    result = AttemptResult("ok" if state == "ok" else "failed", answer, **(values | other))
    place = "-".join((letters, str(column), *map(str, own.values())))
    return Cell(
        place,
        tuple(letters),
        own.pop("question", 0),
        column,
        state=state,
        result=result,
        **{"prices": PRICES, **own},
    )


def logged(asked: Comparison, *cells: Cell) -> StoredComparison:
    return StoredComparison(asked, cells, False)
