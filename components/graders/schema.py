"""A stranger's JSON Schema (2020-12), held against a value: nothing is fetched, and whatever it
says ends in time."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from components.graders.patterns import TimeUp, compiled, found
from components.graders.types import GraderError, short

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

SECONDS = 0.8
_NODES = 20_000  # of a schema
_ends: ContextVar[float] = ContextVar("_ends")
_patterned: ContextVar[bool] = ContextVar("_patterned")


class Unanswerable(Exception):
    """A schema that can't be followed here: a reference out of it, or patterns and
    unevaluatedProperties together."""


def first_error(schema: object, value: object) -> str | None:
    """The first place at which `value` breaks `schema`, as a JSON pointer and what was asked there;
    None if it keeps it. Raises GraderError grader_schema, TimeUp, Unanswerable."""
    from jsonschema.exceptions import SchemaError
    from referencing.exceptions import Unresolvable

    _ends.set(time.monotonic() + SECONDS)
    _patterned.set('"patternProperties"' in json.dumps(schema, default=str))
    try:
        validator = _validator(schema)
        error = next(iter(validator.iter_errors(value)), None)
    except SchemaError as wrong:
        raise GraderError("grader_schema", problem=short(wrong.message)) from wrong
    except (Unresolvable, RecursionError) as away:
        raise Unanswerable from away
    except (ValueError, TypeError, ArithmeticError, AttributeError) as wrong:
        raise GraderError("grader_schema", problem=short(wrong)) from wrong
    if error is None:
        return None
    place = "".join(f"/{step}" for step in error.absolute_path) or "/"
    return short(f"{place}: {error.validator} {_asked(error.validator_value)}")


def _asked(value: object) -> str:
    return "" if isinstance(value, Mapping) else json.dumps(value, ensure_ascii=False, default=str)


def _validator(schema: object) -> "Validator":
    from jsonschema import Draft202012Validator
    from referencing import Registry

    if not isinstance(schema, Mapping | bool) or _nodes(schema) > _NODES:
        raise GraderError("grader_schema", problem=short(type(schema).__name__))
    # Python's own expressions aren't asked whether a pattern is one: ours are others.
    Draft202012Validator.check_schema(schema, format_checker=None)
    kind = _guarded()
    made: Validator = kind(schema, registry=Registry())
    return made


def _nodes(schema: object) -> int:
    waiting, n = [schema], 0
    while waiting and n <= _NODES:
        n += 1
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return n


@cache
def _guarded() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    rules: dict[str, Callable[..., Any]] = dict(Draft202012Validator.VALIDATORS)
    rules |= {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "unevaluatedProperties": _without_patterns(rules["unevaluatedProperties"]),
        "uniqueItems": _unique_items,
    }
    return extend(Draft202012Validator, {name: _timed(rule) for name, rule in rules.items()})


def _timed(rule: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any) -> Iterator[Any]:
        if time.monotonic() > _ends.get():
            raise TimeUp
        yield from rule(*args) or ()

    return timed


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> Iterable[Any]:
    from jsonschema import ValidationError

    if validator.is_type(instance, "string") and not found(compiled(pattern), str(instance)):
        yield ValidationError("pattern")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, schema: object
) -> Iterable[Any]:
    if not validator.is_type(instance, "object"):
        return
    for pattern, part in patterns.items():
        for key, value in instance.items():
            if found(compiled(pattern), key):
                yield from validator.descend(value, part, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, more: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterable[Any]:
    from jsonschema import ValidationError

    if not validator.is_type(instance, "object"):
        return
    named = schema.get("properties", {})
    patterns = [compiled(each) for each in schema.get("patternProperties", {})]
    for key, value in instance.items():
        if key in named or any(found(pattern, key) for pattern in patterns):
            continue
        if more is False:
            yield ValidationError("additionalProperties")
        elif isinstance(more, Mapping):
            yield from validator.descend(value, more, path=key)


def _without_patterns(rule: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(validator: Any, value: Any, instance: object, schema: object) -> Any:
        if _patterned.get():
            raise Unanswerable
        return rule(validator, value, instance, schema)

    return guarded


def _unique_items(validator: Any, unique: object, instance: Any, schema: object) -> Iterable[Any]:
    from jsonschema import ValidationError

    if unique is True and validator.is_type(instance, "array"):
        said = {json.dumps(_plain(each), sort_keys=True) for each in instance}
        if len(said) < len(instance):
            yield ValidationError("uniqueItems")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
