"""The open-source evals of OpenAI: samples.jsonl, and the registry's YAML that says how they are
matched.

`Match` means that the answer *starts with* the ideal, and `FuzzyMatch` that one of both is in the
other, so that "3" is right for 23. Their meanings are kept, and said.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from components.cases.case import Case, CaseSet, Grader
from components.cases.errors import CaseError
from components.cases.formats.chat_messages import chat_row, group_of, input_row, messages
from components.cases.formats.losing import tell_fields, tell_set
from components.cases.formats.pictures import Pictures
from components.cases.formats.result import Read, Written
from components.cases.formats.rows import companions, kept, original, unchanged
from components.cases.formats.source import Source, folder_of, inside
from components.cases.formats.values import (
    expect_table,
    json_of,
    jsonl_bytes,
    lines_of,
    text_of,
)
from components.cases.formats.yaml_values import has_comments, yaml_bytes, yaml_of
from components.cases.loss import Tally

NAME = "openai_evals"
_MATCH = "evals.elsuite.basic.match:Match"
_INCLUDES = "evals.elsuite.basic.includes:Includes"
_FUZZY = "evals.elsuite.basic.fuzzy_match:FuzzyMatch"
_JSON = "evals.elsuite.basic.json_match:JsonMatch"
_YAML = (".yaml", ".yml")


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    registry_name, registry = _registry(source, tally)
    entry = _entry(registry)
    arguments = entry.get("args") if isinstance(entry.get("args"), dict) else {}
    samples = _samples_name(source, registry_name, (arguments or {}).get("samples_jsonl"))
    rows = lines_of(text_of(source.text_file(samples), samples), samples)
    kind = entry.get("class")
    kind = kind if isinstance(kind, str) else None
    _say_meaning(kind, tally)
    pictures = Pictures(source, tally)
    cases = []
    for n, row in enumerate(rows, 1):
        place = f"{samples}:{n}"
        case = _case(row, pictures, folder_of(samples), place, kind, arguments or {})
        case = dataclasses.replace(case, id=str(n))
        cases.append(kept(case, NAME, pictures, row))
    extra: dict[str, Any] = {"samples": samples}
    if kind is not None:
        extra |= {"class": kind, "args": arguments}
    if registry is not None:
        extra |= {"registry": registry, "registry_name": registry_name}
    found = CaseSet(
        name=next(iter(registry), source.name) if registry else source.name,
        cases=tuple(cases),
        images=pictures.found,
        extra={NAME: extra},
    )
    return Read(found, NAME, tally.lines())


def write(cases: CaseSet) -> Written:
    """samples.jsonl and registry.yaml, as they came or made anew."""
    tally = Tally()
    tell_set(cases, (), tally, NAME)
    ours = cases.extra.get(NAME, {})
    kind = ours.get("class") or (None if ours else _common_class(cases))
    arguments = ours.get("args") or {}
    rows = []
    for case in cases.cases:
        tell_fields(case, ("detail",), tally, NAME)
        row = original(case, NAME, cases)

        def again(value: Any, pictures: Pictures) -> Case:
            return _case(value, pictures, "", "", kind, arguments)

        if row is not None and unchanged(case, NAME, row, cases, again):
            rows.append(row)
            continue
        made: dict[str, Any] = {"input": input_row(case, cases.images)}
        if row is not None and not isinstance(row.get("input"), str):
            made["input"] = chat_row(case, cases.images)
        ideals = _ideals((*case.expect, *cases.expect), kind or _MATCH, tally)
        made["ideal"] = ideals[0] if len(ideals) == 1 else ideals
        rows.append({**(row or {"id": case.id}), **made})
    samples = ours.get("samples", "samples.jsonl")
    files = {samples: jsonl_bytes(rows)}
    if "registry" in ours:
        files[ours["registry_name"]] = yaml_bytes(ours["registry"])
    elif not ours:
        files["registry.yaml"] = yaml_bytes(_new_registry(cases.name, kind or _MATCH))
    beside = companions(cases, NAME, folder_of(samples), tally)
    return Written(files, tally.lines(), beside)


def _case(
    row: Any,
    pictures: Pictures,
    base: str,
    place: str,
    kind: str | None,
    arguments: Mapping[str, Any],
) -> Case:
    table = expect_table(row, place)
    asked = messages(table.get("input"), pictures, base, f"{place}: input")
    ideal = table.get("ideal")
    ideals = ideal if isinstance(ideal, list) else [] if ideal is None else [ideal]
    expect: tuple[Grader, ...] = ()
    if (kind and "modelgraded" in kind) or (kind and _expect(kind, [""]) is None):
        expect = ({"grader": "kept", "format": NAME, "kind": kind, "verbatim": dict(arguments)},)
    elif ideals:
        made = _expect(kind or _MATCH, ideals)
        expect = (made,) if made is not None else ()
    return Case(id="", input=asked, expect=expect, group=group_of(asked))


def _expect(kind: str, ideals: list[Any]) -> Grader | None:
    """The grader with the meaning of the class; None for a class that isn't known."""
    name = kind.rpartition(":")[2] or kind
    if name == "JsonMatch":
        return {"grader": "json", "schema": {"enum": [_parsed(each) for each in ideals]}}
    texts = [each if isinstance(each, str) else str(each) for each in ideals]
    if name == "Match":
        return {"grader": "contains", "any": texts, "where": "start", "normalise": "none"}
    if name == "Includes":
        return {"grader": "contains", "any": texts, "where": "anywhere", "normalise": "none"}
    if name == "FuzzyMatch":
        return {"grader": "contains", "any": texts, "where": "either"}
    return None


