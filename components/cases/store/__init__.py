"""Sets of cases as they are kept, and what is asked of the store that keeps them.

types      what is in it
lines      cases as texts in a row
protocol   CaseStore
"""

from components.cases.case import Case, CaseSet, FinishedRun
from components.cases.store.lines import (
    case_line,
    check_name,
    head_line,
    read_case,
    read_head,
    read_run,
    run_line,
)
from components.cases.store.protocol import CaseStore
from components.cases.store.types import (
    MAX_SET_NAME,
    Origin,
    SetSummary,
    StoredCase,
    StoredSet,
)
from components.cases.wording import words_of

__all__ = [
    "MAX_SET_NAME",
    "Case",
    "CaseSet",
    "CaseStore",
    "FinishedRun",
    "Origin",
    "SetSummary",
    "StoredCase",
    "StoredSet",
    "case_line",
    "check_name",
    "head_line",
    "read_case",
    "read_head",
    "read_run",
    "run_line",
    "words_of",
]
