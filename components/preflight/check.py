"""All checks together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from components.preflight.checks.model import model
from components.preflight.checks.price import price
from components.preflight.checks.privacy import privacy, typed
from components.preflight.checks.quality import quality
from components.preflight.checks.question import question
from components.preflight.checks.request import request
from components.preflight.checks.shape import shape
from components.preflight.checks.small_text import small_text
from components.preflight.checks.turned import turned
from components.preflight.checks.writing import writing
from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.types import Finding

Check = Callable[[ImageFacts, PlannedRequest], Iterator[Finding]]

OF_A_PICTURE: tuple[Check, ...] = (
    model,
    turned,
    small_text,
    shape,
    quality,
    privacy,
    price,
    writing,
)
# The app's own reader sees the original, costs nothing and sends nothing anywhere.
OF_THE_READER: tuple[Check, ...] = (quality,)
_RANK = {"stop": 0, "warning": 1, "note": 2}


def check(images: Sequence[ImageFacts], asking: PlannedRequest) -> list[Finding]:
    """Everything worth knowing before sending, the gravest first; at once, from what is known.

    images: facts for the model that is asked, in the order of the pictures; `Finding.image` is
    the place in it.
    """
    checks = OF_THE_READER if asking.builtin else OF_A_PICTURE
    found = [
        replace(finding, image=place)
        for place, facts in enumerate(images)
        for each in checks
        for finding in each(facts, asking)
    ]
    if not asking.builtin:
        found += [*request(images, asking), *typed(asking), *question(asking)]
    return sorted(found, key=lambda finding: _RANK[finding.severity])
