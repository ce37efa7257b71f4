"""Which failures are tried again by themselves, how often and after how long. No clock, no loop.

Only what is likely to pass and can't have been answered: never once an answer has begun, never
after a silence (a hang would last three times as long, and may have been billed), never what a
person has to change first (key, quota, address, model).
"""

from dataclasses import dataclass

from components.errors import ProviderError


@dataclass(frozen=True)
class Policy:
    """tries: in all. first, factor, longest: seconds before the second try, how they grow, and
    their limit. jitter: share by which a pause may be shorter, so that not all come back at once.
    longest_asked: seconds an endpoint may ask to wait (Retry-After); beyond, a person decides.
    """

    tries: int = 3
    first: float = 0.5
    factor: float = 4.0
    longest: float = 8.0
    jitter: float = 0.25
    longest_asked: float = 120.0
    codes: frozenset[str] = frozenset({"rate_limit", "conflict", "conn"})
    statuses: frozenset[int] = frozenset({408, 500, 502, 503, 504, 529})


POLICY = Policy()


@dataclass(frozen=True)
class RetryState:
    """A pause before another try. attempt: the one to come, from 2; until: its time.monotonic();
    error: what the pause is for."""

    attempt: int
    of: int
    until: float
    error: ProviderError


def is_passing(error: ProviderError, policy: Policy = POLICY) -> bool:
    """It may be gone in a moment, and nothing was answered.

    A status below 400 means that an answer had begun: then only what the endpoint itself reports
    in it as passing.
    """
    status = error.data.get("http", error.status)
    if error.code in ("upstream", "timeout"):
        return status in policy.statuses
    begun = error.status is not None and error.status < 400
    return error.code in policy.codes and (error.code == "rate_limit" or not begun)


def pause_before(
    error: ProviderError, failed: int, chance: float, policy: Policy = POLICY
) -> float | None:
    """Seconds until the next try after `failed` failed ones; None when there is none.

    chance: from 0 to 1, for the jitter. What the endpoint asks to wait is kept exactly.
    """
    if failed >= policy.tries or not is_passing(error, policy):
        return None
    asked = error.retry_after
    if asked is not None and asked > policy.longest_asked:
        return None
    own = min(policy.longest, policy.first * policy.factor ** (failed - 1))
    return asked or own * (1 - policy.jitter * chance)
