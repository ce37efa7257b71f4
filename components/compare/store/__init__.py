"""What is kept of a comparison: value types, and the Protocol of the store that keeps it.

Every call takes the owner first; what is foreign looks like what isn't there. Imports value types
of components.chat.store and components.runner, and nothing else.
"""

from components.compare.store.protocol import CompareStore
from components.compare.store.types import (
    Accepted,
    Cell,
    ComparedImage,
    ComparedModel,
    Comparison,
    ComparisonSummary,
    Mode,
    Order,
    State,
    StoredComparison,
    state_of,
)

__all__ = [
    "Accepted",
    "Cell",
    "CompareStore",
    "ComparedImage",
    "ComparedModel",
    "Comparison",
    "ComparisonSummary",
    "Mode",
    "Order",
    "State",
    "StoredComparison",
    "state_of",
]
