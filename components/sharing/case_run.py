"""A run of cases on a shared page."""

from collections.abc import Iterator, Sequence

from components.cases.case import Case
from components.cases.changes import CaseChange, Change
from components.cases.report.report import Report
from components.cases.report.successors import successor_lines
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
from components.cases.results import CaseResult, Kind
from components.cases.store.runs import Answer
from components.cases.wording import expectation
from components.i18n import t
from components.sharing.figures import Picture, picture_of
from components.sharing.resolve_share import Shown
from components.sharing.talk import PREVIEWED
from components.text import one_line

MOST = 300
"""Cases that a page shows; a report as a file has all."""

Card = tuple[str, CaseResult]
"""A heading and what came of a case below it."""


def case_run(report: Report, shown: Shown, token: str, lang: str) -> dict[str, object]:
    """What case_run.html is filled with: the changed cases first, then all."""
    costs, names = shown.share.with_costs, shown.share.with_names
    waiting = sum(column.kinds["unasked"] for column in report.columns)
    said = [line for each in report.compared for line in compared_lines(lang, each, costs=costs)]
    total = len(report.asked.cases)
    return {
        "wide": True,
        "preview": one_line(" ".join(said[1:2]) or _first(report, lang))[:PREVIEWED],
        "held": held_line(lang, report.run.held, waiting),
        "columns": [
            (setting_name(lang, column.setting), list(column_lines(lang, column, costs=costs)))
            for column in report.columns
        ],
        "compared": [
            (list(compared_lines(lang, each, costs=costs)), _changes(each.changes, lang))
            for each in report.compared
        ],
        # These name models and say what they cost.
        "told_of_models": list(successor_lines(lang, report)) if costs and names else [],
        "cases": _cases(report, lang),
        "some": t(lang, "sharing.page.some_cases", shown=MOST, n=total) if total > MOST else "",
        "asked": lambda place: question(report.asked.cases[place]),
        "expected": lambda place: expectation(lang, report.asked.graders(place)),
        "pictures": lambda place: _pictures(report, report.asked.cases[place], shown, token, lang),
        "state": lambda case: case_state(lang, case),
        "answers": lambda case: list(_answers(report, case, names=names, lang=lang)),
    }


def _first(report: Report, lang: str) -> str:
    return next(column_lines(lang, report.columns[0], costs=False), "") if report.columns else ""


def _changes(changes: Sequence[CaseChange], lang: str) -> list[tuple[Change, int, list[Card]]]:
    before, after = t(lang, "cases.out.before"), t(lang, "cases.out.after")
    found: list[tuple[Change, int, list[Card]]] = [
        (each.change, each.after.place, [(before, each.before), (after, each.after)])
        for each in changes
        if each.change != "same"
    ]
    return found[:MOST]


def _cases(report: Report, lang: str) -> list[tuple[int, list[Card]]]:
    found: list[tuple[int, list[Card]]] = [
        (place, []) for place in range(min(len(report.asked.cases), MOST))
    ]
    for column in report.columns:
        name = setting_name(lang, column.setting)
        for case in column.cases:
            if case.place < len(found):
                found[case.place][1].append((name, case))
    return found


def _pictures(report: Report, case: Case, shown: Shown, token: str, lang: str) -> Iterator[Picture]:
    for n, image in enumerate(case.images, 1):
        facts = report.asked.images.get(image.image)
        caption = t(lang, "sharing.page.image", n=n)
        yield picture_of(shown, facts.hash if facts else None, caption, token)


def _answers(
    report: Report, case: CaseResult, *, names: bool, lang: str
) -> Iterator[tuple[Kind, str, str]]:
    """kind, facts, text of each try."""
    for answer, kind in zip(case.answers, case.kinds, strict=True):
        yield kind, " · ".join(_facts(report, answer, kind, names, lang)), answer.text


def _facts(report: Report, answer: Answer, kind: Kind, names: bool, lang: str) -> Iterator[str]:
    yield t(lang, f"cases.kind.{kind}")
    if said := why(lang, answer):
        yield said
    other = answered_by(answer, report.run.settings[answer.column]) if names else ""
    if other:
        yield t(lang, "cases.out.other", model=other)
