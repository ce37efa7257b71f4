"""A row per cell, for a spreadsheet."""

from collections.abc import Collection, Iterator

from components.compare.export.formatting import without_keys
from components.compare.judging.scores import judged
from components.compare.store import Cell, Comparison, StoredComparison
from components.text import csv_table

COLUMNS = (
    "comparison_id",
    "created_at",
    "mode",
    "order",
    "question_number",
    "question",
    "images",
    "image_names",
    "variant",
    "endpoint",
    "host",
    "model",
    "model_answered",
    "repeat",
    "state",
    "outcome",
    "code",
    "status",
    "answer",
    "accepted_answer",
    "right",
    "judged_by",
    "attempts",
    "ms_first",
    "ms_total",
    "usage_source",
    "input_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "image_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cost_usd",
    "estimated_input_tokens",
    "estimated_cost_usd",
    "request_id",
    "reasoning",
    "pictures",
)


def comparison_csv(logged: StoredComparison, keys: Collection[str] = ()) -> Iterator[bytes]:
    """CSV in UTF-8 with a heading, in pieces. Unknown is an empty cell, never 0.

    images: letters in the order sent. Text that a spreadsheet would take for a formula gets an
    apostrophe before it.
    """
    clean = without_keys(logged, keys)
    return csv_table(COLUMNS, (_values(clean.comparison, cell) for cell in clean.cells))


def _values(comparison: Comparison, cell: Cell) -> dict[str, object]:
    model = comparison.models[cell.column]
    images = {image.letter: image for image in comparison.images}
    shown = [images[letter] for letter in cell.letters if letter in images]
    judgement = judged(comparison, cell)
    result = cell.result
    return {
        **(vars(result) if result else {}),
        **vars(model),
        "comparison_id": comparison.id,
        "created_at": comparison.created_at,
        "mode": comparison.mode,
        "order": comparison.order,
        "question_number": cell.question + 1,
        "question": comparison.questions[cell.question],
        "images": " ".join(cell.letters),
        "image_names": ", ".join(image.name for image in shown),
        "variant": shown[0].variant if len(shown) == 1 else "",
        "repeat": cell.repeat,
        "state": cell.state,
        "answer": cell.answer,
        "pictures": len(cell.pictures),
        "accepted_answer": comparison.accepted_for(cell.letters, cell.question),
        "right": None if judgement is None else ("yes" if judgement.right else "no"),
        "judged_by": judgement.by if judgement else None,
        "cost_usd": result.cost if result else None,
        "estimated_input_tokens": cell.estimated_input_tokens,
        "estimated_cost_usd": cell.estimated_cost,
    }
