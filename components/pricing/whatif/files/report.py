"""Figures as tables of texts, for the command line and to be copied as Markdown."""

from collections.abc import Iterable
from decimal import Decimal

from components.i18n import t
from components.pricing.whatif.currency import format_amounts
from components.pricing.whatif.table import ModelLine
from components.pricing.whatif.types import Figures, RowFigures, Scenario

Table = tuple[list[str], list[list[str]]]
_PART = ("images", "text", "cached", "output", "total")


def rows_table(figures: Figures, lang: str) -> Table:
    """A line per row: name (where one has any), size, count, detail, size as the model sees it,
    tokens each and in all."""
    named = any(found.row.name for found in figures.rows)
    header = _titles(lang, "size", "count", "detail", "seen", "each", "total")
    lines = [_row(found, lang) for found in figures.rows]
    if not named:
        return header, lines
    names = [[found.row.name, *line] for found, line in zip(figures.rows, lines, strict=True)]
    return [*_titles(lang, "name"), *header], names


def totals_table(scenario: Scenario, figures: Figures, lang: str) -> Table:
    """Tokens of a request, and money of a conversation and a month, by what it is paid for."""
    header = _titles(lang, "what", "tokens", "conversation", "month")
    first = figures.turns[0] if figures.turns else None
    tokens = {
        "images": figures.images,
        "text": figures.text,
        "cached": None,
        "output": figures.output,
        "total": first.images + first.text + first.output if first else None,
    }
    lines = [
        [
            t(lang, f"cost.report.{part}"),
            "" if part == "cached" else _number(tokens[part], lang),
            *(
                _money(getattr(money, part), scenario, lang, most if part == "total" else None)
                for money, most in (
                    (figures.conversation, figures.at_most),
                    (figures.month, figures.month_at_most),
                )
            ),
        ]
        for part in _PART
    ]
    return header, lines


def models_table(scenario: Scenario, lines: Iterable[ModelLine], lang: str) -> Table:
    """A line per model, in the order of `lines`."""
    header = _titles(
        lang, "model", "images", "input", "conversation", "month", "context", "difference"
    )
    return header, [
        [
            line.model,
            _number(line.images, lang),
            _number(line.input, lang),
            _money(line.conversation.total, scenario, lang, line.at_most),
            _money(line.month.total, scenario, lang, line.month_at_most),
            _number(line.context, lang),
            "" if line.difference is None else f"{line.difference:+.0%}",
        ]
        for line in lines
    ]


def rejection_lines(figures: Figures, lang: str) -> list[str]:
    """Whether the request would be rejected, a sentence per reason."""
    return [
        t(lang, f"cost.rejected.{'certain' if each.certain else 'likely'}")
        + (" " if lang == "en" else "")
        + t(lang, f"cost.rejected.{each.code}", **each.data)
        for each in figures.rejections
    ]


def _row(found: RowFigures, lang: str) -> list[str]:
    row, (width, height) = found.row, found.resized
    return [
        f"{row.width} × {row.height}",
        f"{row.count:,}",
        found.detail,
        f"{width} × {height}" if found.status == "ok" else "",
        _counted(found.each, found, lang, images=1),
        _counted(found.total, found, lang, images=row.count),
    ]


def _counted(tokens: int | None, found: RowFigures, lang: str, *, images: int) -> str:
    if found.status == "rejected":
        return t(lang, "cost.report.rejected")
    return _number(tokens, lang, found.tolerance * images)


def _number(value: int | None, lang: str, tolerance: int = 0) -> str:
    if value is None:
        return t(lang, "cost.report.unknown")
    return f"{value:,}" + (f" ±{tolerance:,}" if tolerance else "")


def _money(usd: Decimal | None, scenario: Scenario, lang: str, most: Decimal | None = None) -> str:
    if usd is None:
        return t(lang, "cost.report.unknown")
    return format_amounts(usd, most, scenario.currency, scenario.rate, lang)


def _titles(lang: str, *keys: str) -> list[str]:
    return [t(lang, f"cost.report.{key}") for key in keys]
