"""What access asks of a store: small Protocols that db fulfils, and their value types.

people      who has signed in, and what was decided about them
passwords   wrong passwords, counted for all processes
throttle    how long whoever sends wrong ones waits; pure, so that the store can ask within its
            transaction
"""

from components.access.store.passwords import PasswordStore, WrongOnes
from components.access.store.people import Identity, KeptPerson, PeopleStore, Role
from components.access.store.throttle import (
    ALL_PER_MINUTE,
    FORGOTTEN,
    FREE,
    LONGEST_WAIT,
    wait_after,
)

__all__ = [
    "ALL_PER_MINUTE",
    "FORGOTTEN",
    "FREE",
    "LONGEST_WAIT",
    "Identity",
    "KeptPerson",
    "PasswordStore",
    "PeopleStore",
    "Role",
    "WrongOnes",
    "wait_after",
]
