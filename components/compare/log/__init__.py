"""What is kept of a comparison: value types, and the Protocol of the log that keeps it.

Every call takes the owner first; what is foreign looks like what isn't there. Imports the value
types of components.chat.log and nothing else.
"""

from components.compare.log.protocol import CompareLog
from components.compare.log.types import (
    Accepted,
    Cell,
    ComparedImage,
    ComparedModel,
    Comparison,
    ComparisonSummary,
    LoggedComparison,
    Mode,
    Order,
    State,
    state_of,
)

__all__ = [
    "Accepted",
    "Cell",
    "CompareLog",
    "ComparedImage",
    "ComparedModel",
    "Comparison",
    "ComparisonSummary",
    "LoggedComparison",
    "Mode",
    "Order",
    "State",
    "state_of",
]
