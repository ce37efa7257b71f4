"""Pre-flight in the calculator: sizes alone, without pictures."""

from components.errors import AppError
from components.images import ImageInfo
from components.preflight import ImageFacts, PlannedRequest, check
from components.pricing.whatif import Figures
from components.ui.app.blocks import block
from components.ui.cost.fields import current_calculator
from components.ui.preflight import findings

MOST = 20  # rows that are looked at
# By the result beside, the suggestions and the table of models.
_SAID_ELSEWHERE = {
    "accuracy",
    "context",
    "costly",
    "no_vision",
    "rejected_size",
    "retired",
    "retiring",
    "too_many_images",
}


@block("cost.preflight")
def show(figures: Figures) -> None:
    """What is worth knowing of the first rows' sizes with the chosen model."""
    asked = current_calculator().sized
    known = [
        ImageFacts(
            name=row.row.name or f"{row.row.width} × {row.row.height}",
            digest=b"",
            info=ImageInfo("jpeg", row.row.width, row.row.height, row.row.bytes),
            model=asked.model,
            detail=row.detail,
            seen=row.resized if row.status == "ok" else None,
            look=None,
        )
        for row in figures.rows[:MOST]
    ]
    question = asked.prompt if isinstance(asked.prompt, str) else ""
    try:
        found = check(known, PlannedRequest(model=asked.model, question=question))
    except AppError:
        return
    wanted = [f for f in found if f.code not in _SAID_ELSEWHERE]
    findings.show(wanted, [facts.name for facts in known], None, where="cost")
