"""The answers of comparisons as uses of the store, as those of conversations are."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from components.chat.store import StoredAttempt, StoredImage, StoredMessage, StoredUse
from components.compare.sizes import scaled
from components.compare.store import (
    Cell,
    ComparedImage,
    CompareStore,
    Comparison,
    ComparisonSummary,
)
from components.i18n import t
from components.images.geometry import Size, target_size
from components.providers.payload import label_of

_PAGE = 50  # comparisons read at once


def begun_since(store: CompareStore, owner: str, since: datetime) -> list[ComparisonSummary]:
    """Comparisons that were begun since then, newest first."""
    found: list[ComparisonSummary] = []
    while True:
        page = store.page(owner, limit=_PAGE, offset=len(found))
        young = [each for each in page if each.created_at >= since]
        found += young
        if len(young) < _PAGE:
            return found


def uses_of(comparison: Comparison, cells: Sequence[Cell]) -> Iterator[StoredUse]:
    """Each cell that was answered or billed. Of a conversation with "are you sure?" the rounds
    before are its history. started_at: of the comparison."""
    for cell in cells:
        result = cell.result
        if not cell.ended or result is None:
            continue
        if cell.state != "ok" and result.output_tokens is None:
            continue
        model = comparison.models[cell.column]
        attempt = StoredAttempt(
            cell.id,
            model.endpoint,
            model.host,
            model.model,
            {**comparison.parameters, "lang": comparison.lang},
            comparison.created_at,
            cell.estimated_input_tokens,
            cell.estimated_cost,
            cell.prices,
            result,
        )
        *history, question = _asked(comparison, cell, cells)
        yield StoredUse(comparison.id, comparison.title, attempt, question, tuple(history))


def _asked(comparison: Comparison, cell: Cell, cells: Sequence[Cell]) -> list[StoredMessage]:
    """The messages of its request."""
    at = comparison.created_at
    images = [image for image in comparison.images if image.letter in cell.letters]
    labels = []
    if comparison.mode == "together":
        labels = [label_of(image.letter, comparison.lang) for image in images]
    text = " ".join([*labels, comparison.questions[cell.question]])
    model = comparison.models[cell.column]
    pictures = tuple(_image(image, model.model, model.host) for image in images)
    said = [StoredMessage(f"{cell.id}-1", "user", text, at, pictures)]
    if comparison.again:
        before = {c.repeat: c.answer for c in cells if c.place == cell.place}
        for n in range(1, cell.repeat):
            parent = said[-1].id
            answer = StoredMessage(
                f"{cell.id}-{n}a", "assistant", before.get(n, ""), at, parent_id=parent
            )
            again = t(comparison.lang, "compare.follow_up")
            follow = StoredMessage(f"{cell.id}-{n + 1}", "user", again, at, parent_id=answer.id)
            said += [answer, follow]
    return said


def _image(image: ComparedImage, model: str, host: str) -> StoredImage:
    width, height = _size(image, model, host) or (None, None)
    return StoredImage(
        image.hash,
        image.name,
        image.detail,
        width,
        height,
        width,
        height,
        None,
        as_is=image.as_is,
        first_frame=image.first_frame,
    )


def _size(image: ComparedImage, model: str, host: str) -> Size | None:
    """In pixels, upright; of one that is cut out or made smaller as it went out."""
    if image.original_width is None or image.original_height is None:
        return None
    size = image.original_width, image.original_height
    if image.box:
        left, top, right, bottom = image.box
        size = right - left, bottom - top
    if image.scale == 100:
        return size
    return scaled(target_size(model, size, image.detail, image.name, host), image.scale)
