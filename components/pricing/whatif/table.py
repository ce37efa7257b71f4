"""All models at once: what the same scenario comes to with each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from components.models import RetirementStatus, catalogue, find_model, leaving_last, shown_name
from components.pricing.whatif.counts import Counts
from components.pricing.whatif.figures import brief
from components.pricing.whatif.request_totals import Asked
from components.pricing.whatif.types import Figures, Money, Rejection, Scenario
from components.tokens import Evidence


@dataclass(frozen=True)
class ModelLine:
    """A scenario with one model, in brief. Everything unknown is None.

    model: id to send; name, vendor: for people. images: image tokens of one request, right
    within +- tolerance; evidence: the weakest of the rows'. input: tokens of the first request.
    call: money of the first request; conversation, month: see Figures. context: window;
    context_share: part of it that the last request uses with its answer (1 = full).
    at_most, month_at_most: see Figures. difference: a conversation's money against the scenario's
    own model (0.25 = 25 % more).
    """

    model: str
    name: str
    vendor: str
    images: int | None
    tolerance: int
    evidence: Evidence | None
    input: int | None
    call: Money
    conversation: Money
    month: Money
    context: int | None
    context_share: float | None
    retires: date | None
    retires_status: RetirementStatus | None
    rejections: tuple[Rejection, ...]
    difference: float | None
    price_source: str
    at_most: Decimal | None = None
    month_at_most: Decimal | None = None


def all_models(
    scenario: Scenario, models: Iterable[str] | None = None, *, at: datetime | None = None
) -> list[ModelLine]:
    """The scenario with each of `models`, in their order; by default every model of the
    catalogue that sees images in a chat, families by their examples, the built-in reader left
    out. Raises ValueError as work_out does."""
    asked = Asked(scenario, Counts())
    own = brief(scenario, asked, at).conversation.total
    return [
        _line(brief(replace(scenario, model=model), asked, at), own)
        for model in (vision_models() if models is None else models)
    ]


def vision_models() -> list[str]:
    """Ids of all models that take images in a chat, without the built-in reader; those that leave
    their API soon last."""
    names = [
        name
        for model in catalogue()
        if model.vision and model.chat and model.endpoint_kind != "builtin"
        for name in model.examples or (model.id,)
    ]
    return list(leaving_last(names))


def _line(found: Figures, own: Decimal | None) -> ModelLine:
    model = find_model(found.model)
    total = found.conversation.total
    window = found.context
    return ModelLine(
        model=found.model,
        name=shown_name(found.model),
        vendor=model.vendor,
        images=found.images,
        tolerance=found.tolerance,
        evidence=found.evidence,
        input=found.input,
        call=found.turns[0].money if found.turns else Money(None, None, None, None, None),
        conversation=found.conversation,
        month=found.month,
        context=window,
        context_share=found.context_used / window if window and found.context_used else None,
        retires=model.retires,
        retires_status=model.retires_status,
        rejections=found.rejections,
        difference=float(total / own - 1) if total is not None and own else None,
        price_source=found.price_source,
        at_most=found.at_most,
        month_at_most=found.month_at_most,
    )
