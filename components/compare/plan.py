"""A spec as cells: one request each, with what it is expected to cost."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from components.chat.store import NewImage, new_id
from components.chat.turn import title_of
from components.compare.errors import CompareError
from components.compare.price import estimated
from components.compare.sizes import prepare_picture
from components.compare.spec import Column, Spec, SpecImage, check, check_least
from components.compare.store import Cell, ComparedImage, ComparedModel, Comparison, Order
from components.errors import ImageError
from components.images import PreparedImage
from components.images.pool import shared_pool
from components.models import find_model
from components.pricing import to_data
from components.runner.finalize import failed

Prepared = PreparedImage | ImageError
Sizes = Mapping[tuple[str, int], Prepared]


@dataclass(frozen=True)
class Plan:
    """A comparison that can be started. pictures: by letter, those that can be sent.

    broken: what is wrong with the images that no model can be sent; they are left out, and the
    others keep their letters. A cell that one model alone can't be sent has failed already.
    """

    comparison: Comparison
    cells: tuple[Cell, ...]
    pictures: Mapping[str, SpecImage]
    columns: tuple[Column, ...]
    broken: tuple[ImageError, ...] = ()

    @property
    def contents(self) -> list[NewImage]:
        """The images' bytes, each once."""
        kept = {p.image.digest: _kept(p) for p in self.pictures.values()}
        return list(kept.values())


def plan(spec: Spec) -> Plan:
    """Prepare all images and work out every cell. Raises CompareError.

    Blocks while images are prepared, several at a time; those of the last plan come from a cache.
    """
    check(spec)
    sizes = _prepare(spec)
    pictures = {p.letter: p for p in spec.pictures if _sendable(p, sizes, len(spec.columns))}
    check_least(spec.mode, len(pictures))
    broken = [sizes[p.letter, 0] for p in spec.pictures if p.letter not in pictures]
    comparison = _comparison(spec, pictures)
    return Plan(
        comparison=comparison,
        cells=tuple(_cells(spec, pictures, sizes)),
        pictures=pictures,
        columns=tuple(spec.columns),
        broken=tuple(error for error in broken if isinstance(error, ImageError)),
    )


def check_length(made: Plan) -> None:
    """Raise CompareError("compare_over_context") for a request longer than its model can read."""
    for cell in made.cells:
        model = made.comparison.models[cell.column].model
        window, tokens = find_model(model).context, cell.estimated_input_tokens
        if window is not None and tokens is not None and tokens > window:
            data = {"model": model, "tokens": f"{tokens:,}", "limit": f"{window:,}"}
            raise CompareError("compare_over_context", **data)


def reversed_spec(spec: Spec, comparison: Comparison) -> Spec:
    """The same once more with the images in the opposite order, as a pair of `comparison`."""
    opposite: Order = "given" if comparison.order == "reversed" else "reversed"
    return replace(spec, order=opposite, pair_id=comparison.pair_id or comparison.id)


def _prepare(spec: Spec) -> Sizes:
    """By (letter, column): the size that is sent, without the bytes, which would fill memory."""

    def size(picture: SpecImage, column: Column) -> Prepared:
        try:
            made = prepare_picture(picture, column.model, column.endpoint)
        except ImageError as error:
            return error
        return replace(made, content=b"", data_url="")

    pool = shared_pool()
    begun: dict[tuple[str, int], Future[Prepared]] = {
        (picture.letter, n): pool.run(size, picture, column)
        for picture in spec.pictures
        for n, column in enumerate(spec.columns)
    }
    return {key: future.result() for key, future in begun.items()}


def _sendable(picture: SpecImage, sizes: Sizes, columns: int) -> bool:
    return any(not isinstance(sizes[picture.letter, n], ImageError) for n in range(columns))


def _comparison(spec: Spec, pictures: Mapping[str, SpecImage]) -> Comparison:
    return Comparison(
        id=new_id(),
        created_at=datetime.now(UTC),
        title=title_of(spec.questions[0]),
        mode=spec.mode,
        images=tuple(_compared(picture) for picture in pictures.values()),
        questions=tuple(spec.questions),
        models=tuple(
            ComparedModel(c.endpoint.name, c.endpoint.host, c.model) for c in spec.columns
        ),
        parameters=asdict(spec.parameters),
        lang=spec.lang,
        repeats=spec.repeats,
        again=spec.again,
        order=spec.order,
        pair_id=spec.pair_id,
        accepted=tuple(spec.accepted),
    )


def _cells(spec: Spec, pictures: Mapping[str, SpecImage], sizes: Sizes) -> Iterator[Cell]:
    """Columns change fastest, so that all models begin at once."""
    order = list(pictures)
    if spec.order == "reversed":
        order.reverse()
    rows = [tuple(order)] if spec.mode == "together" else [(letter,) for letter in order]
    for repeat in range(1, spec.repeats + 1):
        for row in rows:
            for question in range(len(spec.questions)):
                for column in range(len(spec.columns)):
                    cell = Cell(new_id(), row, question, column, repeat)
                    yield _worked_out(spec, cell, pictures, sizes)


def _worked_out(spec: Spec, cell: Cell, pictures: Mapping[str, SpecImage], sizes: Sizes) -> Cell:
    images = []
    for letter in cell.letters:
        prepared = sizes[letter, cell.column]
        if isinstance(prepared, ImageError):
            return replace(cell, state="failed", result=failed(prepared))
        images.append((pictures[letter].image, prepared))
    figures = estimated(spec, cell, images)
    return replace(
        cell,
        estimated_input_tokens=figures.tokens,
        estimated_cost=figures.cost,
        prices=to_data(figures.price),
    )


def _compared(picture: SpecImage) -> ComparedImage:
    image, info = picture.image, picture.image.info
    return ComparedImage(
        letter=picture.letter,
        hash=image.digest or "",
        name=image.name,
        detail=image.detail,
        as_is=image.as_is,
        first_frame=image.first_frame,
        original_width=info.width if info else None,
        original_height=info.height if info else None,
        scale=picture.scale,
        box=picture.box,
        variant=picture.variant,
    )


def _kept(picture: SpecImage) -> NewImage:
    image = picture.image
    media_type = f"image/{image.info.format}" if image.info else "application/octet-stream"
    return NewImage(image.digest or "", image.content or b"", media_type, image.thumbnail or b"")
