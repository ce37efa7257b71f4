"""A comparison on a shared page."""

from collections.abc import Iterator

from components.compare.export.formatting import image_name, rows
from components.compare.export.summary import score_rows, table_rows
from components.compare.judging.scores import judged
from components.compare.store import Cell, ComparedImage, Comparison, StoredComparison
from components.i18n import t
from components.pricing import format_money
from components.sharing.figures import picture_of
from components.sharing.resolve_share import Shown
from components.sharing.talk import PREVIEWED
from components.text import one_line

_COST_COLUMN = 3  # of score_rows


def compared(logged: StoredComparison, shown: Shown, token: str, lang: str) -> dict[str, object]:
    """What compared.html is filled with."""
    comparison = logged.comparison
    scores = score_rows(comparison, logged.cells, lang)
    if not shown.share.with_costs:
        scores = [line[:_COST_COLUMN] + line[_COST_COLUMN + 1 :] for line in scores]
    return {
        "comparison": comparison,
        "wide": True,
        "preview": one_line(" · ".join(comparison.questions))[:PREVIEWED],
        "pictures_of_row": lambda row: [
            picture_of(shown, image.hash, _caption(image), token) for image in row.images
        ],
        "table_rows": lambda question: table_rows(logged, question, lang),
        "rows": lambda question: rows(logged, question),
        "facts_of": lambda cell: " · ".join(_facts(comparison, cell, shown.share.with_costs, lang)),
        "pictures_of": lambda cell: [
            picture_of(shown, picture.hash, picture.name, token) for picture in cell.pictures
        ],
        "scores": scores,
    }


def _caption(image: ComparedImage) -> str:
    """Without a gap where the name is hidden."""
    return " · ".join(part for part in image_name(image).split(" · ") if part)


def _facts(comparison: Comparison, cell: Cell, costs: bool, lang: str) -> Iterator[str]:
    if comparison.repeats > 1:
        yield t(lang, "compare.out.round", n=cell.repeat)
    yield t(lang, f"compare.state.{cell.state}")
    if judgement := judged(comparison, cell):
        yield t(lang, f"compare.out.{'right' if judgement.right else 'wrong'}")
    if costs and cell.result:
        yield format_money(cell.result.cost, lang) or t(lang, "compare.out.unknown_cost")
