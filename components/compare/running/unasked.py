"""Ends of cells that no endpoint had a part in."""

from decimal import Decimal

from components.chat.store import AttemptResult
from components.errors import AppError

NEVER_SENT = AttemptResult("stopped", "", attempts=0, cost=Decimal(0))


def failed(error: AppError) -> AttemptResult:
    """What couldn't be sent, and why. It cost nothing."""
    data = {name: str(value) for name, value in error.data.items()}
    return AttemptResult(
        "failed", "", code=error.code, attempts=0, cost=Decimal(0), error_data=data
    )
