"""What a question costs before it goes: each image, the texts, the history, the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from components.chat.context import logged_image_tokens, sent_again
from components.chat.draft import DraftImage
from components.chat.store import StoredConversation
from components.images.types import PreparedImage
from components.pricing import Price, cost, most, price_of
from components.providers.base import Parameters, VisionRequest
from components.providers.payload import instruction_of
from components.tokens import ImageTokens, count_image_tokens, count_request_text_tokens


@dataclass(frozen=True)
class Estimate:
    """Tokens and money (USD) of the next request as far as it is known.

    images: what each new image costs, in order (None: a URL, size unknown); new_images: their
    sum. history_images: of those that are sent again; text_tokens: all texts with the request's
    overhead. Sums are None when a part is unknown, cost too when the price is; known is the sum
    of what is known. at_most: cost, where the model writes all of it to its prompt cache, which
    some models decide by themselves.
    """

    images: tuple[ImageTokens | None, ...]
    image_costs: tuple[Decimal | None, ...]
    new_images: int | None
    history_images: int | None
    history_image_count: int
    text_tokens: int
    known: int
    total: int | None
    tolerance: int
    cost: Decimal | None
    price: Price | None
    at_most: Decimal | None = None


def image_tokens(
    model: str, image: DraftImage, prepared: PreparedImage | None, host: str = ""
) -> ImageTokens | None:
    """Tokens of a draft image as it is sent (as it came, where it isn't prepared yet)."""
    if prepared is not None:
        return count_image_tokens(model, prepared.width, prepared.height, image.detail, host=host)
    if image.info is None:
        return None
    return count_image_tokens(model, image.info.width, image.info.height, image.detail, host=host)


def estimate(
    model: str,
    images: Sequence[tuple[DraftImage, PreparedImage | None]],
    parameters: Parameters,
    history: StoredConversation | None,
    question: str = "",
    lang: str = "en",
    host: str = "",
) -> Estimate:
    """Work out the next request. `question` is counted when it is known (as it is sent); host: of
    the endpoint."""
    new = tuple(image_tokens(model, image, prepared, host) for image, prepared in images)
    messages = sent_again(history) if history else ()
    old = [logged_image_tokens(model, image, host) for m in messages for image in m.images]
    instruction = instruction_of(VisionRequest(model, (), parameters, lang))
    texts = [*filter(None, [instruction]), *(m.text for m in messages), question]
    text = count_request_text_tokens(model, texts)
    counted = [t for t in (*new, *old) if t is not None and t.tokens is not None]
    known = text + sum(t.tokens or 0 for t in counted)
    complete = len(counted) == len(new) + len(old)
    price = price_of(model)
    return Estimate(
        images=new,
        image_costs=tuple(_money(price, t.tokens if t else None) for t in new),
        new_images=_sum(new),
        history_images=_sum(old),
        history_image_count=len(old),
        text_tokens=text,
        known=known,
        total=known if complete else None,
        tolerance=sum(t.tolerance for t in counted),
        cost=_money(price, known if complete else None),
        price=price,
        at_most=most(model, price, input=known) if complete else None,
    )


def with_question(figures: Estimate, model: str, tokens: int) -> Estimate:
    """`figures` of a request without its question, and one of so many `tokens` in it."""
    total = None if figures.total is None else figures.total + tokens
    return replace(
        figures,
        text_tokens=figures.text_tokens + tokens,
        known=figures.known + tokens,
        total=total,
        cost=_money(figures.price, total),
        at_most=None if total is None else most(model, figures.price, input=total),
    )


def _sum(counted: Sequence[ImageTokens | None]) -> int | None:
    known = [t.tokens for t in counted if t is not None and t.tokens is not None]
    return sum(known) if len(known) == len(counted) else None


def _money(price: Price | None, tokens: int | None) -> Decimal | None:
    if price is None or tokens is None:
        return None
    return cost(price, input=tokens)
