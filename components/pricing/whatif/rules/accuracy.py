"""How right are we: every figure that is known, counted now by our rules, by family."""

from dataclasses import dataclass
from typing import NamedTuple

from components.tokens.cases import Case, cases


@dataclass(frozen=True)
class Judged:
    """A known figure beside ours. counted: ours, None when we say that the image is refused."""

    case: Case
    rule: str
    counted: int | None
    right: bool
    exact: bool


class Share(NamedTuple):
    """right of known cases."""

    right: int
    known: int


@dataclass(frozen=True)
class FamilyAccuracy:
    """One rule. right: within what the measurement and the rule leave open; exact: to the token.

    billed, documented: the same, split by what the cases are. sources: URLs, each once. wrong:
    the cases that aren't right. Anomalies are not among all these: see `anomalies`.
    """

    rule: str
    known: int
    right: int
    exact: int
    billed: Share
    documented: Share
    sources: tuple[str, ...]
    wrong: tuple[Judged, ...]


def accuracy() -> list[FamilyAccuracy]:
    """The rules that cases are known of, in the order of the cases; each counted anew."""
    families: dict[str, list[Judged]] = {}
    for judged in (_judge(case) for case in cases() if not case.anomaly):
        families.setdefault(judged.rule, []).append(judged)
    return [_family(rule, found) for rule, found in families.items()]


def anomalies() -> list[Judged]:
    """Bills that follow no known rule, which ours doesn't try to match. Why not: the text
    `cost.evidence.disagree.<case.anomaly>`, its data in `evidence.disagreements_of`."""
    return [_judge(case) for case in cases() if case.anomaly]


def _judge(case: Case) -> Judged:
    found = case.count()
    # An unknown model has no count either, but that is no refusal.
    right = found.status != "unknown" and case.agrees(found.tokens, found.tolerance)
    return Judged(
        case=case,
        rule=found.rule or "",
        counted=found.tokens,
        right=right,
        exact=right and found.tokens == case.tokens,
    )


def _family(rule: str, found: list[Judged]) -> FamilyAccuracy:
    return FamilyAccuracy(
        rule=rule,
        known=len(found),
        right=sum(one.right for one in found),
        exact=sum(one.exact for one in found),
        billed=_share(found, "billed"),
        documented=_share(found, "documented"),
        sources=tuple(dict.fromkeys(one.case.source for one in found)),
        wrong=tuple(one for one in found if not one.right),
    )


def _share(found: list[Judged], kind: str) -> Share:
    of_kind = [one for one in found if one.case.kind == kind]
    return Share(sum(one.right for one in of_kind), len(of_kind))
