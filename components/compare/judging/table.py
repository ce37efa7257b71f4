"""Answers that are JSON or a number, as a table: per image a row, per model a column."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from components.compare.store import Cell, Comparison
from components.graders.numerals import number_alone
from components.markdown.json_answer import check_json

MAX_FIELDS = 30


@dataclass(frozen=True)
class AnswerRow:
    """letter: of the image, "" for all together. values: by column, one for each of the table's
    fields; "" where an answer has no such field, None where there is no such answer."""

    letter: str
    values: tuple[tuple[str, ...] | None, ...]


@dataclass(frozen=True)
class AnswerTable:
    """fields: the keys of JSON objects, in the order they first came; ("",) for whole values."""

    kind: Literal["json", "number"]
    fields: tuple[str, ...]
    rows: tuple[AnswerRow, ...]


def answer_table(
    comparison: Comparison, cells: Sequence[Cell], question: int, repeat: int = 1
) -> AnswerTable | None:
    """The answers to a question; None unless all that came are JSON, or all are numbers."""
    answered = {
        (_letter(comparison, cell), cell.column): cell.answer
        for cell in cells
        if cell.question == question and cell.repeat == repeat and cell.state == "ok"
    }
    letters = dict.fromkeys(
        [""] if comparison.mode == "together" else [image.letter for image in comparison.images]
    )
    for kind, reader in _READERS.items():
        values = {place: reader(text) for place, text in answered.items()}
        if not values or any(value is None for value in values.values()):
            continue
        found = {place: value for place, value in values.items() if value is not None}
        fields = tuple(dict.fromkeys(name for value in found.values() for name in value))
        fields = fields[:MAX_FIELDS]
        rows = [
            AnswerRow(
                letter, tuple(_cells(found.get((letter, n)), fields) for n in _columns(comparison))
            )
            for letter in letters
        ]
        return AnswerTable(kind, fields, tuple(rows))
    return None


def _letter(comparison: Comparison, cell: Cell) -> str:
    return "" if comparison.mode == "together" else cell.letters[0]


def _columns(comparison: Comparison) -> range:
    return range(len(comparison.models))


def _cells(value: dict[str, str] | None, fields: Sequence[str]) -> tuple[str, ...] | None:
    return None if value is None else tuple(value.get(name, "") for name in fields)


def _number(answer: str) -> dict[str, str] | None:
    found = number_alone(answer)
    return None if found is None else {"": f"{found:f}"}


def _json(answer: str) -> dict[str, str] | None:
    checked = check_json(answer)
    if not checked.ok:
        return None
    if isinstance(checked.value, dict):
        return {name: _said(each) for name, each in checked.value.items()}
    return {"": _said(checked.value)}


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_READERS: dict[Literal["json", "number"], Callable[[str], dict[str, str] | None]] = {
    "number": _number,
    "json": _json,
}
