"""One HTML file with the images in it, that runs nothing and loads nothing."""

from collections.abc import Collection, Iterator

from components.compare.export.formatting import (
    about,
    facts,
    failure,
    image_name,
    rows,
    without_keys,
)
from components.compare.export.summary import score_rows, table_rows
from components.compare.store import StoredComparison
from components.export.converted import for_browsers
from components.export.html_page import source_of
from components.export.pictures import ImageOf
from components.i18n import t
from components.markdown import ANSWER_STYLE
from components.templates import template

_STYLE = (
    "body{margin:2rem auto;max-width:90rem;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;"
    "color:#1f2328;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2.5rem}"
    "p.facts,figcaption{color:#59636e;font-size:.85rem;margin:.2rem 0}"
    "div.text{overflow-wrap:anywhere}div.asked{white-space:pre-wrap;unicode-bidi:plaintext}"
    "div.images{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;max-width:24rem}"
    "img{max-width:100%;max-height:20rem}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #d1d9e0;padding:.5rem;text-align:left;vertical-align:top}"
) + ANSWER_STYLE


def comparison_html(
    logged: StoredComparison, image_of: ImageOf, lang: str, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """The page in pieces, an image at a time. Questions stand in it as they were written, answers
    as they are shown."""
    clean = without_keys(logged, keys)
    comparison, shown = clean.comparison, for_browsers(image_of)
    pieces = template("compare/export/page.html").generate(
        lang=lang,
        style=_STYLE,
        title=comparison.title or t(lang, "compare.out.title"),
        comparison=comparison,
        about=about,
        image_name=image_name,
        source_of=lambda digest: source_of(digest, shown),
        table_rows=lambda question: table_rows(clean, question, lang),
        rows=lambda question: rows(clean, question),
        accepted=lambda row: comparison.accepted_for(
            [image.letter for image in row.images], row.question
        ),
        facts=lambda cell: facts(comparison, cell, lang),
        failure=lambda cell: failure(cell.result, lang),
        scores=score_rows(comparison, clean.cells, lang),
    )
    for piece in pieces:
        yield piece.encode("utf-8", "replace")
