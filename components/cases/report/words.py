"""The lines of a report, in a language."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from components.cases.case import Case, Text
from components.cases.changes import Compared, said
from components.cases.judging.words import judge_notes, judge_prices
from components.cases.price import whole
from components.cases.results import KINDS, CaseResult, ColumnResult, Kind, other_model
from components.cases.store.runs import Answer, CaseRun, Held, Setting
from components.compare.export.formatting import failure
from components.i18n import t, texts
from components.i18n.sentence import joined
from components.models import find_model
from components.pricing import format_money


def setting_name(lang: str, setting: Setting) -> str:
    """The model, and how it was asked where that isn't as the cases say."""
    builtin = find_model(setting.model).endpoint_kind == "builtin"
    parts = [t(lang, "cases.out.builtin") if builtin else setting.model]
    if setting.detail:
        parts.append(t(lang, "cases.out.detail", detail=setting.detail))
    if setting.system:
        parts.append(t(lang, "cases.out.system", prompt=setting.system))
    if setting.prompt:
        parts.append(t(lang, "cases.out.prompt", prompt=setting.prompt))
    if setting.crop:
        parts.append(t(lang, "cases.out.crop", crop=", ".join(f"{x:g}" for x in setting.crop)))
    return " · ".join(parts)


def price_lines(
    lang: str, run: CaseRun, answers: Sequence[Answer], judgements: Sequence[Answer] = ()
) -> Iterator[str]:
    """What the requests that wait cost: together, then for each setting of several, then for each
    judge, with what should be known of it."""
    price = whole(run, answers)
    parts = [t(lang, "cases.price.whole", n=price.cells, cost=format_money(price.cost, lang))]
    if price.at_most is not None:
        parts.append(t(lang, "cases.price.at_most", cost=format_money(price.at_most, lang)))
    elif any(setting.host for setting in run.settings):
        parts.append(t(lang, "cases.price.answers_open"))
    if price.cost_unknown:
        parts.append(t(lang, "cases.price.unknown", n=price.cost_unknown))
    yield " · ".join(parts)
    for model in price.models if len(price.models) > 1 else ():
        yield t(
            lang,
            "cases.price.of_model",
            model=setting_name(lang, run.settings[model.column]),
            n=model.cells,
            cost=format_money(model.cost, lang),
        )
    yield from judge_prices(lang, run, judgements)
    yield from judge_notes(lang, run)


def column_lines(lang: str, column: ColumnResult, *, costs: bool = True) -> Iterator[str]:
    """What came of a setting: cases first, then what isn't an answer, then time and, if costs are
    told, money."""
    if column.answered:
        states, rate = column.states, column.rate
        yield t(
            lang,
            "cases.out.rate",
            right=states["right"],
            n=len(column.answered),
            low=f"{rate.low * 100:.1f}",
            high=f"{rate.high * 100:.1f}",
        )
        if column.pass_hat is not None:
            yield t(
                lang,
                "cases.out.repeats",
                wavers=states["wavers"],
                wrong=states["wrong"],
                k=column.repeats,
                share=f"{column.pass_hat * 100:.1f}",
            )
    else:
        yield t(lang, "cases.out.none")
    for kind in KINDS[2:]:
        if count := column.kinds[kind]:
            yield kind_line(lang, kind, count)
    for model, count in column.others.items():
        yield t(lang, "cases.out.answered_by", model=model, n=count)
    if column.kept and costs:
        was = format_money(column.kept_cost, lang)
        yield t(lang, "cases.out.kept", n=column.kept, cost=was)
    if costs:
        yield cost_line(lang, column)
    if column.latency:
        low, high = (f"{ms / 1000:.1f}" for ms in (column.latency.p50, column.latency.p95))
        yield t(lang, "cases.out.latency", p50=low, p95=high)


def cost_line(lang: str, column: ColumnResult) -> str:
    money = format_money(column.cost, lang)
    if column.cost_unknown:
        return t(lang, "cases.out.cost_unknown", cost=money, n=column.cost_unknown)
    return t(lang, "cases.out.cost", cost=money)


