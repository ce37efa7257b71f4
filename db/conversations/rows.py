"""Rows of the store as the value types of components.chat.store, and back."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from components.chat.store import (
    STALE_AFTER,
    AttemptResult,
    ConversationSummary,
    StoredAttempt,
    StoredImage,
    StoredMessage,
)

AnyRow = Row[*tuple[Any, ...]]
_RESULT = tuple(f.name for f in dataclasses.fields(AttemptResult))
_IMAGE = tuple(f.name for f in dataclasses.fields(StoredImage))


def result_values(result: AttemptResult) -> dict[str, object]:
    """`result` as columns of attempts."""
    values = {name: getattr(result, name) for name in _RESULT}
    return values | {"left_out": list(result.left_out)}


def image_values(image: StoredImage) -> dict[str, object]:
    """`image` as columns of message_images."""
    return {name: getattr(image, name) for name in _IMAGE}


def image(row: AnyRow) -> StoredImage:
    """A row of message_images."""
    return StoredImage(**{name: getattr(row, name) for name in _IMAGE})


def is_stale(heartbeat_at: datetime, now: datetime) -> bool:
    """Whether nobody runs what last gave a sign of life then. One from the future is none: after
    a clock was set back it would keep what is dead running for hours."""
    return abs(now - heartbeat_at) > timedelta(seconds=STALE_AFTER)


def outcome(row: AnyRow, now: datetime) -> Any:
    """The outcome of an attempt as of `now`: without a recent heartbeat nobody is running it.

    Nothing is written: whoever looks sees it, and a process that comes back can still finish it.
    """
    stale = row.outcome == "running" and is_stale(row.heartbeat_at, now)
    return "interrupted" if stale else row.outcome


def attempt(row: AnyRow, now: datetime) -> StoredAttempt:
    """A row of attempts, as of `now`."""
    values = {name: getattr(row, name) for name in _RESULT}
    values |= {"outcome": outcome(row, now), "left_out": tuple(row.left_out)}
    return StoredAttempt(
        id=row.id,
        endpoint=row.endpoint,
        host=row.host,
        model=row.model,
        parameters=row.parameters,
        started_at=row.started_at,
        estimated_input_tokens=row.estimated_input_tokens,
        estimated_cost=row.estimated_cost,
        prices=row.prices,
        result=AttemptResult(**values),
    )


def message(
    row: AnyRow, images: Sequence[StoredImage], tries: Sequence[StoredAttempt]
) -> StoredMessage:
    """A row of messages with what hangs on it. An answer's text is its latest attempt's."""
    latest = tries[-1] if tries else None
    return StoredMessage(
        id=row.id,
        role=row.role,
        text=latest.result.text if latest else row.text,
        created_at=row.created_at,
        images=tuple(images),
        attempt=latest,
        parent_id=row.parent_id,
        earlier=tuple(tries[:-1]),
    )


def summary(
    row: AnyRow, tries: Sequence[AnyRow], tags: Sequence[str], now: datetime
) -> ConversationSummary:
    """A row of conversations; tries: outcome, heartbeat_at and cost of each of its attempts."""
    known = [t.cost for t in tries if t.cost is not None]
    return ConversationSummary(
        id=row.id,
        title=row.title,
        created_at=row.created_at,
        updated_at=row.updated_at,
        model=row.model,
        messages=row.messages,
        images=row.images,
        cost=sum(known, Decimal(0)),
        cost_known=len(known) == len(tries),
        running=any(outcome(t, now) == "running" for t in tries),
        first_image=row.first_image,
        starred=row.starred,
        tags=tuple(tags),
    )
