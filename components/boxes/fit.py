"""How well boxes fit others."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from components.boxes.orders import ORDERS
from components.boxes.scales import to_box
from components.boxes.types import Box, Four, Size

_CLEARLY = 0.05  # by which another order must fit better to be named


@dataclass(frozen=True)
class Match:
    """The wanted box and the one that was given for it, by their places; iou of the two."""

    wanted: int
    given: int
    iou: float


@dataclass(frozen=True)
class Better:
    """Another order that fits better: the mean IoU over the wanted boxes."""

    order: str
    iou: float


def iou(one: Box, other: Box) -> float:
    """Intersection over union, 0 to 1; 0 where one has no area."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, width) * max(0.0, height)
    union = one.area + other.area - both
    return both / union if both and union > 0 else 0.0


def matched(wanted: Sequence[Box], given: Sequence[Box], least: float = 0.0) -> list[Match]:
    """Pairs, the best first, no box in two of them; only those with an IoU of at least `least`,
    above 0."""
    pairs = [
        Match(w, g, found)
        for w, one in enumerate(wanted)
        for g, other in enumerate(given)
        if (found := iou(one, other)) > 0 and found >= least
    ]
    left_wanted, left_given = set(range(len(wanted))), set(range(len(given)))
    matches = []
    for pair in sorted(pairs, key=lambda pair: (-pair.iou, pair.wanted, pair.given)):
        if pair.wanted in left_wanted and pair.given in left_given:
            left_wanted.remove(pair.wanted)
            left_given.remove(pair.given)
            matches.append(pair)
    return matches


def f1(matches: int, wanted: int, given: int) -> float:
    """2 * matches / (wanted + given), 0 to 1; 1 where nothing is wanted and nothing given."""
    return 2 * matches / (wanted + given) if wanted + given else 1.0


def mean_iou(wanted: Sequence[Box], given: Sequence[Box]) -> float:
    """Over the wanted boxes, matched greedily; those that nothing matches count 0."""
    found = {match.wanted: match.iou for match in matched(wanted, given)}
    return fmean([found.get(n, 0.0) for n in range(len(wanted))]) if wanted else 0.0


def better_order(
    wanted: Sequence[Box],
    said: Sequence[Four],
    order: str,
    scale: str,
    image: Size,
    sent: Size | None = None,
) -> Better | None:
    """The order in which what was said fits clearly better than in `order`, the best of them."""
    fits = {
        each: mean_iou(wanted, [to_box(four, each, scale, image, sent) for four in said])
        for each in ORDERS
    }
    best = max(ORDERS, key=lambda each: (fits[each], each == order))
    return Better(best, fits[best]) if fits[best] > fits[order] + _CLEARLY else None
