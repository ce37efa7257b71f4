"""Samples of Inspect: JSONL, JSON and CSV.

Its scorers stand in code, not in the file: what is expected is read as `match()` does by default,
the target at the *end* of the answer; with choices the target is a letter. `setup`, `sandbox` and
`files` are kept and never run.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from components.cases.case import Case, CaseSet, Grader, Image, Message, Text
from components.cases.errors import CaseError
from components.cases.formats.chat_messages import group_of, messages
from components.cases.formats.losing import first_answer, tell_fields, tell_set
from components.cases.formats.pictures import Pictures, as_url
from components.cases.formats.result import Read, Written
from components.cases.formats.rows import companions, kept, original, unchanged
from components.cases.formats.source import Source, folder_of
from components.cases.formats.tables import Table, table_bytes, table_of
from components.cases.formats.values import (
    dumped,
    expect_list,
    expect_table,
    json_bytes,
    json_of,
    jsonl_bytes,
    lines_of,
    text_of,
)
from components.cases.loss import Tally

NAME = "inspect"
COLUMNS = ("input", "target", "id", "metadata")
_NEVER_RUN = ("setup", "sandbox", "files")
_KEEPS = ("choices", "metadata", "detail")


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    name = source.main or next(
        (n for n in source.names if n.endswith((".jsonl", ".json", ".csv"))), None
    )
    if name is None:
        raise CaseError("cases_empty", name=source.name)
    data = source.text_file(name)
    columns: tuple[str, ...] = ()
    kind = name.rpartition(".")[2].lower()
    if kind == "csv":
        table = table_of(data, name, ",")
        columns = table.columns
        rows: list[Any] = _of_table(table, name)
    elif kind == "json":
        rows = expect_list(json_of(text_of(data, name), name), name)
    else:
        rows = lines_of(text_of(data, name), name)
    pictures = Pictures(source, tally)
    found = []
    taken: set[str] = set()
    for n, row in enumerate(rows, 1):
        case = _case(row, pictures, folder_of(name), f"{name}:{n}")
        case = dataclasses.replace(case, id=_free(case.id or str(n), taken))
        for key in _NEVER_RUN:
            if row.get(key):
                tally.case("kept_key", kind=key)
        if row.get("target") and not row.get("choices"):
            tally.case("meaning_inspect")
        found.append(kept(case, NAME, pictures, row))
    extra = {"file": name, "columns": list(columns)}
    cases = CaseSet(source.name, tuple(found), images=pictures.found, extra={NAME: extra})
    return Read(cases, NAME, tally.lines())


def write(cases: CaseSet, kind: str | None = None) -> Written:
    """One file. kind: `jsonl`, `json` or `csv`; as it came, or JSONL, if None."""
    tally = Tally()
    tell_set(cases, (), tally, NAME)
    ours = cases.extra.get(NAME, {})
    came = str(ours.get("file", "samples.jsonl"))
    kind = kind or came.rpartition(".")[2].lower()
    rows = [_row(case, cases, tally) for case in cases.cases]
    name = came if came.endswith(f".{kind}") else f"samples.{kind}"
    beside = companions(cases, NAME, folder_of(came), tally)
    if kind != "csv":
        plain = [{key: value for key, value in row.items() if key} for row in rows]
        data = json_bytes(plain) if kind == "json" else jsonl_bytes(plain)
        return Written({name: data}, tally.lines(), beside)
    columns = tuple(ours.get("columns") or COLUMNS)
    cells = [_cells(row, columns, tally) for row in rows]
    data, guarded = table_bytes(columns, cells, ",")
    if guarded:
        tally.whole("formula", n=guarded)
    return Written({name: data}, tally.lines(), beside)


def _of_table(table: Table, name: str) -> list[Any]:
    """Cells are texts; `metadata` is JSON."""
    rows: list[Any] = []
    for n, cells in enumerate(table.rows, 2):
        row: dict[str, Any] = {key: cell for key, cell in cells.items() if cell or key == "input"}
        if "metadata" in row:
            row["metadata"] = json_of(row["metadata"], f"{name}:{n}: metadata")
        for key in ("input", "target", "choices"):
            if isinstance(row.get(key), str) and row[key].startswith(("[{", '["')):
                row[key] = json_of(row[key], f"{name}:{n}: {key}")
        if isinstance(row.get("choices"), str):
            row["choices"] = [each.strip() for each in row["choices"].split(",")]
        rows.append({**row, "": dict(cells)})
    return rows


def _case(row: Any, pictures: Pictures, base: str, place: str) -> Case:
    table = expect_table(row, place)
    asked = messages(table.get("input"), pictures, base, f"{place}: input")
    choices = tuple(str(each) for each in expect_list(table.get("choices") or [], place))
    metadata = table.get("metadata") or {}
    return Case(
        id=str(table["id"]) if table.get("id") not in (None, "") else "",
        input=asked,
        choices=choices,
        expect=_expect(table.get("target"), choices),
        group=group_of(asked),
        metadata=expect_table(metadata, f"{place}: metadata"),
    )


def _expect(target: Any, choices: tuple[str, ...]) -> tuple[Grader, ...]:
    targets = target if isinstance(target, list) else [] if target in (None, "") else [target]
    texts = [str(each) for each in targets]
    if not texts:
        return ()
    if choices:
        value: Any = texts[0] if len(texts) == 1 else texts
        return ({"grader": "choice", "value": value},)
    return ({"grader": "contains", "any": texts, "where": "end"},)


def _row(case: Case, cases: CaseSet, tally: Tally) -> dict[str, Any]:
    tell_fields(case, _KEEPS, tally, NAME)
    row = original(case, NAME, cases)

    def again(value: Any, pictures: Pictures) -> Case:
        return _case(value, pictures, "", "")

    if row is not None and unchanged(case, NAME, row, cases, again):
        written_id = str(row.get("id", case.id) or case.id)
        return dict(row) if written_id == case.id else {**row, "id": case.id}
    made: dict[str, Any] = {
        "input": _input(case, cases.images),
        "target": _target(case, cases, tally),
    }
    if row is None or "id" in row:
        made["id"] = case.id
    for key, value in (("choices", list(case.choices)), ("metadata", dict(case.metadata))):
        if value:
            made[key] = value
    without = {key: value for key, value in (row or {}).items() if key not in ("", "choices")}
    return {**without, **made}


def _input(case: Case, images: Mapping[str, bytes]) -> Any:
    rows = []
    for message in case.input:
        alone = message.content[0] if len(message.content) == 1 else None
        text = alone.text if isinstance(alone, Text) else None
        rows.append({"role": message.role, "content": text or _parts(message, images)})
    one = rows[0]["content"] if len(rows) == 1 and rows[0]["role"] == "user" else None
    return one if isinstance(one, str) else rows


def _parts(message: Message, images: Mapping[str, bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in message.content:
        if isinstance(part, Image):
            row = {"type": "image", "image": as_url(part, images)}
            found.append({**row, "detail": part.detail} if part.detail else row)
        else:
            found.append({"type": "text", "text": part.text})
    return found


def _target(case: Case, cases: CaseSet, tally: Tally) -> Any:
    """The first grader that a target can be; the others are told of."""
    target: Any = ""
    for grader, value in first_answer(case, cases, tally, NAME):
        target, which = value, str(grader["grader"])
        if not (which == "choice" or (which == "contains" and grader.get("where") == "end")):
            tally.case("meaning", grader=which, format=NAME, other="match()")
    return target


def _cells(row: Mapping[str, Any], columns: tuple[str, ...], tally: Tally) -> dict[str, str]:
    """An empty cell of `metadata` is no JSON and crashes Inspect: `{}` is written."""
    kept_cells = row.get("")
    if isinstance(kept_cells, Mapping):
        cells = {key: str(cell) for key, cell in kept_cells.items()}
        if cells.get("metadata") == "":
            tally.case("metadata_empty")
            cells["metadata"] = "{}"
        return cells
    if row.get("choices"):
        tally.case("choices_csv")
    cells = {}
    for column in columns:
        value = row.get(column, {} if column == "metadata" else "")
        cells[column] = value if isinstance(value, str) else dumped(value)
    return cells


def _free(wanted: str, taken: set[str]) -> str:
    """`wanted`, with a number where it is taken."""
    name, n = wanted, 1
    while name in taken:
        n += 1
        name = f"{wanted}-{n}"
    taken.add(name)
    return name
