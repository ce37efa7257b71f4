"""`price`, `run`, `resume`: a set asked of models, and its price before."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TextIO

from components.cases import builtin
from components.cases.case import CaseSet
from components.cases.command import gates
from components.cases.command.report import baseline_of, finish
from components.cases.command.services import Services, column_for, columns_of, stored_run
from components.cases.command.words import word
from components.cases.errors import CaseError
from components.cases.facts import facts_of
from components.cases.formats import opened, read
from components.cases.judging.rubrics import judges_for
from components.cases.plan import Plan, Target, Wish, plan, selected
from components.cases.report.words import price_lines
from components.cases.running.run import RunningCases
from components.cases.snapshot import ImageFacts
from components.cases.store.runs import Crop
from components.compare.spec import Column
from components.i18n import LANGUAGES, t
from components.i18n.console import language_of
from components.pricing import format_money
from components.providers.base import Parameters
from components.runner.types import STALE_AFTER
from components.settings import environment
from components.text import one_line

_LOOK = 1.0  # seconds between two lines of progress


@dataclass(frozen=True)
class AskedSet:
    """A set. images, id: of one that the app keeps."""

    cases: CaseSet
    images: Mapping[str, ImageFacts] = field(default_factory=dict)
    id: str = ""


def add(subparsers: Any) -> None:
    """The arguments of all three."""
    price = subparsers.add_parser("price", help=word("price"), allow_abbrev=False)
    _add_set(price)
    price.set_defaults(run=run_price)
    run = subparsers.add_parser("run", help=word("run_"), allow_abbrev=False)
    _add_set(run)
    run.add_argument("--fresh", action="store_true", help=word("fresh"))
    add_end(run)
    run.set_defaults(run=run_run)
    resume = subparsers.add_parser("resume", help=word("resume"), allow_abbrev=False)
    resume.add_argument("id", metavar="RUN", help=word("run_id"))
    resume.add_argument("--budget", type=usd, metavar="USD", help=word("budget"))
    resume.add_argument("--errors", action="store_true", help=word("errors"))
    add_end(resume)
    resume.set_defaults(run=run_resume)


def run_price(asked: Namespace, out: TextIO) -> int:
    """0. Raises AppError for what can't be run."""
    _, made = _planned(asked, asked.open())
    _tell_price(made, asked.lang or language_of(environment), out)
    return gates.PASSED


def run_run(asked: Namespace, out: TextIO) -> int:
    """By the gates. Raises AppError for what can't be run."""
    services, lang = asked.open(), asked.lang or language_of(environment)
    cases, made = _planned(asked, services)
    baseline = baseline_of(services, asked.baseline, cases, made.asked)
    wanted = gates.gates_of(asked)
    gates.check(wanted, baseline is not None or len(made.run.settings) > 1)
    _tell_price(made, lang, out)
    run = services.runs.start(services.owner, made, services.make)
    print(t(lang, "cases.command.id", id=run.id), file=out, flush=True)
    watch(services, run, lang, out)
    return finish(services, run.id, asked, baseline, wanted, out)


def run_resume(asked: Namespace, out: TextIO) -> int:
    """By the gates. Raises AppError for what can't be asked."""
    services, lang = asked.open(), asked.lang or language_of(environment)
    stored = stored_run(services, asked.id)
    baseline = baseline_of(services, asked.baseline)
    wanted = gates.gates_of(asked)
    gates.check(wanted, baseline is not None or len(stored.run.settings) > 1)
    run = _resumed(services, asked, lang, out)
    watch(services, run, lang, out)
    return finish(services, run.id, asked, baseline, wanted, out)


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", type=Path, required=True, metavar="PATH", help=word("set"))
    parser.add_argument("--root", type=Path, metavar="FOLDER", help=word("root"))
    parser.add_argument("--model", action="append", required=True, help=word("model"))
    parser.add_argument("--endpoint", metavar="NAME", help=word("endpoint"))
    details = ("low", "high", "auto", "original")
    parser.add_argument("--detail", action="append", choices=details, help=word("detail"))
    parser.add_argument("--prompt", default="", help=word("prompt"))
    parser.add_argument("--system", default="", help=word("system"))
    parser.add_argument("--crop", type=crop, metavar="L,T,R,B", help=word("crop"))
    parser.add_argument("--judge", metavar="MODEL", help=word("judge"))
    parser.add_argument("--repeats", type=int, default=1, metavar="N", help=word("repeats"))
    parser.add_argument("--budget", type=usd, metavar="USD", help=word("budget"))
    parser.add_argument("--tags", default="", metavar="A,B", help=word("tags"))
    parser.add_argument("--sample", type=int, metavar="N", help=word("sample"))
    parser.add_argument("--max-tokens", type=int, metavar="N", help=word("max_tokens"))
    parser.add_argument("--temperature", type=float, metavar="T", help=word("temperature"))
    parser.add_argument("--lang", choices=LANGUAGES, help=word("lang"))


