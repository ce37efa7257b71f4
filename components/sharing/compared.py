"""A comparison on a shared page."""

from collections.abc import Iterator
from html import escape

from components.compare.export.formatting import about, image_name, rows
from components.compare.export.summary import score_rows, table_rows
from components.compare.judging.scores import judged
from components.compare.store import Cell, ComparedImage, Comparison, StoredComparison
from components.i18n import t
from components.markdown import answer_html
from components.pricing import format_money
from components.sharing.figures import figure, table
from components.sharing.resolve_share import Shown

_COST_COLUMN = 3  # of score_rows


def compared(logged: StoredComparison, shown: Shown, token: str, lang: str) -> Iterator[str]:
    """Images, questions, answers side by side and the scores, in HTML."""
    comparison = logged.comparison
    yield f'<p class="facts">{escape(about(comparison, lang))}</p>\n<div class="images">\n'
    for image in comparison.images:
        yield figure(shown, image.hash, _caption(image), token, lang)
    yield "</div>\n"
    for number, question in enumerate(comparison.questions):
        yield f"<h2>{escape(t(lang, 'compare.out.question', n=number + 1))}</h2>\n"
        yield f'<div class="asked">{escape(question)}</div>\n'
        yield table(table_rows(logged, number, lang))
        yield from _answers(logged, number, shown, token, lang)
    scores = score_rows(comparison, logged.cells, lang)
    if not shown.share.with_costs:
        scores = [line[:_COST_COLUMN] + line[_COST_COLUMN + 1 :] for line in scores]
    yield f"<h2>{escape(t(lang, 'compare.out.scores'))}</h2>\n{table(scores)}"


def _caption(image: ComparedImage) -> str:
    """Without a gap where the name is hidden."""
    return " · ".join(part for part in image_name(image).split(" · ") if part)


def _answers(
    logged: StoredComparison, question: int, shown: Shown, token: str, lang: str
) -> Iterator[str]:
    comparison = logged.comparison
    heads = "".join(f"<th>{escape(model.model)}</th>" for model in comparison.models)
    first = escape(t(lang, "compare.out.image"))
    yield f'<div class="wide"><table>\n<tr><th>{first}</th>{heads}</tr>\n'
    for row in rows(logged):
        if row.question == question:
            letters = escape(" ".join(image.letter for image in row.images))
            columns = "".join(
                f"<td>{''.join(_cell(comparison, cell, shown, token, lang) for cell in cells)}</td>"
                for cells in row.columns
            )
            yield f"<tr><td>{letters}</td>{columns}</tr>\n"
    yield "</table></div>\n"


def _cell(comparison: Comparison, cell: Cell, shown: Shown, token: str, lang: str) -> str:
    told = " · ".join(_facts(comparison, cell, shown.share.with_costs, lang))
    pictures = "".join(figure(shown, p.hash, p.name, token, lang) for p in cell.pictures)
    return f'<p class="facts">{escape(told)}</p>{answer_html(cell.answer)}{pictures}'


def _facts(comparison: Comparison, cell: Cell, costs: bool, lang: str) -> Iterator[str]:
    if comparison.repeats > 1:
        yield t(lang, "compare.out.round", n=cell.repeat)
    yield t(lang, f"compare.state.{cell.state}")
    if judgement := judged(comparison, cell):
        yield t(lang, f"compare.out.{'right' if judgement.right else 'wrong'}")
    if costs and cell.result:
        yield format_money(cell.result.cost, lang) or t(lang, "compare.out.unknown_cost")
