"""Comparisons for the store's tests."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.chat.store import NewImage
from components.compare.store import Accepted, Cell, ComparedImage, ComparedModel, Comparison

AT = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
MODELS = (
    ComparedModel("Local", "127.0.0.1:8000", "llava"),
    ComparedModel("openai", "api.openai.com", "gpt-4o"),
)


def bytes_of(word: str) -> NewImage:
    raw = f"compared {word}".encode()
    return NewImage(hashlib.sha256(raw).hexdigest(), raw, "image/png", f"small {word}".encode())


def comparison(
    name: str, words: tuple[str, ...] = ("a", "b"), **other: Any
) -> tuple[Comparison, list[Cell], list[NewImage]]:
    """A comparison `cmp{name}` of two images by two models, with cells `cell{name}-{n}`."""
    contents = [bytes_of(word) for word in words]
    images = tuple(
        ComparedImage(letter, kept.hash, f"{word}.png", original_width=640, original_height=480)
        for letter, word, kept in zip("ABCDEFGHIJ", words, contents, strict=False)
    )
    values: dict[str, Any] = {
        "id": f"cmp{name}",
        "created_at": AT,
        "title": "哪张更清楚？",
        "mode": "each",
        "images": images,
        "questions": ("哪张更清楚？",),
        "models": MODELS,
        "parameters": {"temperature": 0.0, "system": "看图"},
        "lang": "zh",
        "pair_id": "cmp0",
        "accepted": (Accepted(0, "42"),),
    }
    cells = [
        Cell(
            f"cell{name}-{n}",
            (image.letter,),
            0,
            column,
            estimated_input_tokens=800,
            estimated_cost=Decimal("0.002"),
            prices={"input": "2.50"},
        )
        for n, (image, column) in enumerate((i, c) for i in images for c in (0, 1))
    ]
    return Comparison(**(values | other)), cells, contents
