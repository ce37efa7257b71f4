"""TSV of VLMEvalKit: `index, image, question, hint, A, B, ..., answer, category, ...`.

An image is base64, the index of another row whose image it is, or a list of those. Circular copies
of a question have `index = g + k * 10**6`, and become one case. Its own loader evaluates cells as
Python: here a list is read only if it is one of plain texts.
"""

import ast
import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from components.cases.case import Case, CaseSet, Grader, Image, Message, Part, Text
from components.cases.errors import CaseError
from components.cases.formats.chat_messages import group_of
from components.cases.formats.losing import first_answer, tell_fields, tell_set
from components.cases.formats.pictures import Pictures, encoded, unstowed
from components.cases.formats.result import Read, Written
from components.cases.formats.rows import companions, kept, original, unchanged
from components.cases.formats.source import Source, folder_of
from components.cases.formats.tables import table_bytes, table_of
from components.cases.loss import Tally

NAME = "vlmevalkit"
_COPY = 10**6
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_A_REFERENCE = 64  # characters; a longer cell is an image itself
_ONE = (
    r"(?:'[^'\\]*(?:\\.[^'\\]*)*'"
    r'|"[^"\\]*(?:\\.[^"\\]*)*"'
    r"|-?[0-9]{1,15})"
)
_LIST = re.compile(rf"\[\s*(?:{_ONE}(?:\s*,\s*{_ONE})*\s*,?\s*)?\]", re.DOTALL)
_KEEPS = ("choices", "tags", "metadata", "group")
_METADATA = ("l2-category", "split")
_OURS = ("index", "image", "image_path", "question", "hint", "answer", "category")

Row = Mapping[str, str]


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    name = source.main or next((n for n in source.names if n.endswith(".tsv")), None)
    if name is None:
        raise CaseError("cases_empty", name=source.name)
    table = table_of(source.text_file(name), name, "\t")
    if "question" not in table.columns:
        raise CaseError("cases_invalid", place=f"{name}:1")
    by_index = {row.get("index", ""): row for row in table.rows}
    pictures = Pictures(source, tally)
    cases = []
    taken: set[str] = set()
    for rows in _grouped(table.rows):
        case = _case(rows, by_index, pictures, folder_of(name), tally)
        number = 1
        while case.id in taken:
            number += 1
            case = dataclasses.replace(case, id=f"{rows[0].get('index', '')}-{number}")
        taken.add(case.id)
        cases.append(_kept(case, rows, by_index, pictures))
    order = [row.get("index", "") for row in table.rows]
    extra = {"file": name, "columns": list(table.columns), "order": order}
    found = CaseSet(source.name, tuple(cases), images=pictures.found, extra={NAME: extra})
    return Read(found, NAME, tally.lines())


