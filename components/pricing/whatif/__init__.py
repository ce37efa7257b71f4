"""The calculator: what images, texts and answers would cost, before anything is sent."""

from components.pricing.whatif.currency import currencies, format_amount, format_amounts
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.figures import work_out
from components.pricing.whatif.files.csv_in import read_large, read_sizes
from components.pricing.whatif.files.csv_out import rows_csv, to_csv
from components.pricing.whatif.files.link import from_params, to_params
from components.pricing.whatif.files.markdown import to_markdown
from components.pricing.whatif.rules.accuracy import accuracy, anomalies
from components.pricing.whatif.rules.evidence import evidence_of
from components.pricing.whatif.rules.rates import Pace, rates
from components.pricing.whatif.rules.staircase import staircase
from components.pricing.whatif.rules.steps import steps
from components.pricing.whatif.rules.tiles import draw, drawing
from components.pricing.whatif.savings.cheaper import Suggestion, cheaper
from components.pricing.whatif.sizes import SizesRead, common_sizes, parse_sizes
from components.pricing.whatif.table import ModelLine, all_models, vision_models
from components.pricing.whatif.types import (
    MAX_SIDE,
    Figures,
    Money,
    Rejection,
    Row,
    RowFigures,
    Scenario,
)

__all__ = [
    "MAX_SIDE",
    "CostError",
    "Figures",
    "ModelLine",
    "Money",
    "Pace",
    "Rejection",
    "Row",
    "RowFigures",
    "Scenario",
    "SizesRead",
    "Suggestion",
    "accuracy",
    "all_models",
    "anomalies",
    "cheaper",
    "common_sizes",
    "currencies",
    "draw",
    "drawing",
    "evidence_of",
    "format_amount",
    "format_amounts",
    "from_params",
    "parse_sizes",
    "rates",
    "read_large",
    "read_sizes",
    "rows_csv",
    "staircase",
    "steps",
    "to_csv",
    "to_markdown",
    "to_params",
    "vision_models",
    "work_out",
]
