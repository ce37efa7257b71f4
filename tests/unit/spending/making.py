"""Charges, limits and stores for the tests of spending."""

from decimal import Decimal
from typing import Any

from components.spending.store import Charge, Limits, Rules

CENT = Decimal("0.01")


def charge(**other: Any) -> Charge:
    """A question to the server's endpoint that may cost a cent."""
    values: dict[str, Any] = {
        "kind": "server",
        "endpoint": "loop",
        "host": "127.0.0.1",
        "model": "gpt-4o",
        "images": 1,
        "estimate": CENT,
        "subject": "t1",
    }
    return Charge(**(values | other))


def person(**limits: Any) -> Rules:
    return Rules(person=Limits(**limits))


def everybody(**limits: Any) -> Rules:
    return Rules(everybody=Limits(**limits))
