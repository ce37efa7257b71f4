"""`compare`, `report`, and the end of every run: its results, in words and as files."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from components.cases.case import CaseSet
from components.cases.command import gates
from components.cases.command.services import Services, stored_run
from components.cases.command.words import word
from components.cases.errors import CaseError
from components.cases.finished import columns_of_finished
from components.cases.judging.words import judges_differ
from components.cases.report import WRITERS
from components.cases.report.data import read_columns
from components.cases.report.report import Report, report_of
from components.cases.report.successors import judge_lines, successor_lines
from components.cases.report.words import (
    column_lines,
    compared_lines,
    held_line,
    setting_name,
)
from components.cases.results import ColumnResult, results
from components.cases.snapshot import Asked, asked_of
from components.cases.statistics.difference import MARGIN
from components.cases.store.runs import StoredRun
from components.i18n import LANGUAGES, t
from components.i18n.console import language_of
from components.settings import environment
from components.text import one_line

_LARGEST = 200_000_000  # bytes of a report that is read


def add(subparsers: Any) -> None:
    """The arguments of both."""
    compare = subparsers.add_parser("compare", help=word("compare"), allow_abbrev=False)
    compare.add_argument("id", metavar="RUN", help=word("run_id"))
    compare.add_argument("other", nargs="?", metavar="RUN", help=word("other_run"))
    report = subparsers.add_parser("report", help=word("report"), allow_abbrev=False)
    report.add_argument("id", metavar="RUN", help=word("run_id"))
    report.add_argument("--baseline", metavar="RUN", help=word("baseline"))
    report.add_argument("--format", choices=list(WRITERS), help=word("format_report"))
    for parser, run in ((compare, run_compare), (report, run_report)):
        parser.add_argument(
            "--out", type=Path, action="append", default=[], metavar="PATH", help=word("report_out")
        )
        parser.add_argument("--force", action="store_true", help=word("force"))
        gates.add(parser)
        parser.add_argument("--lang", choices=LANGUAGES, help=word("lang"))
        parser.set_defaults(run=run)


def run_compare(asked: Namespace, out: TextIO) -> int:
    """The second run beside the first; of one alone, its settings beside its first. By the gates.
    Raises AppError for what isn't there."""
    services: Services = asked.open()
    first = stored_run(services, asked.id)
    wanted = gates.gates_of(asked)
    if asked.other is None:
        gates.check(wanted, len(first.run.settings) > 1)
        if len(first.run.settings) == 1:
            raise CaseError("case_no_baseline")
        return finish(services, asked.id, asked, None, wanted, out)
    baseline = results(first.run, asked_of(first.snapshot), first.answers)
    lang, second = asked.lang or language_of(environment), stored_run(services, asked.other)
    if said := judges_differ(lang, first.run, second.run):
        print(one_line(said), file=out)
    return finish(services, asked.other, asked, baseline, wanted, out)


def run_report(asked: Namespace, out: TextIO) -> int:
    """By the gates. Raises AppError for what isn't there."""
    services: Services = asked.open()
    stored = stored_run(services, asked.id)
    baseline, wanted = baseline_of(services, asked.baseline), gates.gates_of(asked)
    gates.check(wanted, baseline is not None or len(stored.run.settings) > 1)
    if asked.format:
        margin = MARGIN if wanted.margin is None else wanted.margin
        report = _report(services, stored, baseline, margin)
        for piece in _pieces(services, report, asked.format, asked):
            out.write(piece.decode())
        return gates.code_of(report, wanted)
    return finish(services, asked.id, asked, baseline, wanted, out)


def finish(
    services: Services,
    run_id: str,
    asked: Namespace,
    baseline: Sequence[ColumnResult] | None,
    wanted: gates.Gates,
    out: TextIO,
) -> int:
    """Prints the results, writes the files of --out; the exit code. Raises CaseError."""
    lang = asked.lang or language_of(environment)
    margin = MARGIN if wanted.margin is None else wanted.margin
    stored = stored_run(services, run_id)
    report = _report(services, stored, baseline, margin)
    _tell(report, lang, out)
    for path in asked.out:
        _put(services, report, path, asked)
        print(t(lang, "cases.command.written", out=one_line(str(path))), file=out)
    code = gates.code_of(report, wanted)
    print(t(lang, f"cases.command.{gates.word_of(code)}"), file=out)
    return code


def baseline_of(
    services: Services,
    name: str | None,
    cases: CaseSet | None = None,
    asked: Asked | None = None,
) -> tuple[ColumnResult, ...] | None:
    """A finished run of the set, a JSON report, or a run of the store. Raises CaseError
    (case_report, case_run_unknown)."""
    if name is None:
        return None
    for run in cases.runs if cases and asked else ():
        if name in (run.id, run.name) and asked:
            return columns_of_finished(run, asked)
    path = Path(name)
    if path.suffix == ".json" or path.is_file():
        try:
            if path.stat().st_size > _LARGEST:
                raise CaseError("case_report", name=path.name)
            return read_columns(path.read_bytes(), path.name)
        except OSError:
            raise CaseError("case_report", name=path.name) from None
    stored = stored_run(services, name)
    return results(stored.run, asked_of(stored.snapshot), stored.answers)


def _report(
    services: Services,
    stored: StoredRun,
    baseline: Sequence[ColumnResult] | None,
    margin: float,
) -> Report:
    labelled = services.store.labelled(services.owner) if stored.run.judges else ()
    return report_of(stored, baseline, margin=margin, keys=services.keys, labelled=labelled)


def _tell(report: Report, lang: str, out: TextIO) -> None:
    several = len(report.columns) > 1
    waiting = sum(column.kinds["unasked"] for column in report.columns)
    lines = [held_line(lang, report.run.held, waiting)]
    for column in report.columns:
        lines.append(setting_name(lang, column.setting))
        lines += [f"  {line}" for line in column_lines(lang, column)]
    lines += judge_lines(lang, report)
    for each in report.compared:
        first, *others = compared_lines(lang, each)
        lines += [first if several or others else "", *(f"  {line}" for line in others)]
        names = [c.after.id for c in each.changes if c.change in ("lost", "shaken")]
        lines += [f"  - {name}" for name in names[:20]]
    lines += successor_lines(lang, report)
    for line in lines:
        if line:
            indent = "  " if line.startswith("  ") else ""
            print(indent + one_line(line), file=out)


def _put(services: Services, report: Report, path: Path, asked: Namespace) -> None:
    kind = path.suffix.removeprefix(".").lower()
    if kind not in WRITERS:
        raise CaseError("cases_file", name=path.name)
    if path.exists() and not asked.force:
        raise CaseError("cases_taken", name=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for piece in _pieces(services, report, kind, asked):
                file.write(piece)
    except OSError:
        raise CaseError("cases_file", name=path.name) from None


def _pieces(services: Services, report: Report, kind: str, asked: Namespace) -> Any:
    lang = asked.lang or language_of(environment)
    return WRITERS[kind](report, lang, lambda digest: services.image_of(services.owner, digest))
