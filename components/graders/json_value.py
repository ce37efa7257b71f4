"""Grader json: a schema, and graders for its fields."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from components.graders.normalise import usual
from components.graders.patterns import TimeUp
from components.graders.schema import Unanswerable, first_error
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Why, unsure, wrong
from components.markdown.json_answer import check_json

_FIELDS = 500
_MISSING = object()


def json_(given: Mapping[str, Any], reply: Reply) -> Grade:
    """schema: JSON Schema 2020-12. fields: JSON pointer -> grader. by: the key by which elements of
    a list are named in pointers instead of their place, for all lists or, as an object, by pointer.
    at_least: the share of fields that is enough, 1. anywhere: the last object in the answer is
    taken; else the whole answer is JSON, in a fence or without.

    score: the share of fields that are right, without fields none. facts: each field's verdict.
    """
    settings = Settings(given)
    value = _value(settings, reply.text)
    if isinstance(value, Grade):
        return value
    if settings.has("schema") and (failed := _schema(settings, value[0])):
        return failed
    if settings.has("fields"):
        return _fields(settings, value[0], reply)
    return Grade("right", Why("json_schema" if settings.has("schema") else "json"))


def at_pointer(value: Any, pointer: str, by: str | Mapping[str, str] = "") -> Any:
    """What a JSON pointer (RFC 6901) leads to. Raises KeyError where there is nothing."""
    if pointer and not pointer.startswith("/"):
        raise KeyError(pointer)
    place = ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        value = _step(value, name, by if isinstance(by, str) else by.get(place, ""))
        place += f"/{step}"
    return value


def _step(value: Any, name: str, by: str) -> Any:
    if isinstance(value, Mapping):
        return value[name]
    if not isinstance(value, list):
        raise KeyError(name)
    if by:
        named = [one for one in value if isinstance(one, Mapping) and by in one]
        same = [one for one in named if usual(_text(one[by])) == usual(name)]
        if len(same) == 1:
            return same[0]
        if named:
            raise KeyError(name)
    if not (name.isascii() and name.isdigit()) or int(name[:9]) >= len(value) or len(name) > 9:
        raise KeyError(name)
    return value[int(name)]


def _value(settings: Settings, text: str) -> tuple[Any] | Grade:
    checked = check_json(text)
    if checked.ok:
        return (checked.value,)
    if settings.flag("anywhere"):
        found = _last_object(text)
        return wrong("json_none") if found is _MISSING else (found,)
    if checked.message_code == "empty":
        return wrong("json_none")
    return wrong("json_not", line=checked.line, column=checked.column)


def _last_object(text: str) -> Any:
    """The last object or list that isn't part of another one."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    at, last, tries = 0, _MISSING, 0
    while tries < 1000:
        starts = [n for n in (text.find("{", at), text.find("[", at)) if n >= 0]
        if not starts:
            break
        tries += 1
        try:
            last, at = decoder.raw_decode(text, min(starts))
        except (ValueError, RecursionError):
            at = min(starts) + 1
    return last


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _schema(settings: Settings, value: object) -> Grade | None:
    try:
        problem = first_error(settings.given["schema"], value)
    except TimeUp:
        return unsure("json_time")
    except Unanswerable:
        return unsure("json_schema_away")
    return wrong("json_schema_not", problem=problem) if problem else None


def _fields(settings: Settings, value: object, reply: Reply) -> Grade:
    fields = settings.table("fields")
    if not 0 < len(fields) <= _FIELDS:
        raise settings.bad("fields")
    by = settings.given.get("by") or ""
    if not isinstance(by, str | Mapping):
        raise settings.bad("by")
    grades: dict[str, Grade] = {}
    for pointer, inner in fields.items():
        if not isinstance(inner, Mapping):
            raise settings.bad("fields")
        grades[pointer] = _field(value, pointer, inner, by, reply)
    facts = {
        "fields": {
            pointer: {"verdict": each.verdict, "why": each.why.code, **each.facts}
            for pointer, each in grades.items()
        }
    }
    n, of = _number(grades.values(), "right"), len(grades)
    open_ = _number(grades.values(), "unsure")
    least = settings.share("at_least", "1")
    score = n / of
    if score >= least:
        return Grade("right", Why("json_fields", {"n": n, "of": of}), score, facts)
    missed = ", ".join(name or "/" for name, each in grades.items() if each.verdict != "right")
    data = {"n": n, "of": of, "missed": missed[:80]}
    maybe = (n + open_) / of >= least
    return Grade("unsure" if maybe else "wrong", Why("json_fields_not", data), score, facts)


def _number(grades: Any, verdict: str) -> int:
    return sum(each.verdict == verdict for each in grades)


def _field(
    value: object,
    pointer: str,
    inner: Mapping[str, Any],
    by: str | Mapping[str, str],
    reply: Reply,
) -> Grade:
    from components.graders.registry import grade

    try:
        said = at_pointer(value, pointer, by)
    except KeyError:
        return wrong("json_field_missing")
    if isinstance(said, int | float) and not isinstance(said, bool) and "decimal" in inner:
        inner = {key: each for key, each in inner.items() if key != "decimal"}
    return grade(inner, Reply(_text(said), image=reply.image, sent=reply.sent))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping | Sequence | bool) or value is None:
        return json.dumps(value, ensure_ascii=False)
    return str(value)
