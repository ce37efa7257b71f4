"""Cases, heads of sets and finished runs as texts in a row: lines of our own format."""

import dataclasses
import json

from components.cases.case import Case, CaseSet, FinishedRun
from components.cases.errors import CaseError
from components.cases.formats.tuwen import case_of, head_of, head_row, plain_row, run_of
from components.cases.formats.values import dumped

_LONGEST = 500  # bytes of an id or a name: PostgreSQL's indexes take 2,700 for a whole key


def check_name(name: str, what: str) -> None:
    """Raises CaseError cases_invalid for what can't be the key of a row."""
    try:
        fits = len(name.encode()) <= _LONGEST and "\0" not in name
    except UnicodeEncodeError:
        fits = False
    if not fits:
        raise CaseError("cases_invalid", place=f"{what}: {name[:60]!a}")


def case_line(case: Case) -> str:
    return dumped(plain_row(case))


def read_case(line: str) -> Case:
    """What `case_line` was given."""
    return case_of(json.loads(line), 0, "")


def head_line(cases: CaseSet) -> str:
    """All of a set but its cases, images and runs."""
    return dumped(head_row(cases))


def read_head(line: str, name: str) -> CaseSet:
    """What `head_line` was given. name: of the set now."""
    return dataclasses.replace(head_of(json.loads(line), name), name=name)


def run_line(run: FinishedRun) -> str:
    return dumped(dataclasses.asdict(run))


def read_run(line: str) -> FinishedRun:
    """What `run_line` was given."""
    return run_of(json.loads(line), "")
