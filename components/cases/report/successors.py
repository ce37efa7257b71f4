"""What runs say of the models that came in another one's place."""

from collections.abc import Iterator

from components.cases.changes import Compared
from components.cases.report.report import Report
from components.cases.report.words import setting_name
from components.i18n import t
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


def successor_lines(lang: str, report: Report) -> Iterator[str]:
    """What is said beside each comparison: silent successors, and the cheapest that keeps all."""
    for column in report.columns:
        for model, count in column.others.items():
            name = column.setting.model
            yield t(lang, "cases.ending.silent", asked=name, model=model, n=count)
    if len(report.compared) > 1:
        best = cheapest_that_keeps(report)
        if best is None:
            yield t(lang, "cases.ending.none_keeps")
        else:
            name = setting_name(lang, best.after.setting)
            cost = format_money(best.after.per_thousand, lang)
            yield t(lang, "cases.ending.cheapest", model=name, cost=cost)
