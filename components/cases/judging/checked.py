"""How often people agree with a judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.cases.statistics.rate import Interval, kappa, wilson
from components.cases.store.runs import Verdict

ENOUGH = 20
"""Verdicts that people have labelled from which on it is said how often they agree."""

Labelled = tuple[Mapping[str, Any], Verdict]
"""What graders say of an answer (`grading.Graded`), and what a person decided on it."""


@dataclass(frozen=True)
class Checked:
    """same: of `labelled` verdicts, those in which a person and the judge agree. kappa: Cohen's;
    None where both always said the same one thing."""

    labelled: int = 0
    same: int = 0
    kappa: float | None = None

    @property
    def enough(self) -> bool:
        return self.labelled >= ENOUGH

    @property
    def rate(self) -> Interval:
        return wilson(self.same, self.labelled)


def checked(labelled: Iterable[Labelled]) -> dict[str, Checked]:
    """By the judge's model. A person decides on an answer as a whole: where other graders don't say
    right, that says nothing of the judge."""
    tables: defaultdict[str, list[list[int]]] = defaultdict(lambda: [[0, 0], [0, 0]])
    for graded, person in labelled:
        for judge, verdict in _judged(graded):
            if person in ("right", "wrong"):
                tables[judge][verdict != "right"][person != "right"] += 1
    return {
        judge: Checked(sum(map(sum, table)), table[0][0] + table[1][1], kappa(table))
        for judge, table in tables.items()
    }


def _judged(graded: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The verdict of a judge that alone decided; an unsure one is right neither."""
    each = graded.get("each") or [graded]
    judges = [one for one in each if (one.get("facts") or {}).get("judge")]
    others = [one for one in each if one not in judges]
    if len(judges) != 1 or any(one.get("verdict") != "right" for one in others):
        return
    facts = judges[0]["facts"]
    if not facts.get("failed"):
        yield str(facts["judge"]), str(judges[0]["verdict"])
