"""What the rows of a scenario ask, summed up once for every model that is asked about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from components.models import Model, find_model
from components.pricing.whatif.counts import Counts, Size, sizes_of
from components.pricing.whatif.rules.payload import Payload
from components.pricing.whatif.types import Scenario
from components.tokens import Evidence

_WEAKEST_FIRST: tuple[Evidence, ...] = ("assumed", "documented", "billed")


@dataclass(frozen=True)
class Images:
    """All images of one request. tokens: None when an image's isn't known; n: how many images.

    refused, unknown: sizes that the model refuses, or that there is no rule for.
    """

    n: int
    tokens: int | None
    tolerance: int
    evidence: Evidence | None
    refused: frozenset[Size]
    unknown: frozenset[Size]


class Asked:
    """The images of a scenario, whichever model it names. A hundred thousand rows are gone
    through once, their distinct sizes once for each rule."""

    def __init__(self, scenario: Scenario, counts: Counts) -> None:
        self.counts = counts
        self.sizes = sizes_of(scenario)
        self.payload = Payload(scenario.rows)
        self._images: dict[tuple[str | None, bool, bool], Images] = {}

    def images(self, model_id: str) -> Images:
        """What the images of one request come to with a model."""
        model = find_model(model_id)
        key = (model.image_rule, model.vision, bool(model.like))
        found = self._images.get(key)
        if found is None:
            found = self._images[key] = _sum(model_id, model, self.sizes, self.counts)
        return found


def _sum(model_id: str, model: Model, sizes: Mapping[Size, int], counts: Counts) -> Images:
    tokens = tolerance = 0
    evidence: set[Evidence] = set()
    faulty: dict[str, set[Size]] = {"rejected": set(), "unknown": set()}
    for size, n in sizes.items():
        found = counts.image(model_id, model, size)
        if found.tokens is None:
            faulty[found.status].add(size)
            continue
        tokens += found.tokens * n
        tolerance += found.tolerance * n
        if found.evidence:
            evidence.add(found.evidence)
    complete = not any(faulty.values())
    return Images(
        n=sum(sizes.values()),
        tokens=tokens if complete else None,
        tolerance=tolerance,
        evidence=next((e for e in _WEAKEST_FIRST if e in evidence), None) if complete else None,
        refused=frozenset(faulty["rejected"]),
        unknown=frozenset(faulty["unknown"]),
    )