def write(cases: CaseSet) -> Written:
    """One TSV; rows in the order in which they came."""
    tally = Tally()
    tell_set(cases, (), tally, NAME)
    ours = cases.extra.get(NAME, {})
    rows: list[dict[str, str]] = []
    numbers = _numbers(cases)
    for case in cases.cases:
        tell_fields(case, _KEEPS, tally, NAME)
        rows += _rows(case, cases, numbers[case.id], tally)
    place = {index: n for n, index in enumerate(ours.get("order", []))}
    rows.sort(key=lambda row: place.get(row.get("index", ""), len(place)))
    columns = list(ours.get("columns") or _columns(rows))
    columns += [name for name in _columns(rows) if name not in columns]
    name = ours.get("file", "cases.tsv")
    beside = companions(cases, NAME, folder_of(name), tally)
    data, guarded = table_bytes(columns, rows, "\t")
    if guarded:
        tally.whole("formula", n=guarded)
    return Written({name: data}, tally.lines(), beside)


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Circular copies together, at the place of the first; others alone."""
    found: dict[str, list[Row]] = {}
    for n, row in enumerate(rows):
        index = row.get("index", "")
        number = int(index) if re.fullmatch(r"[0-9]{1,12}", index) else None
        key = f"row {n}" if number is None else str(number % _COPY)
        found.setdefault(key, []).append(row)
    groups: list[list[Row]] = []
    for together in found.values():
        if len(together) > 1 and not _circular(together):
            groups += [[row] for row in together]
        else:
            groups.append(together)
    return groups


def _circular(rows: list[Row]) -> bool:
    """Whether they ask the same with the same choices in turn, and the answer goes along."""
    first, *others = rows
    choices = _choices(first)
    right = _of_letter(first, choices)
    if right is None:
        return False
    for row in others:
        mine = _choices(row)
        turned = [mine[k:] + mine[:k] for k in range(len(mine))]
        same = row.get("question") == first.get("question")
        if not same or choices not in turned or _of_letter(row, mine) != right:
            return False
    return True


def _choices(row: Row) -> tuple[str, ...]:
    found: list[str] = []
    for letter in _LETTERS:
        if row.get(letter, "") == "":
            break
        found.append(row[letter])
    return tuple(found)


def _of_letter(row: Row, choices: tuple[str, ...]) -> str | None:
    answer = row.get("answer", "").strip()
    place = _LETTERS.find(answer) if len(answer) == 1 else -1
    return choices[place] if 0 <= place < len(choices) else None


def _case(
    rows: Sequence[Row],
    by_index: Mapping[str, Row],
    pictures: Pictures,
    base: str,
    tally: Tally,
) -> Case:
    row = rows[0]
    parts: list[Part] = list(_images(row, by_index, pictures, base))
    hint, question = row.get("hint", ""), row.get("question", "")
    parts.append(Text(f"{hint}\n{question}" if hint else question))
    asked = (Message("user", tuple(parts)),)
    choices = _choices(row)
    metadata = {name: row[name] for name in _METADATA if row.get(name)}
    own = {name for name in row if name in _LETTERS}
    more = {k: v for k, v in row.items() if v and k not in (*_OURS, *_METADATA) and k not in own}
    return Case(
        id=row.get("index", "") or "row",
        input=asked,
        choices=choices,
        expect=_expect(row, choices, len(rows) > 1, tally),
        group=group_of(asked),
        tags=(row["category"],) if row.get("category") else (),
        metadata={**metadata, **more},
    )


def _images(row: Row, by_index: Mapping[str, Row], pictures: Pictures, base: str) -> list[Image]:
    cell = row.get("image", "")
    for _ in range(8):  # a reference to a reference, but not for ever
        if not cell or len(cell) > _A_REFERENCE or cell not in by_index:
            break
        cell = by_index[cell].get("image", "")
    written = _listed(cell) if cell else _listed(row.get("image_path", ""))
    found: list[Image] = []
    for each in written:
        other = by_index.get(each) if len(each) <= _A_REFERENCE else None
        found.append(pictures.image(other.get("image", "") if other else each, base))
    return found


def _listed(cell: str) -> list[str]:
    """The texts of a list as Python writes it, else the cell itself. Nothing else is evaluated."""
    if not cell:
        return []
    if cell.startswith("[") and _LIST.fullmatch(cell):
        try:
            return [str(each) for each in ast.literal_eval(cell)]
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [cell]
    return [cell]


def _expect(row: Row, choices: tuple[str, ...], circular: bool, tally: Tally) -> tuple[Grader, ...]:
    answer = row.get("answer", "")
    if not answer:
        return ()
    if _of_letter(row, choices) is not None:
        value = answer.strip()
        return ({"grader": "choice", "value": value, **({"circular": True} if circular else {})},)
    tally.case("meaning_vlm")
    return ({"grader": "one_of", "values": _listed(answer)},)


def _kept(case: Case, rows: Sequence[Row], by_index: Mapping[str, Row], pictures: Pictures) -> Case:
    """With its rows; those that they refer to only where they aren't its own."""
    mine = {row.get("index", "") for row in rows}
    other: dict[str, str] = {}
    waiting = [each for row in rows for each in _listed(row.get("image", ""))]
    while waiting:
        index = waiting.pop()
        if len(index) <= _A_REFERENCE and index in by_index and index not in {*mine, *other}:
            other[index] = by_index[index].get("image", "")
            waiting += _listed(other[index])
    stowed = [_stowed(dict(row), pictures) for row in rows]
    value = [row for row, _ in stowed]
    lists = {str(n): names for n, (_, names) in enumerate(stowed) if names}
    more: dict[str, Any] = {"lists": lists} if lists else {}
    if other:
        more["others"] = pictures.stowed(other)
    return kept(case, NAME, pictures, value, **more)


def _stowed(row: dict[str, str], pictures: Pictures) -> tuple[dict[str, str], list[str]]:
    """A row whose image is a list of images: their names stand for them."""
    cell = row.get("image", "")
    if not cell.startswith("["):
        return row, []
    names = [pictures.of_base64(each) for each in _listed(cell)]
    found = [name for name in names if name is not None]
    if len(found) != len(names) or _as_list(found, pictures.found) != cell:
        return row, []
    return {**row, "image": ""}, found


