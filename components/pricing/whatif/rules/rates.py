"""How fast a scenario can be run within an account's limits a minute."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from components.pricing.whatif.types import Figures


@dataclass(frozen=True)
class Pace:
    """What fits into a minute, exact.

    requests, images: a minute; images counts every image again that a later turn sends again.
    binds: which limit ends it. tokens_per_request: input and answer, mean over the turns.
    every: seconds from one request to the next. fits: False when a single request has more
    tokens than a minute allows, which endpoints refuse however long one waits.
    """

    requests: Fraction
    images: Fraction
    binds: Literal["tokens", "requests"]
    tokens_per_request: Fraction
    every: Fraction
    fits: bool


def rates(figures: Figures, tokens_per_minute: int, requests_per_minute: int) -> Pace | None:
    """Requests and images a minute, None when the tokens of a request aren't known.

    Where both limits bind alike it is "requests". Endpoints count cached input as well.
    Raises ValueError for limits below 1.
    """
    if tokens_per_minute < 1 or requests_per_minute < 1:
        raise ValueError("limits a minute must be at least 1")
    if not figures.turns:
        return None
    needs = [turn.images + turn.text + turn.output for turn in figures.turns]
    each = Fraction(sum(needs), len(needs))
    by_tokens = tokens_per_minute / each
    requests = min(by_tokens, Fraction(requests_per_minute))
    return Pace(
        requests=requests,
        images=requests * sum(row.row.count for row in figures.rows),
        binds="tokens" if by_tokens < requests_per_minute else "requests",
        tokens_per_request=each,
        every=60 / requests,
        fits=max(needs) <= tokens_per_minute,
    )
