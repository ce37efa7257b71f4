"""Value types <-> plain JSON data, by their type hints; reading trusts nothing.

Times are ISO 8601 with a zone, money is a string of digits, tuples are lists.
"""

import dataclasses
import math
import re
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NoReturn, TypeVar

from components.export.errors import ExportError
from components.export.limits import MAX_DEPTH, MAX_FREE_VALUES, MAX_ITEMS, MAX_NUMBER, MAX_TEXT

T = TypeVar("T")
_MONEY = re.compile(r"-?\d{1,40}(\.\d{1,40})?(E[+-]?\d{1,3})?", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_data(value: object) -> Any:
    """`value` as what json.dumps takes."""
    if dataclasses.is_dataclass(value):
        return {f.name: to_data(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_data(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_data(kind: type[T], data: object, place: str) -> T:
    """A `kind` (a dataclass) out of `data`. What it doesn't know it leaves out.

    Raises ExportError("import_invalid") with the place that is wrong.
    """
    return typing.cast(T, _read(kind, data, place))


def invalid(place: str) -> NoReturn:
    """Raises ExportError("import_invalid")."""
    raise ExportError("import_invalid", place=place)


def _read(kind: Any, data: object, place: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):  # only X | None is used
        (inner,) = [each for each in arguments if each is not type(None)]
        return None if data is None else _read(inner, data, place)
    if origin is Literal:
        return data if isinstance(data, str) and data in arguments else invalid(place)
    if origin is tuple:
        return tuple(_read(arguments[0], d, f"{place}[{n}]") for n, d in _items(data, place))
    if origin is dict:
        return _table(arguments[1], data, place)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, data, place)
    return _SIMPLE[kind](data, place)


def _items(data: object, place: str) -> list[tuple[int, object]]:
    if not isinstance(data, list) or len(data) > MAX_ITEMS:
        invalid(place)
    return list(enumerate(data))


def _table(kind: Any, data: object, place: str) -> dict[str, Any]:
    if not isinstance(data, dict) or len(data) > MAX_FREE_VALUES:
        invalid(place)
    if kind is str:
        return {_text(k, place): _text(v, place) for k, v in data.items()}
    _check_free(data, place, MAX_DEPTH, [MAX_FREE_VALUES])
    return data


def _check_free(data: object, place: str, depth: int, left: list[int]) -> None:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        invalid(place)
    if isinstance(data, dict):
        for key, each in data.items():
            _text(key, place)
            _check_free(each, place, depth - 1, left)
    elif isinstance(data, list):
        for each in data:
            _check_free(each, place, depth - 1, left)
    elif isinstance(data, str):
        _text(data, place)
    elif isinstance(data, int | float) and not abs(data) <= MAX_NUMBER:  # catches nan too
        invalid(place)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _dataclass(kind: Any, data: object, place: str) -> Any:
    if not isinstance(data, dict):
        invalid(place)
    values = {}
    for field in dataclasses.fields(kind):
        inside = f"{place}.{field.name}"
        if field.name in data:
            values[field.name] = _read(_hints(kind)[field.name], data[field.name], inside)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            invalid(inside)
    return kind(**values)


def _text(data: object, place: str) -> str:
    if not isinstance(data, str) or len(data) > MAX_TEXT or _SURROGATE.search(data):
        invalid(place)
    return data


def _whole(data: object, place: str) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data <= MAX_NUMBER:
        invalid(place)
    return data


def _flag(data: object, place: str) -> bool:
    return data if isinstance(data, bool) else invalid(place)


def _money(data: object, place: str) -> Decimal:
    if not isinstance(data, str) or len(data) > 64 or not _MONEY.fullmatch(data):
        invalid(place)
    amount = Decimal(data)
    return amount if math.isfinite(float(amount)) else invalid(place)


def _time(data: object, place: str) -> datetime:
    try:
        found = datetime.fromisoformat(_text(data, place)[:64])
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    invalid(place)


_SIMPLE: dict[Any, Any] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Decimal: _money,
    datetime: _time,
}
