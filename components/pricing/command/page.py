"""Figures as plain text for a terminal."""

import unicodedata
from collections.abc import Iterable, Sequence

from components.i18n import t
from components.i18n.sentence import sentence
from components.pricing.whatif.files.report import (
    Table,
    models_table,
    rejection_lines,
    rows_table,
    totals_table,
)
from components.pricing.whatif.sizes import SizesRead
from components.pricing.whatif.table import ModelLine
from components.pricing.whatif.types import Figures, Scenario
from components.text import one_line

_ROWS = 50  # lines of rows that are printed; the CSV has them all
_FIGURES = 5  # columns of a row that hold figures; those before are words


def page(scenario: Scenario, figures: Figures, sizes: SizesRead, lang: str) -> str:
    """Rows, totals, what speaks against the request, and rows that couldn't be read."""
    header, rows = rows_table(figures, lang)
    parts = [t(lang, "cost.command.heading", model=one_line(figures.model))]
    parts.append(aligned((header, rows[:_ROWS]), words=len(header) - _FIGURES))
    if len(rows) > _ROWS:
        parts.append(t(lang, "cost.command.more", n=len(rows) - _ROWS) + "\n")
    parts.append(aligned(totals_table(scenario, figures, lang)))
    parts += rejection_lines(figures, lang)
    if not figures.batch_known:
        parts.append(t(lang, "cost.command.no_batch"))
    if figures.like:
        said = {"model": one_line(figures.model), "like": figures.like}
        parts.append(t(lang, "cost.command.assumed", **said))
    if figures.price_source:
        parts.append(t(lang, "cost.command.source", source=figures.price_source))
    parts += problem_lines(sizes, lang)
    return "\n".join(parts) + "\n"


def models_page(scenario: Scenario, lines: Iterable[ModelLine], lang: str) -> str:
    """All models at once."""
    return aligned(models_table(scenario, lines, lang))


def problem_lines(sizes: SizesRead, lang: str) -> list[str]:
    """What couldn't be read, the first rows by name and the others as their number."""
    lines = [sentence(lang, error.code, error.data)[0] for error in sizes.problems]
    if sizes.bad > len(sizes.problems):
        lines.append(t(lang, "cost.command.more_bad", n=sizes.bad - len(sizes.problems)))
    if sizes.ignored:
        lines.append(t(lang, "cost.command.ignored", columns=", ".join(sizes.ignored)))
    return lines


def aligned(table: Table, words: int = 1) -> str:
    """A table in columns; the first `words` columns stand to the left, the others to the right."""
    header, rows = table
    lines = [[one_line(cell) for cell in line] for line in (header, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "".join(f"{_line(line, widths, words)}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], words: int) -> str:
    padded = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - _width(cell))
        padded.append(cell + space if index < words else space + cell)
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
