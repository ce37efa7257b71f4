"""Tables of a comparison as rows of texts, the first one being the heading."""

from collections.abc import Sequence

from components.compare.judging.scores import scores
from components.compare.judging.table import answer_table
from components.compare.store import Cell, Comparison, StoredComparison
from components.i18n import t
from components.pricing import format_money


def score_rows(comparison: Comparison, cells: Sequence[Cell], lang: str) -> list[list[str]]:
    """Per model a row: answered, right of judged, cost, time."""
    names = ("model", "answered", "score_right", "score_cost", "score_time")
    lines = [[t(lang, f"compare.out.{name}") for name in names]]
    for score in scores(comparison, cells):
        total = sum(cell.column == score.column for cell in cells)
        cost = format_money(score.cost, lang)
        if score.cost_unknown:
            cost = f"{cost} + {t(lang, 'compare.out.unknown_cost')}"
        time = score.ms_total
        seconds = "" if time is None else f"{time / 1000:.1f}"
        lines.append(
            [
                comparison.models[score.column].model,
                t(lang, "compare.out.of", n=score.answered, total=total),
                t(lang, "compare.out.of", n=score.right, total=score.judged)
                if score.judged
                else "",
                cost,
                t(lang, "compare.out.seconds", seconds=seconds) if seconds else "",
            ]
        )
    return lines


def table_rows(logged: StoredComparison, question: int, lang: str) -> list[list[str]]:
    """Answers that are JSON or numbers: per image a row, per model and field a column; [] for
    other answers."""
    comparison = logged.comparison
    table = answer_table(comparison, logged.cells, question)
    if table is None:
        return []
    head = [t(lang, "compare.out.image")]
    for model in comparison.models:
        head += [f"{model.model} · {name}" if name else model.model for name in table.fields]
    empty = ("",) * len(table.fields)
    lines = [
        [row.letter or t(lang, "compare.out.all_images")]
        + [value for values in row.values for value in values or empty]
        for row in table.rows
    ]
    return [head, *lines]
