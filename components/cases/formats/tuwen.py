"""Our own: a zip or a folder with set.json, cases.jsonl, images/, perhaps runs.jsonl."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from components.cases.case import (
    Case,
    CaseSet,
    FinishedAnswer,
    FinishedRun,
    Graded,
    Image,
    Message,
    Part,
    Text,
)
from components.cases.errors import CaseError
from components.cases.formats.pictures import FOLDER, Pictures
from components.cases.formats.result import Read, Written
from components.cases.formats.source import Source, folder_of, inside
from components.cases.formats.values import (
    expect_list,
    expect_table,
    json_bytes,
    json_of,
    jsonl_bytes,
    lines_of,
    text_of,
)
from components.cases.loss import Tally

NAME = "tuwen"
HEAD, CASES, RUNS = "set.json", "cases.jsonl", "runs.jsonl"
FORMAT, VERSION = "tuwen-cases", 1


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    main = source.main or CASES
    base = f"{folder_of(main)}/" if folder_of(main) else ""
    pictures = Pictures(source, tally)
    head = _head(source, base)
    rows = lines_of(text_of(source.text_file(main), main), main)
    cases = tuple(case_of(row, n, f"{main}:{n}") for n, row in enumerate(rows, 1))
    taken: set[str] = set()
    for case in cases:
        if case.id in taken:
            raise CaseError("cases_invalid", place=f"{main}: {case.id[:60]}")
        taken.add(case.id)
        for image in case.images:
            _look(image.image, base, pictures, tally)
    runs: tuple[FinishedRun, ...] = ()
    if (kept := source.maybe(f"{base}{RUNS}")) is not None:
        runs = tuple(
            run_of(row, f"{RUNS}:{n}")
            for n, row in enumerate(lines_of(text_of(kept, RUNS), RUNS), 1)
        )
    for name in _kept_images(cases, runs, head):
        if inside("", name) == name and name.startswith(FOLDER):
            pictures.keep(f"{base}{name}")
    found = dataclasses.replace(
        head_of(head, source.name),
        cases=cases,
        images={name[len(base) :]: data for name, data in pictures.found.items()},
        runs=runs,
    )
    return Read(found, NAME, tally.lines())


def write(cases: CaseSet) -> Written:
    """Everything; nothing is lost but that dates of YAML become texts."""
    files = {HEAD: json_bytes(head_row(cases)), CASES: jsonl_bytes(map(row_of, cases.cases))}
    if cases.runs:
        files[RUNS] = jsonl_bytes(map(dataclasses.asdict, cases.runs))
    return Written(files | dict(cases.images), ())


def head_row(cases: CaseSet) -> dict[str, Any]:
    """What set.json says: all but cases, images and runs."""
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "name": cases.name}
    for field in ("lang", "defaults", "extra"):
        if value := getattr(cases, field):
            head[field] = value
    if cases.expect:
        head["expect"] = list(cases.expect)
    return head


def head_of(head: Mapping[str, Any], name: str) -> CaseSet:
    """A set without cases, images and runs. name: where there is none. Raises CaseError
    cases_invalid."""
    return CaseSet(
        name=_text(head, "name", HEAD) or name,
        cases=(),
        lang=_text(head, "lang", HEAD),
        defaults=expect_table(head.get("defaults", {}), f"{HEAD}: defaults"),
        expect=_graders(head.get("expect", []), f"{HEAD}: expect"),
        extra=expect_table(head.get("extra", {}), f"{HEAD}: extra"),
    )


def case_of(row: Any, number: int, place: str) -> Case:
    """A line as a case. Keys that we don't know, and ways to write that aren't ours, are kept in
    `extra`. Raises CaseError cases_invalid."""
    row = expect_table(row, place)
    given = row.get("id", number)
    if isinstance(given, bool) or not isinstance(given, str | int) or given == "":
        raise CaseError("cases_invalid", place=f"{place}: id")
    case = Case(
        id=str(given),
        input=_messages(row.get("input"), f"{place}: input"),
        choices=_texts(row.get("choices", []), f"{place}: choices"),
        expect=_graders(row.get("expect", []), f"{place}: expect"),
        group=_text(row, "group", place),
        tags=_texts(row.get("tags", []), f"{place}: tags"),
        repeats=_whole(row.get("repeats"), f"{place}: repeats"),
        metadata=expect_table(row.get("metadata", {}), f"{place}: metadata"),
        source=expect_table(row.get("source", {}), f"{place}: source"),
        extra=expect_table(row.get("extra", {}), f"{place}: extra"),
    )
    if plain_row(case) == row or NAME in case.extra:
        return case
    return dataclasses.replace(case, extra={**case.extra, NAME: row})


def row_of(case: Case) -> dict[str, Any]:
    """A case as a line."""
    if (kept := case.extra.get(NAME)) is None:
        return plain_row(case)
    extra = {name: each for name, each in case.extra.items() if name != NAME}
    bare = dataclasses.replace(case, extra=extra)
    read_again = case_of({"id": case.id, **kept}, 0, "")
    if dataclasses.replace(read_again, extra=extra) == bare and kept.get("extra", {}) == extra:
        return dict(kept)
    made = plain_row(bare)
    known = {field.name for field in dataclasses.fields(Case)}
    return {**{name: each for name, each in kept.items() if name not in known}, **made}


def plain_row(case: Case) -> dict[str, Any]:
    """A case as a line in our own way of writing, which `case_of` reads without any difference."""
    row: dict[str, Any] = {
        "id": case.id,
        "input": [
            {"role": message.role, "content": [_part_row(part) for part in message.content]}
            for message in case.input
        ],
    }
    for field in ("choices", "expect", "tags"):
        if value := getattr(case, field):
            row[field] = list(value)
    for field in ("group", "repeats"):
        if (value := getattr(case, field)) is not None:
            row[field] = value
    for field in ("metadata", "source", "extra"):
        if value := getattr(case, field):
            row[field] = value
    return row


def _part_row(part: Part) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text}
    more = {"detail": part.detail, "as_is": part.as_is, "box": part.box}
    return {
        "type": "image",
        "image": part.image,
        **{name: value for name, value in more.items() if value is not None},
    }


def _head(source: Source, base: str) -> dict[str, Any]:
    data = source.maybe(f"{base}{HEAD}")
    if data is None:
        return {}
    head = expect_table(json_of(text_of(data, HEAD), HEAD), HEAD)
    version = head.get("version", VERSION)
    if head.get("format", FORMAT) != FORMAT or not isinstance(version, int):
        raise CaseError("cases_invalid", place=HEAD)
    if version > VERSION:
        raise CaseError("cases_newer", found=version, known=VERSION)
    return head


def _look(image: str, base: str, pictures: Pictures, tally: Tally) -> None:
    """Reads it where it is one of the bundle's own."""
    if image.startswith("data:"):
        return
    if image.startswith(("http://", "https://")):
        tally.case("image_address")
    elif inside("", image) == image and image.startswith(FOLDER):
        pictures.keep(f"{base}{image}")
    else:
        tally.case("image_outside", example=image[:80])


