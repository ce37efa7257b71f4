"""What a setting takes. A kind reads a value of TOML or of the environment, which is text."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_PRINTABLE = re.compile(r"[!-~]+")  # ASCII without spaces
_YES, _NO = {"yes", "on", "1", "true"}, {"no", "off", "0", "false"}


@dataclass(frozen=True)
class Kind(Generic[T]):
    """name: of its text, settings.kind.NAME, filled by `values`. read: raises ValueError. code: of
    the error that names a setting whose value can't be read; it has `values` as well."""

    name: str
    read: Callable[[object], T]
    code: str = "config_flag"
    values: Mapping[str, object] = field(default_factory=dict)


def whole(least: int, most: int) -> Kind[int]:
    def read(given: object) -> int:
        text = _text(given)
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise ValueError
        return int(text)

    return Kind("whole", read, "config_number", {"least": least, "most": most})


def choice(*options: str) -> Kind[Any]:
    """One of a few words, in any case."""

    def read(given: object) -> str:
        if (word := _text(given).lower()) not in options:
            raise ValueError
        return word

    return Kind("choice", read, "config_choice", {"options": ", ".join(options)})


def _text(given: object) -> str:
    """As it stands; TOML has numbers as well. True would be 1."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ValueError
    return str(given).strip()


def _switch(given: object) -> bool:
    word = str(given).lower() if isinstance(given, bool) else _text(given).lower()
    if word not in _YES | _NO:
        raise ValueError
    return word in _YES


def _money(given: object) -> Decimal:
    try:
        amount = Decimal(_text(given))
    except InvalidOperation:
        raise ValueError from None
    if not amount.is_finite() or not 0 <= amount <= 1_000_000:
        raise ValueError
    return amount


def _flag(given: object) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(given, bool):
        raise ValueError
    return given


def _seconds(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError
    if not (math.isfinite(given) and 0 < given <= 3600):
        raise ValueError
    return float(given)


def _word(given: object) -> str:
    if not (isinstance(given, str) and _PRINTABLE.fullmatch(given)):
        raise ValueError
    return given


def _names(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise ValueError
    if not all(isinstance(each, str) and each.strip() for each in given):
        raise ValueError
    return tuple(each.strip() for each in given)


def _as_it_is(given: object) -> object:
    """For those who look more closely themselves."""
    return given


LIMIT_WHOLE = Kind("limit_whole", whole(0, 999_999_999).read, "config_limit")
MONEY = Kind("money", _money, "config_limit")
SWITCH = Kind("switch", _switch, "config_choice", {"options": "yes, no"})
TEXT = Kind("text", _text)
FLAG = Kind("flag", _flag)
SECONDS = Kind("seconds", _seconds)
WORD = Kind("word", _word)
NAMES = Kind("names", _names)
URL = Kind("url", _as_it_is)
KEY = Kind("key", _as_it_is)
PASSWORD = Kind("password", _as_it_is)
PEOPLE = Kind("people", _as_it_is)
ADDRESSES = Kind("addresses", _as_it_is)