def add_end(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--baseline", metavar="RUN", help=word("baseline"))
    parser.add_argument(
        "--out", type=Path, action="append", default=[], metavar="PATH", help=word("report_out")
    )
    parser.add_argument("--force", action="store_true", help=word("force"))
    gates.add(parser)
    if not any(action.dest == "lang" for action in parser._actions):
        parser.add_argument("--lang", choices=LANGUAGES, help=word("lang"))


def _planned(asked: Namespace, services: Services) -> tuple[CaseSet, Plan]:
    lang = asked.lang or language_of(environment)
    found = asked_set(asked, services, lang)
    cases = found.cases
    tags = [tag.strip() for tag in asked.tags.split(",") if tag.strip()]
    targets = [
        Target(
            column_for(services, model, asked.endpoint),
            detail,
            asked.prompt,
            asked.crop,
            asked.system,
        )
        for model, detail in product(asked.model, asked.detail or [None])
    ]
    chosen = selected(cases, tags, asked.sample)

    wish = Wish(
        chosen,
        targets,
        asked.repeats,
        Parameters(max_tokens=asked.max_tokens, temperature=asked.temperature),
        cases.lang if cases.lang in LANGUAGES else lang,
        asked.budget,
        getattr(asked, "fresh", False),
        found.images,
        found.id,
        judges=judges_for(chosen, judge_of(services, asked)),
    )
    return cases, plan(wish)


def judge_of(services: Services, asked: Namespace) -> Callable[[str], Column | None]:
    """Whom a rubric asks, by the name that it gives: the one of --judge, else that."""

    def find(name: str) -> Column | None:
        model = asked.judge or name
        return column_for(services, model, asked.endpoint) if model else None

    return find


def asked_set(asked: Namespace, services: Services, lang: str) -> AskedSet:
    """A file's; where there is no such file, one that comes with the app or that is kept in it.
    Raises CaseError."""
    if not asked.set.exists():
        name = str(asked.set)
        if name in builtin.names():
            return AskedSet(builtin.builtin(name, lang))
        if stored := services.sets.whole(services.owner, name):
            images = facts_of(stored.hashes, partial(services.image_of, services.owner))
            cases = tuple(each.case for each in stored.cases)
            return AskedSet(replace(stored.head, name=stored.name, cases=cases), images, stored.id)
    with opened(asked.set, asked.root) as source:
        return AskedSet(read(source).cases)


def _resumed(services: Services, asked: Namespace, lang: str, out: TextIO) -> RunningCases:
    """Whoever was at it and died is waited for until they can't be at it any more."""
    columns = columns_of(services, stored_run(services, asked.id))
    until, told = monotonic() + STALE_AFTER + 5, False
    while True:
        try:
            found = services.runs.resume(
                services.owner,
                asked.id,
                columns,
                services.make,
                errors=asked.errors,
                budget=asked.budget,
            )
        except CaseError as error:
            if error.code != "case_already_running" or monotonic() > until:
                raise
        else:
            if found is None:
                raise CaseError("case_run_unknown", id=asked.id[:80])
            return found
        if not told:
            print(t(lang, "cases.command.waits"), file=out, flush=True)
            told = True
        sleep(_LOOK)


def watch(services: Services, run: RunningCases, lang: str, out: TextIO) -> None:
    """Until it is done; Ctrl+C pauses it, and what is out is waited for."""
    version, said = -1, 0
    while True:
        try:
            version, now = run.wait(version, _LOOK)
            if now.done:
                return
            if now.ended > said:
                figures = {"ended": now.ended, "n": len(now.requests)}
                cost = format_money(now.cost, lang)
                print(t(lang, "cases.command.progress", **figures, cost=cost), file=out, flush=True)
                said = now.ended
                sleep(_LOOK)
        except KeyboardInterrupt:
            services.runs.hold(services.owner, run.id, "pause")


def _tell_price(made: Plan, lang: str, out: TextIO) -> None:
    for line in price_lines(lang, made.run, made.answers, made.judgements):
        print(one_line(line), file=out, flush=True)


def usd(text: str) -> Decimal:
    try:
        value = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite():
        raise ValueError(text)
    return value


def crop(text: str) -> Crop:
    left, top, right, bottom = (float(each) for each in text.split(","))
    return left, top, right, bottom
