"""How long whoever sends wrong passwords waits. Pure, so that a store can ask in its
transaction."""

from datetime import datetime, timedelta

from components.access.store.passwords import WrongOnes

FREE = 5  # wrong ones that an address may send without a wait
FIRST_WAIT = timedelta(seconds=2)  # after the next one; doubled with each further one
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # after its last wrong one an address starts anew
ALL_PER_MINUTE = 30  # wrong ones of all addresses together; beyond it each has one try free
_MINUTE = timedelta(minutes=1)
_NONE = timedelta(0)


def wait_after(wrong: WrongOnes) -> timedelta:
    """How long this address has to wait from `wrong.now` on, zero if it may try.

    While all addresses together send too many, each has one wrong one without a wait instead of
    FREE: guessing gets slower for everybody, and nobody's first try is refused for what strangers
    do.
    """
    free = 1 if _strained(wrong) else FREE
    if wrong.last is None or wrong.count < free:
        return _NONE
    doubled = FIRST_WAIT * (1 << min(wrong.count - free, 20))
    return max(min(doubled, LONGEST_WAIT) - _passed(wrong, wrong.last), _NONE)


def _strained(wrong: WrongOnes) -> bool:
    oldest = wrong.oldest_of_full
    return oldest is not None and _passed(wrong, oldest) < _MINUTE


def _passed(wrong: WrongOnes, at: datetime) -> timedelta:
    """Never negative: the clock of another process may be ahead, and nobody waits for that."""
    return max(wrong.now - at, _NONE)
