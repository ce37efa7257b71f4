"""A finished run that came with a set's file, as results: a baseline without paying again."""

from collections import Counter, defaultdict
from decimal import Decimal

from components.cases.case import FinishedRun
from components.cases.results import CaseResult, ColumnResult, Kind
from components.cases.snapshot import Asked
from components.cases.store.runs import Setting


def columns_of_finished(run: FinishedRun, asked: Asked) -> tuple[ColumnResult, ...]:
    """One column: its verdicts as they stand in the file, of the cases that are asked now."""
    kinds: defaultdict[str, list[Kind]] = defaultdict(list)
    for answer in run.answers:
        kinds[answer.case].append(answer.verdict)
    cases = tuple(
        CaseResult(n, case.id, asked.versions[n], case.group or "", (), tuple(kinds[case.id]))
        for n, case in enumerate(asked.cases)
        if case.id in kinds
    )
    return (
        ColumnResult(
            column=0,
            setting=Setting("", "", run.model or run.name or run.id),
            cases=cases,
            kinds=Counter(kind for case in cases for kind in case.kinds),
            kept=0,
            kept_cost=Decimal(0),
            cost=Decimal(0),
            cost_unknown=len(run.answers),
            others=Counter(),
            latency=None,
            input_tokens=0,
            output_tokens=0,
        ),
    )
