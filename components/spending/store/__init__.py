"""What spending asks of a store: a small Protocol that db fulfils, and its value types.

    types     limits; a request's charge, its reservation, its bill; what is used; what was used
    decide    whether a charge fits; pure, so that the store can ask within its transaction
    protocol  Ledger

Days and months are those of UTC. Money is USD in Decimal. Imports nothing of the house.
"""

from components.spending.store.decide import refusal
from components.spending.store.protocol import Ledger
from components.spending.store.types import (
    EXPIRES_AFTER,
    Bill,
    Charge,
    Kind,
    Limits,
    Refusal,
    Reservation,
    Rules,
    Scope,
    UsageRow,
    Used,
    What,
    windows,
)

__all__ = [
    "EXPIRES_AFTER",
    "Bill",
    "Charge",
    "Kind",
    "Ledger",
    "Limits",
    "Refusal",
    "Reservation",
    "Rules",
    "Scope",
    "UsageRow",
    "Used",
    "What",
    "refusal",
    "windows",
]
