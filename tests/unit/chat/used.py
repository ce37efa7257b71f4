"""Answers in a real store, for the history what-if."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components.chat.store import AttemptResult, StoredImage, StoredUse
from components.pricing import Price
from db.store import Store
from tests.unit.db.make import content, turn

START = datetime(2026, 3, 1, tzinfo=UTC)
OLD = Price(Decimal("2.50"), Decimal("1.25"), Decimal("10"), source="then")
PRICES = {"input": "2.50", "cached_input": "1.25", "output": "10", "source": "then"}


def photo(width: int | None = 1024, height: int | None = 1024, detail: str = "high") -> StoredImage:
    kept = content("photo").hash if width else None
    url = None if width else "https://x.test/a.png"
    return StoredImage(kept, "a.png", detail, width, height, width, height, None, url=url)


def bill(
    input: int = 1000, output: int = 100, cost: str | None = "0.0035", **other: object
) -> AttemptResult:
    values: dict[str, object] = {
        "usage_source": "reported",
        "input_tokens": input,
        "output_tokens": output,
        "cost": None if cost is None else Decimal(cost),
    }
    return AttemptResult("ok", "A cat on a sill.", **(values | other))  # type: ignore[arg-type]


def answer(
    store: Store,
    number: int,
    images: tuple[StoredImage, ...] = (),
    result: AttemptResult | None = None,
    **other: object,
) -> None:
    """The turn `number` of the conversation "c" (or another), a minute after the one before."""
    values: dict[str, object] = {
        "conversation_id": "c",
        "text": f"What is on picture {number}?",
        "images": images,
        "contents": [content("photo")],
        "model": "gpt-4o",
        "parameters": {"system": "Be brief.", "lang": "en", "context": {}},
        "prices": PRICES,
        "started_at": START + timedelta(minutes=number),
    }
    store.conversations.begin_turn("me", turn(str(number), **(values | other)))
    store.conversations.finish("me", f"t{number}", result or bill())


def used(store: Store) -> list[StoredUse]:
    return store.answers.usage_since("me", START)
