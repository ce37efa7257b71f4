"""A run with its results, beside another one where there is one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from components.cases.changes import Compared, compared
from components.cases.judging.checked import Checked, Labelled, checked
from components.cases.results import ColumnResult, results
from components.cases.snapshot import Asked, asked_of
from components.cases.statistics.difference import MARGIN
from components.cases.store.runs import Answer, CaseRun, Setting, StoredRun
from components.compare.export.formatting import without_keys


@dataclass(frozen=True)
class Report:
    run: CaseRun
    asked: Asked
    answers: tuple[Answer, ...]
    columns: tuple[ColumnResult, ...]
    compared: tuple[Compared, ...] = ()
    judgements: tuple[Answer, ...] = ()
    checked: Mapping[str, Checked] = field(default_factory=dict)


def report_of(
    stored: StoredRun,
    baseline: Sequence[ColumnResult] | None = None,
    *,
    margin: float = MARGIN,
    keys: Collection[str] = (),
    labelled: Iterable[Labelled] = (),
) -> Report:
    """baseline: of another run; without one the first setting is what the others are beside.
    keys: masked in every text. labelled: what people decided, of all runs, where a judge is asked.
    """
    stored = without_keys(stored, keys)
    asked = asked_of(stored.snapshot)
    columns = results(stored.run, asked, stored.answers)
    beside = _beside(baseline, columns)
    found = [each for old, new in beside for each in compared(old, new, margin=margin)]
    return Report(
        stored.run,
        asked,
        stored.answers,
        columns,
        tuple(found),
        stored.judgements,
        checked(labelled),
    )


def _beside(
    baseline: Sequence[ColumnResult] | None, columns: Sequence[ColumnResult]
) -> Sequence[tuple[ColumnResult, Sequence[ColumnResult]]]:
    """What stands beside what: of a run with several settings, each beside the same one; one alone,
    or one that has no counterpart, beside all."""
    if baseline is None:
        return [(columns[0], columns[1:])] if len(columns) > 1 else []
    if len(baseline) > 1:
        same = [(old, [c for c in columns if _is_same(old.setting, c.setting)]) for old in baseline]
        if found := [(old, new) for old, new in same if new]:
            return found
    return [(baseline[0], columns)] if baseline else []


def _is_same(one: Setting, other: Setting) -> bool:
    same = ("model", "detail", "prompt", "crop", "system")
    return all(getattr(one, name) == getattr(other, name) for name in same)
