"""What of a thing is shown: what was there when the link was made, without keys, and without
costs and names where they aren't to be seen."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from components.cases.changes import Compared
from components.cases.report.report import Report, report_of
from components.cases.results import ColumnResult
from components.cases.store.runs import Answer, CaseRun, Setting, StoredRun
from components.chat.store import AttemptResult, StoredAttempt, StoredConversation, StoredMessage
from components.chat.tree import along
from components.compare.export.formatting import without_keys as comparison_without_keys
from components.compare.store import Cell, ComparedModel, StoredComparison
from components.export.keys import without_keys
from components.sharing.store import Share

_NOBODY = "AI"  # in the place of a judge's name


def seen_talk(
    conversation: StoredConversation, share: Share, keys: Collection[str]
) -> StoredConversation:
    """The branch that was written last when the link was made: what is asked later stays private.

    keys: to be masked wherever they stand.
    """
    until = share.created_at
    then = tuple(_then(m, until) for m in conversation.messages if m.created_at <= until)
    shown = along(replace(conversation, messages=then, tags=(), starred=False), None)
    return without_keys(shown, keys)


def _then(message: StoredMessage, until: datetime) -> StoredMessage:
    """An answer that was asked for anew since then is shown as it was."""
    if message.attempt is None:
        return message
    begun = [a for a in (*message.earlier, message.attempt) if a.started_at <= until]
    latest: StoredAttempt | None = begun[-1] if begun else None
    text = latest.result.text if latest else ""
    images = message.images if latest is message.attempt else ()
    return replace(message, attempt=latest, earlier=(), text=text, images=images)


def seen_comparison(
    logged: StoredComparison, share: Share, keys: Collection[str], model_name: str
) -> StoredComparison:
    """model_name: with `{n}` in it, for where names are hidden."""
    clean = comparison_without_keys(logged, keys)
    if share.with_names:
        return clean
    comparison = clean.comparison
    return replace(
        clean,
        comparison=replace(
            comparison,
            images=tuple(replace(image, name="") for image in comparison.images),
            models=tuple(
                ComparedModel("", "", model_name.format(n=n))
                for n in range(1, len(comparison.models) + 1)
            ),
        ),
        cells=tuple(_nameless(cell) for cell in clean.cells),
    )


def seen_run(stored: StoredRun, share: Share, keys: Collection[str], model_name: str) -> Report:
    """What came of a run, worked out before names are hidden: an answer of another model stays
    apart. model_name: as of seen_comparison."""
    report = report_of(stored, keys=keys)
    if share.with_names:
        return report
    settings = tuple(
        replace(each, endpoint="", host="", model=model_name.format(n=n))
        for n, each in enumerate(report.run.settings, 1)
    )
    columns = tuple(_nameless_column(each, settings) for each in report.columns)
    return replace(
        report,
        run=replace(
            report.run,
            settings=settings,
            judges=(),
            name=_nameless_title(report.run, settings),
        ),
        judgements=(),
        checked={},
        answers=tuple(map(_nameless_answer, report.answers)),
        columns=columns,
        compared=tuple(_nameless_compared(each, columns) for each in report.compared),
    )


def _nameless_title(run: CaseRun, settings: Sequence[Setting]) -> str:
    """A run may be called after its models; the longer name first, which another may begin."""
    pairs = [(old.model, new.model) for old, new in zip(run.settings, settings, strict=True)]
    name = run.name
    for old, new in sorted(pairs, key=lambda pair: -len(pair[0])):
        name = name.replace(old, new)
    return name


def _nameless_compared(found: Compared, columns: Sequence[ColumnResult]) -> Compared:
    before, after = columns[found.before.column], columns[found.after.column]
    old, new = ({case.place: case for case in each.cases} for each in (before, after))
    changes = tuple(
        replace(each, before=old[each.before.place], after=new[each.after.place])
        for each in found.changes
    )
    return replace(found, before=before, after=after, changes=changes)


def _nameless_column(column: ColumnResult, settings: Sequence[Setting]) -> ColumnResult:
    cases = tuple(
        replace(case, answers=tuple(map(_nameless_answer, case.answers))) for case in column.cases
    )
    return replace(column, setting=settings[column.column], cases=cases, others=Counter())


def _nameless_answer(answer: Answer) -> Answer:
    decided = replace(answer.decided, by="") if answer.decided else None
    result = _nameless_result(answer.result) if answer.result else None
    graded = _judged_by_nobody(answer.graded) if answer.graded else None
    return replace(answer, decided=decided, result=result, graded=graded)


def _judged_by_nobody(value: Any) -> Any:
    """What graders say, without the names of judges."""
    if isinstance(value, Mapping):
        return {
            name: _NOBODY if name == "judge" else _judged_by_nobody(each)
            for name, each in value.items()
        }
    return [_judged_by_nobody(each) for each in value] if isinstance(value, list) else value


def _nameless(cell: Cell) -> Cell:
    return replace(cell, result=_nameless_result(cell.result)) if cell.result else cell


def _nameless_result(result: AttemptResult) -> AttemptResult:
    return replace(result, model_answered=None, request_id=None, error_data={})
