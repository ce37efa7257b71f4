"""Whether the owner's rows say what rows can say: each field of the right kind and in its range.

A wrong one is found when the file is read, not by somebody who opens a page.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import Any

from components.models import find_model
from components.text import one_line
from components.tokens import count_image_tokens, count_text_tokens

Check = Callable[[Any], bool]
_LEVELS = ("auto", "low", "high", "original")
_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
_MOST_TOKENS = 10**9
_MOST_USD = Decimal(10**6)  # for a million tokens
_SIDES = (1, 400, 2000)  # px, by which rules are tried


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _name(value: Any) -> bool:
    return isinstance(value, str) and value != "" and one_line(value) == value


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _day(value: Any) -> bool:
    return type(value) is date


def _whole(least: int) -> Check:
    return lambda value: type(value) is int and least <= value <= _MOST_TOKENS


def _one_of(*known: str) -> Check:
    return lambda value: value in known


def _list_of(check: Check, least: int = 0) -> Check:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(check, value))


def _pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def _rate(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 <= amount <= _MOST_USD


_MODEL: Mapping[str, Check] = {
    "id": _name,
    "name": _name,
    "vendor": _text,
    "family": _text,
    "examples": _list_of(_name),
    "aliases": _list_of(_name),
    "pattern": _pattern,
    "chat": _flag,
    "vision": _flag,
    "reasoning": _flag,
    "context": _whole(1),
    "max_output": _whole(1),
    "message_tokens": _whole(0),
    "image_rule": _name,
    "image_rule_at": lambda value: isinstance(value, dict) and all(map(_name, value.values())),
    "details": _list_of(_one_of(*_LEVELS), 1),
    "auto_is": _one_of(*_LEVELS),
    "encoding": _one_of("o200k_base", "cl100k_base"),
    "refuses": _list_of(_name),
    "efforts": _list_of(_one_of(*_EFFORTS)),
    "retires": _day,
    "retires_status": _one_of("announced", "retired"),
    "data_until": _day,
    "source": _text,
    "checked": _day,
    "file": _text,
}
_RATES: Mapping[str, Check] = dict.fromkeys(
    ("input", "cached_input", "cache_write", "output", "image_input"), _rate
)
_TIER = {"above": _whole(0), **_RATES}


def _tiers(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    for tier in value:
        if not isinstance(tier, dict) or "above" not in tier:
            return False
        check(tier, _TIER)
    return True


_PRICE: Mapping[str, Check] = {
    "model": _name,
    **_RATES,
    "tiers": _tiers,
    "reason": _text,
    "source": _text,
    "library": _text,
    "checked": _day,
    "file": _text,
}


def check(row: Mapping[str, Any], checks: Mapping[str, Check]) -> None:
    """Raises ValueError for a field that there isn't, or whose value can't be one."""
    for key, value in row.items():
        if key not in checks:
            raise ValueError(f"unknown key {key}")
        if not checks[key](value):
            raise ValueError(f"{key} = {value!r}")


def check_model(row: Mapping[str, Any]) -> None:
    check(row, _MODEL)


def check_price(row: Mapping[str, Any]) -> None:
    check(row, _PRICE)


def try_out(model_id: str) -> None:
    """Count something with the model. Raises whatever its rule raises, ValueError for a count that
    is none."""
    count_text_tokens("two dogs", model_id)
    for width, height, detail in product(_SIDES, _SIDES, find_model(model_id).details):
        tokens = count_image_tokens(model_id, width, height, detail).tokens
        if tokens is not None and (type(tokens) is not int or not 0 <= tokens <= _MOST_TOKENS):
            raise ValueError(f"{detail}: {tokens!r} tokens")
