"""What import and export have in common: a file is read, and told of."""

import argparse
import json
from argparse import Namespace
from pathlib import Path
from typing import Any, TextIO

from components.cases.case import CaseSet, FinishedRun, Grader
from components.cases.command.words import word
from components.cases.formats import Read, Written, opened, read
from components.cases.loss import Loss, said
from components.i18n import LANGUAGES, t
from components.i18n.console import language_of
from components.settings import environment
from components.text import one_line


def parser_of(subparsers: Any, name: str) -> argparse.ArgumentParser:
    """With the arguments of both."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=word(name), description=word(name), allow_abbrev=False
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=word("file"))
    parser.add_argument("--root", type=Path, metavar="FOLDER", help=word("root"))
    parser.add_argument("--out", type=Path, metavar="PATH", help=word("out"))
    parser.add_argument("--force", action="store_true", help=word("force"))
    parser.add_argument("--json", action="store_true", help=word("json"))
    parser.add_argument("--lang", choices=LANGUAGES, help=word("lang"))
    return parser


def read_asked(asked: Namespace, name: str | None) -> Read:
    """The cases of the file. name: of its format. Raises CaseError."""
    with opened(asked.file, asked.root) as source:
        return read(source, name)


def tell(asked: Namespace, found: Read, losses: tuple[Loss, ...], out: TextIO) -> None:
    """Counts, runs and the report, as lines or as JSON. losses: of reading and of writing."""
    lang = asked.lang or language_of(environment)
    counts = counted(found.cases)
    if asked.json:
        data = {
            "name": found.cases.name,
            "format": found.format,
            **counts,
            "runs": [_run(run) for run in found.cases.runs],
            "losses": [
                {"code": x.code, "cases": x.cases, "data": x.data, "text": said(lang, x)}
                for x in losses
            ],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2), file=out)
        return
    name = one_line(found.cases.name)
    kind = t(lang, f"cases.format.{found.format}")
    print(t(lang, "cases.command.read", name=name, format=kind, **counts), file=out)
    for run in found.cases.runs:
        figures = {k: one_line(str(v)) for k, v in _run(run).items()}
        print(t(lang, "cases.command.run", **figures), file=out)
    if not losses:
        print(t(lang, "cases.command.no_losses"), file=out)
        return
    print(t(lang, "cases.command.losses", n=len(losses)), file=out)
    for loss in losses:
        print(f"  - {one_line(said(lang, loss))}", file=out)


def tell_written(asked: Namespace, out: TextIO) -> None:
    if not asked.json:
        lang = asked.lang or language_of(environment)
        print(t(lang, "cases.command.written", out=one_line(str(asked.out))), file=out)


def counted(cases: CaseSet) -> dict[str, int]:
    """graders: those of one name are one, as all cases have them. kept: of these, not run here."""
    every = [*cases.expect, *(grader for case in cases.cases for grader in case.expect)]
    kept = [grader for grader in every if grader["grader"] == "kept"]
    return {
        "cases": len(cases.cases),
        "images": len(cases.images),
        "graders": _distinct(every),
        "kept": _distinct(kept),
    }


def _distinct(graders: list[Grader]) -> int:
    named = {(grader["grader"], grader["name"]) for grader in graders if "name" in grader}
    return len(named) + sum("name" not in grader for grader in graders)


def _run(run: FinishedRun) -> dict[str, Any]:
    verdicts = [answer.verdict for answer in run.answers]
    return {
        "name": run.name or run.id,
        "model": run.model,
        "answers": len(verdicts),
        **{kind: verdicts.count(kind) for kind in ("right", "wrong", "unsure")},
        "errors": verdicts.count("error"),
    }


def all_losses(found: Read, made: Written | None) -> tuple[Loss, ...]:
    return (*found.losses, *(made.losses if made else ()))
