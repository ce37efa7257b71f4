"""Rows of comparisons as the value types of components.compare.store, and back."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from components.chat.store import AttemptResult
from components.compare.store import (
    Accepted,
    Cell,
    CellPicture,
    ComparedImage,
    ComparedModel,
    Comparison,
    ComparisonSummary,
)
from db.conversations.rows import AnyRow, is_stale, result_values

_IMAGE = tuple(f.name for f in dataclasses.fields(ComparedImage))
_RESULT = tuple(f.name for f in dataclasses.fields(AttemptResult))
_NO_RESULT = {**result_values(AttemptResult("running", "")), "outcome": None}
OPEN = ("waiting", "running")


def comparison_values(comparison: Comparison) -> dict[str, object]:
    """`comparison` as columns of comparisons."""
    values = {
        name: getattr(comparison, name)
        for name in ("id", "created_at", "title", "mode", "order", "pair_id", "repeats", "again")
    }
    return values | {
        "lang": comparison.lang,
        "questions": list(comparison.questions),
        "models": [dataclasses.asdict(model) for model in comparison.models],
        "parameters": comparison.parameters,
    }


def image_values(image: ComparedImage) -> dict[str, object]:
    """`image` as columns of comparison_images."""
    values = {name: getattr(image, name) for name in _IMAGE}
    return values | {"box": list(image.box) if image.box else None}


def open_values() -> dict[str, object]:
    """A cell's columns when nothing has come yet."""
    return {"state": "waiting", "stop_asked": False} | _NO_RESULT


def cell_values(cell: Cell) -> dict[str, object]:
    """`cell` as columns of comparison_cells."""
    plain = ("id", "question", "column", "repeat", "estimated_input_tokens", "estimated_cost")
    result = result_values(cell.result) if cell.result else _NO_RESULT
    values = {name: getattr(cell, name) for name in plain}
    return {
        **values,
        "state": cell.state,
        "letters": list(cell.letters),
        "prices": cell.prices,
        **result,
    }


def comparison(row: AnyRow, images: Iterable[AnyRow], accepted: Iterable[Accepted]) -> Comparison:
    """A row of comparisons with what hangs on it."""
    return Comparison(
        id=row.id,
        created_at=row.created_at,
        title=row.title,
        mode=row.mode,
        images=tuple(image(each) for each in images),
        questions=tuple(row.questions),
        models=tuple(ComparedModel(**model) for model in row.models),
        parameters=row.parameters,
        lang=row.lang,
        repeats=row.repeats,
        again=row.again,
        order=row.order,
        pair_id=row.pair_id,
        accepted=tuple(accepted),
    )


def image(row: AnyRow) -> ComparedImage:
    """A row of comparison_images."""
    values = {name: getattr(row, name) for name in _IMAGE}
    return ComparedImage(**values | {"box": tuple(row.box) if row.box else None})


def cell(row: AnyRow, stale: bool, pictures: tuple[CellPicture, ...] = ()) -> Cell:
    """A row of comparison_cells. Nothing is written where it is stale: whoever asks it can still
    finish it."""
    result = None
    interrupted = stale and row.state in OPEN
    if row.state == "running" or row.outcome is not None:
        values = {name: getattr(row, name) for name in _RESULT}
        outcome = "interrupted" if interrupted else (row.outcome or "running")
        result = AttemptResult(**values | {"outcome": outcome, "left_out": tuple(row.left_out)})
    return Cell(
        id=row.id,
        letters=tuple(row.letters),
        question=row.question,
        column=row.column,
        repeat=row.repeat,
        state="interrupted" if interrupted else row.state,
        result=result,
        estimated_input_tokens=row.estimated_input_tokens,
        estimated_cost=row.estimated_cost,
        prices=row.prices,
        pictures=pictures,
    )


def summary(
    row: AnyRow, images: Sequence[str], states: Sequence[AnyRow], now: datetime
) -> ComparisonSummary:
    """A row of comparisons; images: their hashes in order; states: state and cost of each cell."""
    stale = is_stale(row.heartbeat_at, now)
    open_ = sum(each.state in OPEN for each in states)
    failed = sum(each.state in ("failed", "interrupted") for each in states)
    ended = [each for each in states if each.state not in OPEN]
    costs = [each.cost for each in ended if each.cost is not None]
    return ComparisonSummary(
        id=row.id,
        title=row.title,
        created_at=row.created_at,
        mode=row.mode,
        order=row.order,
        pair_id=row.pair_id,
        images=len(images),
        questions=len(row.questions),
        models=tuple(model["model"] for model in row.models),
        cells=len(states),
        ended=len(states) if stale else len(ended),
        failed=failed + (open_ if stale else 0),
        running=bool(open_) and not stale,
        cost=sum(costs, Decimal(0)),
        cost_known=len(costs) == len(ended) and not (open_ and stale),
        first_image=images[0] if images else None,
    )
