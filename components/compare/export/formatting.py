"""What stands beside a cell's answer, in words; and rows, in which cells are shown."""

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from components.compare.judging.scores import judged
from components.compare.store import Cell, ComparedImage, Comparison, StoredComparison
from components.export.keys import MASK
from components.i18n import t
from components.i18n.sentence import sentence
from components.pricing import format_money
from components.runner.types import AttemptResult

Logged = TypeVar("Logged")
_SHORTEST_KEY = 8  # characters; shorter ones would mask ordinary words


@dataclass(frozen=True)
class Row:
    """Cells of one question and one image (or all): by column, of one or more rounds."""

    question: int
    images: tuple[ComparedImage, ...]
    columns: tuple[tuple[Cell, ...], ...]


def rows(logged: StoredComparison, question: int) -> Iterator[Row]:
    """Of a question, by image in the order given."""
    comparison = logged.comparison
    shown = (
        [comparison.images]
        if comparison.mode == "together"
        else [(image,) for image in comparison.images]
    )
    for images in shown:
        letters = {image.letter for image in images}
        mine = [c for c in logged.cells if c.question == question and set(c.letters) == letters]
        columns = [
            tuple(sorted((c for c in mine if c.column == n), key=lambda c: c.repeat))
            for n in range(len(comparison.models))
        ]
        yield Row(question, images, tuple(columns))


def about(comparison: Comparison, lang: str) -> str:
    """One line for the head."""
    parts = [comparison.created_at.strftime("%Y-%m-%d %H:%M UTC")]
    parts.append(t(lang, f"compare.out.{comparison.mode}"))
    if comparison.order == "reversed":
        parts.append(t(lang, "compare.out.reversed"))
    return " · ".join(parts)


def image_name(image: ComparedImage) -> str:
    """Its letter, name and setting."""
    parts = [image.letter, image.name]
    if image.variant:
        parts.append(f"{image.variant} %" if image.variant.isdigit() else image.variant)
    return " · ".join(parts)


def facts(comparison: Comparison, cell: Cell, lang: str) -> str:
    """How it ended, whether it is right, what it used and took."""
    return " · ".join(_facts(comparison, cell, lang))


def _facts(comparison: Comparison, cell: Cell, lang: str) -> Iterator[str]:
    result = cell.result
    if comparison.repeats > 1:
        yield t(lang, "compare.out.round", n=cell.repeat)
    cut = cell.state == "ok" and result is not None and result.outcome != "ok"
    yield t(lang, f"compare.state.{'cut' if cut else cell.state}")
    judgement = judged(comparison, cell)
    if judgement:
        unsure = "perhaps" if judgement.right and not judgement.sure else "right"
        yield t(lang, f"compare.out.{unsure if judgement.right else 'wrong'}")
    if result is None:
        return
    if result.input_tokens is not None and result.output_tokens is not None:
        figures = {"input": f"{result.input_tokens:,}", "output": f"{result.output_tokens:,}"}
        yield t(lang, "compare.out.tokens", **figures)
    yield format_money(result.cost, lang) or t(lang, "compare.out.unknown_cost")
    if result.ms_first is not None:
        yield t(lang, "compare.out.first", seconds=f"{result.ms_first / 1000:.1f}")
    if result.ms_total is not None:
        yield t(lang, "compare.out.seconds", seconds=f"{result.ms_total / 1000:.1f}")


def failure(result: AttemptResult | None, lang: str) -> str:
    """Why there is no answer, "" where nothing went wrong."""
    if result is None or result.code is None:
        return ""
    try:
        return sentence(lang, result.code, result.error_data)[0]
    except (KeyError, ValueError):  # a code or a figure of another version
        return result.code


def without_keys(logged: Logged, keys: Collection[str]) -> Logged:
    """A copy in which `keys` are masked in every text."""
    known = [key for key in keys if len(key) >= _SHORTEST_KEY]
    masked: Logged = _masked(logged, known) if known else logged
    return masked


def _masked(value: Any, keys: Sequence[str]) -> Any:
    match value:
        case str():
            for key in keys:
                value = value.replace(key, MASK)
            return value
        case list() | tuple():
            return type(value)(_masked(each, keys) for each in value)
        case dict():
            return {_masked(k, keys): _masked(each, keys) for k, each in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value)]
        return replace(value, **{name: _masked(getattr(value, name), keys) for name in fields})
    return value
