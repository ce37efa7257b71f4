"""A comparison as Markdown that loads nothing from anywhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from components.compare.export.formatting import (
    Row,
    about,
    facts,
    failure,
    image_name,
    rows,
    without_keys,
)
from components.compare.export.summary import score_rows, table_rows
from components.compare.store import Cell, Comparison, StoredComparison
from components.export.harmless import harmless
from components.i18n import t
from components.text import escape_markdown


def comparison_markdown(
    logged: StoredComparison,
    lang: str,
    keys: Collection[str] = (),
    files: Mapping[str, str] | None = None,
) -> bytes:
    """The whole as one text. files: hash -> path of an image that lies beside it."""
    clean = without_keys(logged, keys)
    parts = list(_parts(clean, lang, files or {}))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _parts(logged: StoredComparison, lang: str, files: Mapping[str, str]) -> Iterator[str]:
    comparison = logged.comparison
    yield f"# {escape_markdown(comparison.title)}"
    yield escape_markdown(about(comparison, lang))
    for image in comparison.images:
        yield _image(image.hash, image_name(image), files)
    for number in range(len(comparison.questions)):
        yield from _question(logged, number, lang)
        for row in rows(logged, number):
            yield from _row(comparison, row, lang, files)
    yield f"## {t(lang, 'compare.out.scores')}"
    yield _table(score_rows(comparison, logged.cells, lang))


def _image(digest: str, name: str, files: Mapping[str, str]) -> str:
    name = escape_markdown(name)
    return f"![{name}]({files[digest]})\n\n{name}" if digest in files else f"- {name}"


def _question(logged: StoredComparison, number: int, lang: str) -> Iterator[str]:
    yield f"## {t(lang, 'compare.out.question', n=number + 1)}"
    yield harmless(logged.comparison.questions[number])
    table = table_rows(logged, number, lang)
    if table:
        yield _table(table)


def _row(comparison: Comparison, row: Row, lang: str, files: Mapping[str, str]) -> Iterator[str]:
    one = len(row.images) == 1
    name = image_name(row.images[0]) if one else t(lang, "compare.out.all_images")
    yield f"### {escape_markdown(name)}"
    accepted = comparison.accepted_for([i.letter for i in row.images], row.question)
    if accepted is not None:
        yield escape_markdown(t(lang, "compare.out.accepted", answer=accepted))
    for model, cells in zip(comparison.models, row.columns, strict=True):
        yield f"#### {escape_markdown(f'{model.model} · {model.endpoint}')}"
        for cell in cells:
            yield from _cell(comparison, cell, lang, files)


def _cell(comparison: Comparison, cell: Cell, lang: str, files: Mapping[str, str]) -> Iterator[str]:
    yield escape_markdown(facts(comparison, cell, lang))
    if said := failure(cell.result, lang):
        yield escape_markdown(said)
    if cell.answer:
        yield harmless(cell.answer)
    for picture in cell.pictures:
        yield _image(picture.hash, picture.name, files)


def _table(lines: Sequence[Sequence[str]]) -> str:
    head, *body = [[escape_markdown(each) or " " for each in line] for line in lines]
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *body))
