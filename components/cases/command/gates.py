"""Gates: what a run has to be for CI to go on, and the exit code."""

import argparse
from argparse import Namespace
from dataclasses import dataclass
from fractions import Fraction

from components.cases.changes import Compared
from components.cases.command.words import word
from components.cases.errors import CaseError
from components.cases.report.report import Report
from components.cases.results import ColumnResult

PASSED, FAILED, INCOMPLETE, TOO_FEW = 0, 1, 3, 4
_FAIL_ON = ("lost", "shaken", "worse")


@dataclass(frozen=True)
class Gates:
    """under: least share of right cases. on: what fails. margin: share of cases that may be lost.
    needs: share of right repeats that makes a case right, None for all of them."""

    under: float | None = None
    on: tuple[str, ...] = ()
    margin: float | None = None
    needs: Fraction | None = None

    @property
    def compares(self) -> bool:
        return bool(self.on) or self.margin is not None


def add(parser: argparse.ArgumentParser) -> None:
    """Their arguments."""
    parser.add_argument("--fail-under", type=share, metavar="SHARE", help=word("fail_under"))
    parser.add_argument("--fail-on", action="append", choices=_FAIL_ON, help=word("fail_on"))
    parser.add_argument(
        "--not-worse-than", type=points, metavar="POINTS", help=word("not_worse_than")
    )
    parser.add_argument("--case-needs", type=part, metavar="N/M", help=word("case_needs"))


def gates_of(asked: Namespace) -> Gates:
    margin = None if asked.not_worse_than is None else asked.not_worse_than / 100
    return Gates(asked.fail_under, tuple(asked.fail_on or ()), margin, asked.case_needs)


def check(gates: Gates, compares: bool) -> None:
    """compares: whether there will be something to compare with. Raises CaseError
    (case_no_baseline)."""
    if gates.compares and not compares:
        raise CaseError("case_no_baseline")


def code_of(report: Report, gates: Gates) -> int:
    """An incomplete run proves nothing, so it comes first."""
    if not all(column.complete for column in report.columns):
        return INCOMPLETE
    if any(_under(column, gates) for column in report.columns):
        return FAILED
    codes = [_beside(each, gates) for each in report.compared]
    return next((code for code in (FAILED, TOO_FEW) if code in codes), PASSED)


def word_of(code: int) -> str:
    """The key of what is said of it."""
    names = {PASSED: "passed", FAILED: "gate_failed", TOO_FEW: "gate_few"}
    return names.get(code, "incomplete")


def _under(column: ColumnResult, gates: Gates) -> bool:
    return gates.under is not None and column.share_right(gates.needs) < gates.under


def _beside(found: Compared, gates: Gates) -> int:
    difference = found.difference
    if difference is None:
        return TOO_FEW if gates.compares else PASSED
    failed = [kind for kind in ("lost", "shaken") if kind in gates.on and found.counts[kind]]
    if failed or ("worse" in gates.on and difference.said == "worse"):
        return FAILED
    if gates.margin is None or difference.interval.low > -gates.margin:
        return PASSED
    return FAILED if difference.said == "worse" else TOO_FEW


def share(text: str) -> float:
    value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def points(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100:
        raise ValueError(text)
    return value


def part(text: str) -> Fraction:
    value = Fraction(text)
    if not 0 < value <= 1:
        raise ValueError(text)
    return value