def _kept_images(
    cases: tuple[Case, ...], runs: tuple[FinishedRun, ...], head: Mapping[str, Any]
) -> list[str]:
    """Names of those that only something kept verbatim needs."""
    found: dict[str, None] = {}
    waiting: list[Any] = [case.extra for case in cases] + [head.get("extra", {})]
    for run in runs:
        waiting += [run.extra, *(answer.extra for answer in run.answers)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            places = each.get("images")
            if "value" in each and isinstance(places, list):
                for place in places:
                    if isinstance(place, list) and len(place) == 3 and isinstance(place[1], str):
                        found[place[1]] = None
            else:
                waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return list(found)


def _messages(value: Any, place: str) -> tuple[Message, ...]:
    if isinstance(value, str):
        return (Message("user", (Text(value),)),)
    found = []
    for n, each in enumerate(expect_list(value, place)):
        where = f"{place}[{n}]"
        content = expect_table(each, where).get("content")
        role = each.get("role")
        if not isinstance(role, str):
            raise CaseError("cases_invalid", place=f"{where}.role")
        parts = [content] if isinstance(content, str) else expect_list(content, f"{where}.content")
        found.append(Message(role, tuple(_part(part, f"{where}.content") for part in parts)))
    return tuple(found)


def _part(value: Any, place: str) -> Part:
    if isinstance(value, str):
        return Text(value)
    part = expect_table(value, place)
    kind, text, image = part.get("type"), part.get("text"), part.get("image")
    if kind == "text" and isinstance(text, str):
        return Text(text)
    detail, as_is = part.get("detail"), part.get("as_is")
    if (
        kind == "image"
        and isinstance(image, str)
        and isinstance(detail, str | None)
        and isinstance(as_is, bool | None)
    ):
        return Image(image, detail, as_is, part.get("box"))
    raise CaseError("cases_invalid", place=place)


def _graders(value: Any, place: str) -> tuple[Mapping[str, Any], ...]:
    found = expect_list(value, place)
    for each in found:
        if not _is_grader(each):
            raise CaseError("cases_invalid", place=place)
    return tuple(found)


def _is_grader(value: Any) -> bool:
    """Whether it has the shape of one; what it means is the graders' own to check."""
    if not isinstance(value, dict) or not isinstance(value.get("grader"), str):
        return False
    for name in ("any", "all", "values"):
        held = value.get(name, [])
        if not isinstance(held, list) or not all(isinstance(each, str) for each in held):
            return False
    if not isinstance(value.get("schema", {}), dict | bool):
        return False
    most = value.get("at_most", 0)
    if isinstance(most, bool) or not isinstance(most, int | float | str):
        return False
    return _is_grader(value.get("of")) if value["grader"] == "not" else True


def _texts(value: Any, place: str) -> tuple[str, ...]:
    found = expect_list(value, place)
    if not all(isinstance(each, str) for each in found):
        raise CaseError("cases_invalid", place=place)
    return tuple(found)


def _text(table: Mapping[str, Any], name: str, place: str) -> str | None:
    value = table.get(name)
    if not isinstance(value, str | None):
        raise CaseError("cases_invalid", place=f"{place}: {name}")
    return value


def _whole(value: Any, place: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000:
        raise CaseError("cases_invalid", place=place)
    return value


def run_of(value: Any, place: str) -> FinishedRun:
    """A line of runs.jsonl. Raises CaseError cases_invalid."""
    row = expect_table(value, place)
    try:
        answers = tuple(
            FinishedAnswer(**{**each, "graded": tuple(Graded(**one) for one in each["graded"])})
            for each in expect_list(row["answers"], place)
        )
        run = FinishedRun(**{**row, "answers": answers})
    except (TypeError, KeyError):
        raise CaseError("cases_invalid", place=place) from None
    said = [run.id, run.name, run.model, *(text for a in answers for text in _said(a))]
    tables = [run.settings, run.extra, *(table for a in answers for table in (a.usage, a.extra))]
    if not all(isinstance(each, str) for each in said) or not all(
        isinstance(each, dict) for each in tables
    ):
        raise CaseError("cases_invalid", place=place)
    return run


def _said(answer: FinishedAnswer) -> tuple[Any, ...]:
    verdicts = (each for graded in answer.graded for each in (graded.name, graded.verdict))
    return (answer.case, answer.text, answer.model, answer.finish, answer.error, *verdicts)