def kind_line(lang: str, kind: Kind, count: int) -> str:
    return t(lang, f"cases.out.count.{kind}", n=count)


def compared_lines(lang: str, found: Compared, *, costs: bool = True) -> Iterator[str]:
    """What it is of, the verdict, and what goes with it. costs: whether money is told."""
    before = setting_name(lang, found.before.setting)
    after = setting_name(lang, found.after.setting)
    yield t(lang, "cases.out.compared", before=before, after=after)
    if found.difference is None:
        yield t(lang, "cases.said.none")
        return
    yield said(lang, found.difference)
    counts = found.counts
    yield t(
        lang,
        "cases.out.changes",
        lost=counts["lost"],
        shaken=counts["shaken"],
        gained=counts["gained"],
    )
    yield from _bills(lang, found, costs)
    for name in ("added", "removed", "edited", "open"):
        if ids := getattr(found, name):
            shown = ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
            yield t(lang, f"cases.out.apart.{name}", n=len(ids), names=shown)


def _bills(lang: str, found: Compared, costs: bool) -> Iterator[str]:
    """Money, tokens and time, before and after, where both are known."""
    before, after = found.before, found.after
    if costs and before.per_thousand is not None and after.per_thousand is not None:
        money = [format_money(each.per_thousand, lang) for each in (before, after)]
        yield t(lang, "cases.out.bills", before=money[0], after=money[1])
    if before.output_tokens and after.output_tokens and before.answers and after.answers:
        each = [
            (f"{c.input_tokens / c.answers:,.0f}", f"{c.output_tokens / c.answers:,.0f}")
            for c in (before, after)
        ]
        yield t(
            lang,
            "cases.out.tokens",
            input=each[0][0],
            output=each[0][1],
            new_input=each[1][0],
            new_output=each[1][1],
        )
    if before.latency and after.latency:
        took = [f"{c.latency.p50 / 1000:.1f}" for c in (before, after) if c.latency]
        slow = [f"{c.latency.p95 / 1000:.1f}" for c in (before, after) if c.latency]
        yield t(lang, "cases.out.times", p50=took[0], p95=slow[0], new_p50=took[1], new_p95=slow[1])


def held_line(lang: str, held: Held, waiting: int) -> str:
    """Why a run doesn't go on; "" while nothing keeps it."""
    return t(lang, f"cases.held.{held}", n=waiting) if held else ""


def case_state(lang: str, case: CaseResult) -> str:
    return t(lang, f"cases.state.{case.state}") if case.state else "–"


def why(lang: str, answer: Answer) -> str:
    """What decided the verdict, "" where there is none."""
    if answer.decided:
        verdict = t(lang, f"cases.verdict.{answer.decided.verdict}")
        by = answer.decided.by or t(lang, "cases.out.somebody")
        return t(lang, "cases.out.decided", verdict=verdict, by=by)
    graded = answer.graded
    if not graded:
        return failure(answer.result, lang)
    judged = [each for each in graded.get("each", ()) if (each.get("facts") or {}).get("judge")]
    return reduce(joined, (_sentence(lang, each) for each in (graded, *judged)))


def judges_of(answer: Answer) -> list[str]:
    """Whose verdicts are among its graders'."""
    graded = answer.graded or {}
    facts = [each.get("facts") or {} for each in graded.get("each") or [graded]]
    return [str(each["judge"]) for each in facts if each.get("judge")]


def _sentence(lang: str, graded: Mapping[str, Any]) -> str:
    key = f"cases.why.{graded['code']}"
    known = texts(lang)
    try:
        return known[key].format(**graded["data"]) if key in known else str(graded["code"])
    except (KeyError, ValueError):  # of another version
        return str(graded["code"])


def answered_by(answer: Answer, setting: Setting) -> str:
    """Another model than the one asked, "" for none."""
    return other_model(answer, setting.model) or ""


def question(case: Case) -> str:
    """The texts of a case as one."""
    parts = [part.text for each in case.input for part in each.content if isinstance(part, Text)]
    return "\n".join(parts)
