"""Judges in words: what they will cost, what they did, how far they can be relied on."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from components.cases.judging.checked import ENOUGH, Checked
from components.cases.judging.rubrics import column_of
from components.cases.rehearsal import ending_line, endings
from components.cases.store.runs import Answer, CaseRun, Setting
from components.i18n import t
from components.models import find_model
from components.pricing import format_money


def judge_prices(lang: str, run: CaseRun, judgements: Sequence[Answer]) -> Iterator[str]:
    """What the requests to judges that wait cost, a line for each judge."""
    for _, judge, mine in _by_judge(run, judgements):
        waiting = [each for each in mine if each.state == "waiting"]
        if not waiting:
            continue
        costs = [each.estimated_cost for each in waiting]
        known = sum((each for each in costs if each is not None), Decimal(0))
        said = {"model": judge.model, "n": len(waiting), "cost": format_money(known, lang)}
        parts = [t(lang, "cases.judge.price", **said)]
        most = [each.reserved for each in waiting if each.reserved is not None]
        if len(most) == len(waiting):
            total = format_money(sum(most, Decimal(0)), lang)
            parts.append(t(lang, "cases.judge.at_most", cost=total))
        if unknown := costs.count(None):
            parts.append(t(lang, "cases.price.unknown", n=unknown))
        yield " · ".join(parts)


def judge_bills(lang: str, run: CaseRun, judgements: Sequence[Answer]) -> Iterator[str]:
    """What judges did cost, and what of it came to nothing."""
    for _, judge, mine in _by_judge(run, judgements):
        ended = [each for each in mine if each.result and each.state in ("ok", "failed")]
        costs = [each.result.cost for each in ended if each.result]
        known = sum((each for each in costs if each is not None), Decimal(0))
        said = {"model": judge.model, "n": len(ended), "cost": format_money(known, lang)}
        parts = [t(lang, "cases.judge.bill", **said)]
        if unknown := costs.count(None):
            parts.append(t(lang, "cases.price.unknown", n=unknown))
        if kept := sum(bool(each.kept_from) for each in ended):
            parts.append(t(lang, "cases.judge.kept", n=kept))
        if failed := sum(each.state == "failed" for each in ended):
            parts.append(t(lang, "cases.judge.failed", n=failed))
        yield " · ".join(parts)


def judge_notes(lang: str, run: CaseRun) -> Iterator[str]:
    """What should be known of judges before they are asked: that one grades itself, that one leaves
    within 60 days."""
    tested = {find_model(setting.model).id for setting in run.settings}
    for judge in run.judges:
        if find_model(judge.model).id in tested:
            yield t(lang, "cases.judge.itself", model=judge.model)
    for ending in endings(column_of(judge) for judge in run.judges):
        said = ending_line(lang, ending)
        yield t(lang, "cases.judge.retires", said=said)


def judges_differ(lang: str, before: CaseRun, after: CaseRun) -> str:
    """Of two runs beside each other: that a difference may be their judges'; "" where one judge
    judged both."""
    one, other = ({judge.model for judge in run.judges} for run in (before, after))
    if one == other:
        return ""
    names = [", ".join(sorted(each)) or "–" for each in (one, other)]
    return t(lang, "cases.judge.differ", before=names[0], after=names[1])


def checked_lines(lang: str, run: CaseRun, found: Mapping[str, Checked]) -> Iterator[str]:
    """How often people agree with each judge, once enough of its verdicts are labelled."""
    for model in dict.fromkeys(judge.model for judge in run.judges):
        each = found.get(model, Checked())
        if not each.enough:
            yield t(lang, "cases.judge.unchecked", model=model, n=each.labelled, enough=ENOUGH)
            continue
        said = {"model": model, "same": each.same, "n": each.labelled}
        low, high = (f"{share * 100:.1f}" for share in (each.rate.low, each.rate.high))
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        yield t(lang, "cases.judge.checked", **said, low=low, high=high, kappa=kappa)


def _by_judge(
    run: CaseRun, judgements: Sequence[Answer]
) -> Iterator[tuple[int, Setting, list[Answer]]]:
    for n, judge in enumerate(run.judges, len(run.settings)):
        yield n, judge, [each for each in judgements if each.column == n]