def _parsed(ideal: Any) -> Any:
    if not isinstance(ideal, str):
        return ideal
    try:
        return json_of(ideal, "ideal")
    except CaseError:
        return ideal


def _say_meaning(kind: str | None, tally: Tally) -> None:
    name = (kind or "").rpartition(":")[2]
    if kind is None:
        tally.whole("class_unknown")
    elif name == "Match":
        tally.whole("meaning_match")
    elif name == "FuzzyMatch":
        tally.whole("meaning_fuzzy")
    elif _expect(kind, [""]) is None:
        tally.whole("kept", kind=kind[:60])


def _registry(source: Source, tally: Tally) -> tuple[str | None, dict[str, Any] | None]:
    names = [source.main] if source.main else list(source.names)
    for name in names:
        if not name.endswith(_YAML):
            continue
        text = text_of(source.text_file(name), name)
        found = yaml_of(text, name)
        if isinstance(found, dict) and is_registry(found):
            if has_comments(text):
                tally.whole("comments")
            return name, found
    return None, None


def is_registry(value: Any) -> bool:
    """Whether a value of YAML is of the registry of evals."""
    return isinstance(value, dict) and _entry(value) != {}


def _entry(registry: Mapping[str, Any] | None) -> dict[str, Any]:
    """The first that names a class."""
    for each in (registry or {}).values():
        if isinstance(each, dict) and isinstance(each.get("class"), str):
            return each
    return {}


def _samples_name(source: Source, registry: str | None, written: Any) -> str:
    """Where the samples are: as the registry says, in the folder of data beside it, under the same
    name beside it, or the only JSONL there is. Raises CaseError cases_file."""
    if source.main and registry is None:
        return source.main
    base = folder_of(registry or "")
    tried: list[str | None] = []
    if isinstance(written, str):
        last = written.replace("\\", "/").rpartition("/")[2]
        tried = [inside(base, each) for each in (written, f"../data/{written}", last)]
    tried += [name for name in source.names if name.endswith(".jsonl")]
    for name in tried:
        if name is not None and source.maybe(name) is not None:
            return name
    raise CaseError("cases_file", name=str(written or "samples.jsonl")[:80])


def _common_class(cases: CaseSet) -> str:
    """The class that says what the first grader of all cases says, as nearly as there is one."""
    for case in cases.cases:
        for grader in (*case.expect, *cases.expect):
            if grader["grader"] == "contains" and grader.get("where") != "start":
                return _INCLUDES
            if grader["grader"] == "json":
                return _JSON
            if grader["grader"] in ("number", "similarity", "anls"):
                return _INCLUDES
    return _MATCH


def _ideals(graders: tuple[Grader, ...], kind: str, tally: Tally) -> list[Any]:
    """What stands as `ideal`; the first grader that can be written so, the others are told of."""
    found: list[Any] | None = None
    name = kind.rpartition(":")[2]
    for grader in graders:
        which = str(grader["grader"])
        values = _values(grader)
        if found is not None or values is None:
            tally.case("grader", grader=which, format=NAME)
            continue
        found = values
        if grader != _expect(kind, values):
            tally.case("meaning", grader=which, format=NAME, other=name)
    return found if found is not None else []


def _values(grader: Grader) -> list[Any] | None:
    which = grader["grader"]
    if which in ("exact", "number", "choice", "similarity"):
        value = grader.get("value")
        return None if value is None else [value]
    if which == "one_of":
        return list(grader.get("values", []))
    if which in ("contains", "anls") and "any" in grader:
        return list(grader["any"])
    if which == "json":
        schema = grader.get("schema")
        if isinstance(schema, dict) and set(schema) == {"enum"}:
            return list(schema["enum"])
    return None


def _new_registry(name: str, kind: str) -> dict[str, Any]:
    plain = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") or "cases"
    full = f"{plain}.dev.v0"
    return {
        plain: {"id": full, "description": name, "metrics": ["accuracy"]},
        full: {"class": kind, "args": {"samples_jsonl": "samples.jsonl"}},
    }
