"""`grade RUN --set PATH`: the answers of a run under the graders that the set has now. Nothing is
asked but judges."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from components.cases.again import graded_again
from components.cases.command import gates
from components.cases.command.report import baseline_of, finish
from components.cases.command.run import add_end, asked_set, judge_of, watch
from components.cases.command.services import Services, stored_run
from components.cases.command.words import word
from components.cases.judging.rubrics import judges_for
from components.cases.report.words import price_lines
from components.i18n import t
from components.i18n.console import language_of
from components.settings import environment
from components.text import one_line


def add(parser: argparse.ArgumentParser) -> None:
    """Its arguments, beside those of `grade FILE`."""
    parser.add_argument("--set", type=Path, metavar="PATH", help=word("grade_set"))
    parser.add_argument("--root", type=Path, metavar="FOLDER", help=word("root"))
    parser.add_argument("--judge", metavar="MODEL", help=word("judge"))
    parser.add_argument("--endpoint", metavar="NAME", help=word("endpoint"))
    add_end(parser)


def run_again(asked: Namespace, out: TextIO) -> int:
    """By the gates. Raises AppError for what can't be graded again."""
    services: Services = asked.open()
    lang = asked.lang or language_of(environment)
    stored = stored_run(services, str(asked.file))
    baseline, wanted = baseline_of(services, asked.baseline), gates.gates_of(asked)
    gates.check(wanted, baseline is not None or len(stored.run.settings) > 1)
    found = asked_set(asked, services, lang)
    judges = judges_for(found.cases, judge_of(services, asked))
    made = graded_again(stored, found.cases, judges, found.images)
    if made.judgements:
        for line in price_lines(lang, made.run, made.answers, made.judgements):
            print(one_line(line), file=out, flush=True)
    run = services.runs.start(services.owner, made, services.make)
    print(t(lang, "cases.command.id", id=run.id), file=out, flush=True)
    watch(services, run, lang, out)
    return finish(services, run.id, asked, baseline, wanted, out)
