"""Models as data: what each one is, takes, refuses and how its images are counted."""

from components.models.catalogue import catalogue, default_order, find_model, reference_model
from components.models.offered import offered
from components.models.types import Model, RetirementStatus

__all__ = [
    "Model",
    "RetirementStatus",
    "catalogue",
    "default_order",
    "find_model",
    "offered",
    "reference_model",
]
