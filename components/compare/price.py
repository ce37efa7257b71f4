"""What cells cost before they go: each, by model, and all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from components.chat.draft import DraftImage
from components.chat.estimate import estimate
from components.compare.spec import Column, Spec
from components.compare.store import Cell, Comparison
from components.i18n import t
from components.images import PreparedImage
from components.models import find_model
from components.pricing import Price, cost, from_data, most
from components.providers.payload import label_of
from components.spending import charge_of
from components.spending.store import Charge
from components.tokens import count_text_tokens


class Priced(Protocol):
    """A request of a run with its estimate, of which column it may be."""

    @property
    def column(self) -> int: ...
    @property
    def estimated_input_tokens(self) -> int | None: ...
    @property
    def estimated_cost(self) -> Decimal | None: ...
    @property
    def prices(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class CellFigures:
    """Input tokens and USD of one request; None where a part isn't known."""

    tokens: int | None
    cost: Decimal | None
    price: Price | None


@dataclass(frozen=True)
class ModelPrice:
    """A column's part of a WholePrice, which see."""

    column: int
    cells: int
    tokens: int
    unknown: int
    cost: Decimal
    cost_unknown: int
    at_most: Decimal | None
    with_cache: Decimal = Decimal(0)


@dataclass(frozen=True)
class WholePrice:
    """What the input of all cells to be asked comes to.

    tokens, cost (USD): sums of what is known. unknown, cost_unknown: cells for which it isn't.
    at_most: with as many output tokens as are allowed; None where no limit is set or a price is
    missing. follow_ups: cells that are asked again in their conversation: the answers before
    them, which go along, aren't known yet and aren't counted.
    """

    cells: int
    tokens: int
    unknown: int
    cost: Decimal
    cost_unknown: int
    at_most: Decimal | None
    follow_ups: int
    models: tuple[ModelPrice, ...]

    @property
    def with_cache(self) -> Decimal:
        """cost, and on top what models may add that write prompts to their cache by themselves."""
        return sum((model.with_cache for model in self.models), Decimal(0))


def estimated(
    spec: Spec, cell: Cell, images: Sequence[tuple[DraftImage, PreparedImage]]
) -> CellFigures:
    """The chat's estimate of the request, the labels and what is asked again on top."""
    column = spec.columns[cell.column]
    model, host = column.model, column.endpoint.host
    question = spec.questions[cell.question]
    figures = estimate(model, images, spec.parameters, None, question, spec.lang, host)
    if figures.total is None:
        return CellFigures(None, None, figures.price)
    tokens = figures.total
    if spec.mode == "together":
        tokens += sum(
            count_text_tokens(label_of(letter, spec.lang), model) for letter in cell.letters
        )
    if spec.again:
        tokens += (cell.repeat - 1) * follow_up_tokens(model, spec.lang)
    return CellFigures(tokens, cost(figures.price, input=tokens), figures.price)


def follow_up_tokens(model: str, lang: str) -> int:
    """Of "are you sure?" and of the two messages that a round adds, without the answer's text."""
    said = count_text_tokens(t(lang, "compare.follow_up"), model)
    return said + 2 * find_model(model).message_tokens


def price(comparison: Comparison, cells: Sequence[Cell]) -> WholePrice:
    """Add up the cells that wait to be asked."""
    asked = [cell for cell in cells if cell.state == "waiting"]
    follow_ups = sum(comparison.again and cell.repeat > 1 for cell in asked)
    models = [each.model for each in comparison.models]
    return added(models, asked, limit_of(comparison.parameters), follow_ups)


def limit_of(parameters: Mapping[str, object]) -> int | None:
    """How many tokens an answer may have, where that is set."""
    limit = parameters.get("max_tokens")
    return limit if isinstance(limit, int) else None


def added(
    models: Sequence[str], asked: Sequence[Priced], output: int | None, follow_ups: int = 0
) -> WholePrice:
    """The sum of all that is asked. models: of the columns. output: as of limit_of."""
    of_models = tuple(
        _of_model(n, model, [each for each in asked if each.column == n], output)
        for n, model in enumerate(models)
    )
    highest = [model.at_most for model in of_models]
    return WholePrice(
        cells=len(asked),
        tokens=sum(model.tokens for model in of_models),
        unknown=sum(model.unknown for model in of_models),
        cost=sum((model.cost for model in of_models), Decimal(0)),
        cost_unknown=sum(model.cost_unknown for model in of_models),
        at_most=_sum(highest),
        follow_ups=follow_ups,
        models=of_models,
    )


def cell_charge(comparison: Comparison, cell: Cell, column: Column) -> Charge:
    """What a cell reserves before it is asked. Answers before it in its conversation, which go
    along, aren't known and aren't reserved; they are settled."""
    return charge_of(
        column.endpoint,
        column.model,
        images=len(cell.letters),
        input_tokens=cell.estimated_input_tokens or 0,
        price=from_data(cell.prices),
        max_tokens=limit_of(comparison.parameters),
        subject=cell.id,
    )


def _of_model(column: int, model: str, cells: Sequence[Priced], output: int | None) -> ModelPrice:
    tokens = [c.estimated_input_tokens for c in cells if c.estimated_input_tokens is not None]
    costs = [c.estimated_cost for c in cells if c.estimated_cost is not None]
    return ModelPrice(
        column=column,
        cells=len(cells),
        tokens=sum(tokens),
        unknown=len(cells) - len(tokens),
        cost=sum(costs, Decimal(0)),
        with_cache=sum((_with_cache(cell, model) for cell in cells), Decimal(0)),
        cost_unknown=len(cells) - len(costs),
        at_most=_sum([_at_most(cell, model, output) for cell in cells]),
    )


def _at_most(cell: Priced, model: str, output: int | None) -> Decimal | None:
    if output is None or cell.estimated_input_tokens is None:
        return None
    price = from_data(cell.prices)
    return most(model, price, input=cell.estimated_input_tokens, output=output)


def _with_cache(cell: Priced, model: str) -> Decimal:
    if cell.estimated_cost is None or cell.estimated_input_tokens is None:
        return cell.estimated_cost or Decimal(0)
    return most(model, from_data(cell.prices), input=cell.estimated_input_tokens) or Decimal(0)


def _sum(parts: Sequence[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None
