"""Tests of promptfoo as a table: columns that begin with `__` say what is expected, the others are
variables."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from components.cases.formats.promptfoo_asserts import of_cell, split, to_cell
from components.cases.formats.values import written_text

_EXPECTED = re.compile(r"__expected([0-9]{0,4})")
_CONFIG = re.compile(r"__config:__expected([0-9]{0,4}):threshold")
_METADATA = re.compile(r"__metadata:(.+?)(\[\])?")


def test_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row as a test."""
    test: dict[str, Any] = {}
    asserts: dict[int, dict[str, Any]] = {}
    thresholds: dict[int, str] = {}
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        if not column.startswith("__"):
            values[column] = cell
        elif cell == "":
            continue
        elif found := _EXPECTED.fullmatch(column):
            asserts[int(found[1] or 1)] = of_cell(cell)
        elif found := _CONFIG.fullmatch(column):
            thresholds[int(found[1] or 1)] = cell
        elif found := _METADATA.fullmatch(column):
            held = split(cell) if found[2] else cell
            test.setdefault("metadata", {})[found[1]] = held
        elif column == "__description":
            test["description"] = cell
        elif column == "__threshold":
            test["threshold"] = _number(cell)
        elif column in ("__prefix", "__suffix"):
            test.setdefault("options", {})[column[2:]] = cell
    test["vars"] = values
    for number, made in sorted(asserts.items()):
        if number in thresholds:
            made["threshold"] = _number(thresholds[number])
        if cells.get("__metric"):
            made["metric"] = cells["__metric"]
        test.setdefault("assert", []).append(made)
    return test


def _number(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell


def cells_of(test: Mapping[str, Any]) -> dict[str, str]:
    """A test as a row."""
    cells = {name: written_text(value) for name, value in test.get("vars", {}).items()}
    asserts = test.get("assert", [])
    for number, made in enumerate(asserts, 1):
        cells["__expected" if len(asserts) == 1 else f"__expected{number}"] = to_cell(made)
    if test.get("description"):
        cells["__description"] = test["description"]
    for name, value in test.get("metadata", {}).items():
        if isinstance(value, list):
            texts = [re.sub(r"([\\,])", r"\\\1", written_text(each)) for each in value]
            cells[f"__metadata:{name}[]"] = ",".join(texts)
        else:
            cells[f"__metadata:{name}"] = written_text(value)
    return cells


def columns_of(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """All that any row has: variables first."""
    names = dict.fromkeys(name for row in rows for name in row)
    return sorted(names, key=lambda name: name.startswith("__"))
