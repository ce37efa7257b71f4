"""Text that looks like a card number, an identity number, a key or a mail address."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from components.preflight.settings import load

Kind = Literal["card", "id", "key", "mail"]
KINDS: tuple[Kind, ...] = ("card", "id", "key", "mail")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Private:
    """start, end: where it stands in the text that was looked at. What it says isn't kept."""

    kind: Kind
    start: int
    end: int


def find_private(text: str) -> tuple[Private, ...]:
    """Everything in `text` that looks private, in its order. One place counts once."""
    found: list[Private] = []
    for kind, pattern, check in _patterns():
        for match in pattern.finditer(text):
            taken = any(one.start < match.end() and match.start() < one.end for one in found)
            if not taken and check(match[0]):
                found.append(Private(kind, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def is_card(text: str) -> bool:
    """Whether the digits are a card's: a known beginning, its length, Luhn's sum."""
    digits = "".join(char for char in text if char.isdigit())
    known = any(
        digits.startswith(tuple(row["starts"])) and len(digits) in row["digits"]
        for row in load("private")["card"]
    )
    return known and len(set(digits)) > 1 and luhn(digits)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right but one doubled."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_chinese_id(text: str) -> bool:
    """Whether 18 characters are a Chinese identity number: date of birth and checksum."""
    number = text.replace(" ", "").upper()
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(char) * weight for char, weight in zip(number, _WEIGHTS, strict=False))
    return born <= date.today() and _CHECKS[total % 11] == number[17]


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "": lambda text: True,
    "card": is_card,
    "chinese_id": is_chinese_id,
}


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...]:
    return tuple(
        (row["kind"], re.compile(row["regex"], re.ASCII), _TESTS[row["check"]])
        for row in load("private")["pattern"]
    )