def _as_list(names: Sequence[str], images: Mapping[str, bytes]) -> str:
    return str([encoded(images[name]) for name in names])


def _original(case: Case, cases: CaseSet) -> list[dict[str, str]] | None:
    rows = original(case, NAME, cases)
    if rows is None:
        return None
    for number, names in case.extra[NAME].get("lists", {}).items():
        if not all(name in cases.images for name in names):
            return None
        rows[int(number)]["image"] = _as_list(names, cases.images)
    found: list[dict[str, str]] = rows
    return found


def _rows(case: Case, cases: CaseSet, number: int, tally: Tally) -> list[dict[str, str]]:
    came = _original(case, cases)
    if came is not None:
        others = case.extra[NAME].get("others")
        held = {"value": [], **others} if others else None
        more = {k: {"image": v} for k, v in _unstowed(held, cases).items()}

        def again(rows: Any, pictures: Pictures) -> Case:
            index = {**more, **{row.get("index", ""): row for row in rows}}
            return _case(rows, index, pictures, "", Tally())

        if unchanged(case, NAME, came, cases, again):
            return came
    return _made_rows(case, cases, number, came, tally)


def _unstowed(held: Any, cases: CaseSet) -> dict[str, str]:
    return dict(unstowed(held, cases.images)) if held else {}


def _made_rows(
    case: Case,
    cases: CaseSet,
    number: int,
    came: list[dict[str, str]] | None,
    tally: Tally,
) -> list[dict[str, str]]:
    texts, images = [], []
    for message in case.input:
        for part in message.content:
            if isinstance(part, Text):
                texts.append(part.text)
            elif part.image in cases.images:
                images.append(encoded(cases.images[part.image]))
            else:
                tally.case("image_left_out", example=part.image[:80], format=NAME)
    if any(message.role != "user" for message in case.input):
        tally.case("roles", format=NAME)
    answer, circular = _answer(case, cases, tally)
    image = images[0] if len(images) == 1 else str(images) if images else ""
    base = {**(came[0] if came else {})}
    base |= {"index": str(number), "image": image, "question": "\n".join(texts), "hint": ""}
    base |= {"category": case.tags[0] if case.tags else ""}
    for extra_tag in case.tags[1:]:
        tally.case("tag", example=extra_tag, format=NAME)
    base |= {name: str(value) for name, value in case.metadata.items() if name not in _OURS}
    turns = len(case.choices) if circular else 1
    found = []
    for k in range(turns):
        choices = case.choices[k:] + case.choices[:k]
        row = dict(base)
        row |= {"index": str(number + k * _COPY), "image": image if k == 0 else str(number)}
        row |= dict.fromkeys((x for x in row if x in _LETTERS), "")
        row |= dict(zip(_LETTERS, choices, strict=False))
        place = _LETTERS.find(answer) if circular else -1
        row["answer"] = _LETTERS[(place - k) % turns] if circular and place >= 0 else answer
        found.append(row)
    return found


def _answer(case: Case, cases: CaseSet, tally: Tally) -> tuple[str, bool]:
    """What stands as `answer`, and whether all rotations are asked."""
    answer, circular = "", False
    for grader, value in first_answer(case, cases, tally, NAME):
        which = str(grader["grader"])
        texts = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        answer = texts[0] if len(texts) == 1 else str(texts)
        circular = which == "choice" and grader.get("circular") is True and bool(case.choices)
        if which not in ("choice", "one_of", "exact"):
            tally.case("meaning", grader=which, format=NAME, other="answer")
    return answer, circular


def _numbers(cases: CaseSet) -> dict[str, int]:
    """An index for each case: its own where it is a number that isn't taken."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for case in cases.cases:
        if re.fullmatch(r"[0-9]{1,6}", case.id) and int(case.id) not in taken:
            found[case.id] = int(case.id)
            taken.add(int(case.id))
    free = 1
    for case in cases.cases:
        if case.id not in found:
            while free in taken:
                free += 1
            taken.add(free)
            found[case.id] = free
    return found


def _columns(rows: Sequence[Row]) -> list[str]:
    names = dict.fromkeys(name for row in rows for name in row)
    letters = [letter for letter in _LETTERS if letter in names]
    last = ("answer", "category")
    first = [n for n in ("index", "image", "question", "hint") if n in names]
    usual = [*first, *letters, *(n for n in last if n in names)]
    return [*usual, *(name for name in names if name not in usual)]
