"""How long whoever sends wrong passwords waits. Pure, so that a log can ask in its transaction."""

from datetime import datetime, timedelta

from components.access.log.passwords import WrongOnes

FREE = 5  # wrong ones that an address may send without a wait
FIRST_WAIT = timedelta(seconds=2)  # after the next one; doubled with each further one
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # after its last wrong one an address starts anew
ALL_PER_MINUTE = 30  # wrong ones of all addresses together
_MINUTE = timedelta(minutes=1)
_NONE = timedelta(0)


def wait_after(wrong: WrongOnes) -> timedelta:
    """How long this address has to wait from `wrong.now` on, zero if it may try."""
    return max(_alone(wrong), _together(wrong))


def _alone(wrong: WrongOnes) -> timedelta:
    if wrong.last is None or wrong.count < FREE:
        return _NONE
    doubled = FIRST_WAIT * (1 << min(wrong.count - FREE, 20))
    return max(min(doubled, LONGEST_WAIT) - _passed(wrong, wrong.last), _NONE)


def _together(wrong: WrongOnes) -> timedelta:
    if wrong.oldest_of_full is None:
        return _NONE
    return max(_MINUTE - _passed(wrong, wrong.oldest_of_full), _NONE)


def _passed(wrong: WrongOnes, at: datetime) -> timedelta:
    """Never negative: the clock of another process may be ahead, and nobody waits for that."""
    return max(wrong.now - at, _NONE)
