"""One HTML file with the images in it, that runs nothing and loads nothing."""

import base64
import hashlib
from collections.abc import Collection, Iterator, Sequence
from html import escape

from components.compare.export.formatting import (
    about,
    facts,
    failure,
    image_name,
    rows,
    without_keys,
)
from components.compare.export.summary import score_rows, table_rows
from components.compare.store import Cell, Comparison, StoredComparison
from components.export.converted import for_browsers
from components.export.pictures import EXTENSIONS, ImageOf
from components.i18n import t
from components.markdown import ANSWER_STYLE, answer_html

_STYLE = (
    "body{margin:2rem auto;max-width:90rem;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;"
    "color:#1f2328;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2.5rem}"
    "p.facts,figcaption{color:#59636e;font-size:.85rem;margin:.2rem 0}"
    "div.text{overflow-wrap:anywhere}div.asked{white-space:pre-wrap;unicode-bidi:plaintext}"
    "div.images{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;max-width:24rem}"
    "img{max-width:100%;max-height:20rem}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #d1d9e0;padding:.5rem;text-align:left;vertical-align:top}"
) + ANSWER_STYLE
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; img-src data:; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'"
)


def comparison_html(
    logged: StoredComparison, image_of: ImageOf, lang: str, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """The page in pieces, an image at a time. Questions stand in it as they were written, answers
    as they are shown."""
    clean = without_keys(logged, keys)
    for piece in _pieces(clean, for_browsers(image_of), lang):
        yield piece.encode("utf-8", "replace")


def _pieces(logged: StoredComparison, image_of: ImageOf, lang: str) -> Iterator[str]:
    comparison = logged.comparison
    title = escape(comparison.title or t(lang, "compare.out.title"))
    yield (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="facts">{escape(about(comparison, lang))}</p>\n<div class="images">\n'
    )
    for image in comparison.images:
        yield _figure(image.hash, image_name(image), image_of, lang)
    yield "</div>\n"
    for number, question in enumerate(comparison.questions):
        yield f"<h2>{escape(t(lang, 'compare.out.question', n=number + 1))}</h2>\n"
        yield f'<div class="text asked">{escape(question)}</div>\n'
        yield _plain_table(table_rows(logged, number, lang))
        yield from _answers(logged, number, image_of, lang)
    yield f"<h2>{escape(t(lang, 'compare.out.scores'))}</h2>\n"
    yield _plain_table(score_rows(comparison, logged.cells, lang))
    yield "</body>\n</html>\n"


def _figure(digest: str, called: str, image_of: ImageOf, lang: str) -> str:
    name = escape(called)
    kept = image_of(digest)
    if kept is None or kept.media_type not in EXTENSIONS:
        missing = escape(t(lang, "compare.out.missing"))
        return f"<figure><figcaption>{name}: {missing}</figcaption></figure>\n"
    data = base64.b64encode(kept.content).decode()
    shown = f'<img alt="{name}" src="data:{kept.media_type};base64,{data}">'
    return f"<figure>{shown}<figcaption>{name}</figcaption></figure>\n"


def _answers(
    logged: StoredComparison, question: int, image_of: ImageOf, lang: str
) -> Iterator[str]:
    comparison = logged.comparison
    heads = "".join(
        f"<th>{escape(f'{model.model} · {model.endpoint}')}</th>" for model in comparison.models
    )
    yield f"<table>\n<tr><th>{escape(t(lang, 'compare.out.image'))}</th>{heads}</tr>\n"
    for row in rows(logged):
        if row.question != question:
            continue
        name = "<br>".join(escape(image_name(image)) for image in row.images)
        accepted = comparison.accepted_for([i.letter for i in row.images], question)
        if accepted is not None:
            told = t(lang, "compare.out.accepted", answer=accepted)
            name += f'<p class="facts">{escape(told)}</p>'
        columns = "".join(
            f"<td>{''.join(_cell(comparison, cell, image_of, lang) for cell in cells)}</td>"
            for cells in row.columns
        )
        yield f"<tr><td>{name}</td>{columns}</tr>\n"
    yield "</table>\n"


def _cell(comparison: Comparison, cell: Cell, image_of: ImageOf, lang: str) -> str:
    parts = [f'<p class="facts">{escape(facts(comparison, cell, lang))}</p>']
    if said := failure(cell, lang):
        parts.append(f"<p>{escape(said)}</p>")
    if cell.answer:
        parts.append(f'<div class="text">{answer_html(cell.answer)}</div>')
    parts += [_figure(p.hash, p.name, image_of, lang) for p in cell.pictures]
    return "".join(parts)


def _plain_table(lines: Sequence[Sequence[str]]) -> str:
    if not lines:
        return ""
    head = "".join(f"<th>{escape(each)}</th>" for each in lines[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in line)}</tr>\n" for line in lines[1:]
    )
    return f"<table>\n<tr>{head}</tr>\n{body}</table>\n"
