"""One HTML file with small images in it, that runs nothing and loads nothing."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from components.cases.report.report import Report
from components.cases.report.successors import judge_lines, successor_lines
from components.cases.report.words import (
    answered_by,
    case_state,
    column_lines,
    compared_lines,
    held_line,
    question,
    setting_name,
    why,
)
from components.cases.results import CaseResult
from components.cases.wording import expectation
from components.export.pictures import ImageOf
from components.i18n import t
from components.images.formats.sniff import sniff
from components.templates import template

_STYLE = (
    "body{margin:2rem auto;max-width:90rem;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;"
    "color:#1f2328;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2.5rem}"
    "h3{font-size:1rem;margin:1.5rem 0 .3rem}p.facts,span.facts{color:#59636e;font-size:.85rem}"
    "p{margin:.3rem 0}p.said{font-weight:600}div.text{white-space:pre-wrap;overflow-wrap:anywhere;"
    "unicode-bidi:plaintext}div.scroll{overflow-x:auto}img{max-width:12rem;max-height:9rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #d1d9e0;padding:.5rem;text-align:left;vertical-align:top}"
    "b.right{color:#1a7f37}b.wrong{color:#d1242f}b.wavers,b.unsure{color:#9a6700}"
)


@dataclass(frozen=True)
class Line:
    """A case in every column, or before and after."""

    place: int
    id: str
    cells: tuple[CaseResult | None, ...]


def report_html(report: Report, lang: str, image_of: ImageOf) -> Iterator[bytes]:
    """The page in pieces. Questions and answers stand in it as they were written."""
    cases = report.asked.cases
    waiting = sum(column.kinds["unasked"] for column in report.columns)
    pieces = template("cases/report/page.html").generate(
        lang=lang,
        style=_STYLE,
        title=report.run.name or t(lang, "cases.out.title"),
        run=report.run,
        held=held_line(lang, report.run.held, waiting),
        columns=[
            (setting_name(lang, column.setting), list(column_lines(lang, column)))
            for column in report.columns
        ],
        compared=[
            (
                list(compared_lines(lang, each)),
                [
                    (
                        change.change,
                        Line(change.after.place, change.after.id, (change.before, change.after)),
                    )
                    for change in each.changes
                    if change.change != "same"
                ],
            )
            for each in report.compared
        ],
        told=list(successor_lines(lang, report)),
        judged=list(judge_lines(lang, report)),
        lines=_lines(report),
        question=lambda place: question(cases[place]),
        expected=lambda place: expectation(lang, report.asked.graders(place)),
        sources=lambda place: _sources(report, place, image_of),
        case_state=lambda case: case_state(lang, case),
        why=lambda answer: why(lang, answer),
        other=lambda answer: answered_by(answer, report.run.settings[answer.column]),
    )
    for piece in pieces:
        yield piece.encode("utf-8", "replace")


def _lines(report: Report) -> list[Line]:
    by_place = [{case.place: case for case in column.cases} for column in report.columns]
    return [
        Line(place, case.id, tuple(cases.get(place) for cases in by_place))
        for place, case in enumerate(report.asked.cases)
    ]


def _sources(report: Report, place: int, image_of: ImageOf) -> list[Markup]:
    """Of the case's images, small."""
    found = []
    for image in report.asked.cases[place].images:
        facts = report.asked.images.get(image.image)
        kept = image_of(facts.hash) if facts else None
        if kept and kept.thumbnail:
            kind, _ = sniff(kept.thumbnail)
            data = base64.b64encode(kept.thumbnail).decode()
            found.append(Markup(f"data:image/{kind};base64,{data}"))
    return found
