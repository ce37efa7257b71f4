"""What runs say of the models that came in another one's place, and of their judges."""

from collections import Counter
from collections.abc import Iterator

from components.cases.changes import Compared
from components.cases.judging.words import checked_lines, judge_bills, judge_notes
from components.cases.report.report import Report
from components.cases.report.words import setting_name
from components.i18n import t
from components.models import find_model
from components.pricing import format_money


def cheapest_that_keeps(report: Report) -> Compared | None:
    """The cheapest setting after which nothing is lost or shaken; None where there is none whose
    cost is known."""
    keeping = [
        (each.after.per_thousand, n)
        for n, each in enumerate(report.compared)
        if each.changes and not (each.counts["lost"] or each.counts["shaken"])
    ]
    known = [(cost, n) for cost, n in keeping if cost is not None]
    return report.compared[min(known)[1]] if known else None


def judge_lines(lang: str, report: Report) -> Iterator[str]:
    """Of each judge: its bill, and how far it can be relied on."""
    yield from judge_bills(lang, report.run, report.judgements)
    yield from judge_notes(lang, report.run)
    yield from checked_lines(lang, report.run, report.checked)


def successor_lines(lang: str, report: Report) -> Iterator[str]:
    """What is said beside each comparison: silent successors, what changed in the request, and the
    cheapest that keeps all."""
    for column in report.columns:
        for model, count in column.others.items():
            name = column.setting.model
            yield t(lang, "cases.ending.silent", asked=name, model=model, n=count)
    yield from _requests(lang, report)
    if len(report.compared) > 1:
        best = cheapest_that_keeps(report)
        if best is None:
            yield t(lang, "cases.ending.none_keeps")
        else:
            name = setting_name(lang, best.after.setting)
            cost = format_money(best.after.per_thousand, lang)
            yield t(lang, "cases.ending.cheapest", model=name, cost=cost)


def _requests(lang: str, report: Report) -> Iterator[str]:
    """Parameters that a model refuses and that were left out; what "auto" means to each."""
    for column in report.columns:
        mine = [each for each in report.answers if each.column == column.column and each.result]
        counts = Counter(name for each in mine if each.result for name in each.result.left_out)
        # The output limit is said, under the name that the model knows.
        if names := [name for name in counts if name != "max_tokens"]:
            said = t(lang, "cases.rehearse.comma").join(names)
            model = setting_name(lang, column.setting)
            most = max(counts[name] for name in names)
            yield t(lang, "cases.rehearse.left_out", model=model, names=said, n=most)
    for before, after in {_autos(each): None for each in report.compared}:
        if before[1] != after[1] and _sends_auto(report):
            values = {"before": before[0], "was": before[1], "after": after[0], "now": after[1]}
            yield t(lang, "cases.rehearse.auto", **values)


def _autos(found: Compared) -> tuple[tuple[str, str], tuple[str, str]]:
    """Both models, each with the detail that it takes "auto" for."""
    before, after = found.before.setting, found.after.setting
    if before.detail not in (None, "auto") or after.detail not in (None, "auto"):
        return ("", ""), ("", "")
    names = before.model, after.model
    return (names[0], find_model(names[0]).auto_is), (names[1], find_model(names[1]).auto_is)


def _sends_auto(report: Report) -> bool:
    images = (image for case in report.asked.cases for image in case.images)
    return any(image.detail in (None, "auto") and not image.as_is for image in images)
