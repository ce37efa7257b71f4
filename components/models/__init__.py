"""Models as data: what each one is, takes, refuses and how its images are counted."""

from components.models.catalogue import (
    catalogue,
    default_order,
    find_model,
    priced_like,
    reference_model,
    shown_name,
)
from components.models.ending import (
    Ends,
    is_leaving,
    is_long_gone,
    is_retired,
    last_day,
    leaving_last,
)
from components.models.offered import offered
from components.models.retirements import Retirement, retirement
from components.models.types import Model, RetirementStatus

__all__ = [
    "Ends",
    "Model",
    "Retirement",
    "RetirementStatus",
    "catalogue",
    "default_order",
    "find_model",
    "is_leaving",
    "is_long_gone",
    "is_retired",
    "last_day",
    "leaving_last",
    "offered",
    "priced_like",
    "reference_model",
    "retirement",
    "shown_name",
]
