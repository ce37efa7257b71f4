"""The calculator: what images, texts and answers would cost, before anything is sent."""

from components.pricing.whatif.cheaper import Suggestion, cheaper
from components.pricing.whatif.figures import work_out
from components.pricing.whatif.rates import Pace, rates
from components.pricing.whatif.staircase import staircase
from components.pricing.whatif.table import ModelLine, all_models
from components.pricing.whatif.types import Figures, Money, Rejection, Row, RowFigures, Scenario

__all__ = [
    "Figures",
    "ModelLine",
    "Money",
    "Pace",
    "Rejection",
    "Row",
    "RowFigures",
    "Scenario",
    "Suggestion",
    "all_models",
    "cheaper",
    "rates",
    "staircase",
    "work_out",
]
