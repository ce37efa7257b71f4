"""Grader rubric: what a judge model says of an answer. Whoever grades asks the judge; here it is
said what the judge has to reply, and its reply is read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import Any, Literal

from components.graders.settings import Settings
from components.graders.types import Grade, GraderError, Reply, Verdict, Why, unsure

_REASON = 500  # characters of a judge's reason that are kept
_MOST = 50  # labels
_OUTSIDE = ("name", "weight")
Form = Literal["verdict", "label", "score"]


@dataclass(frozen=True)
class Rubric:
    """criterion: what makes an answer right. judge: the model that is to say so, "" for any.
    sees_image: whether it gets the images of the case. votes: how often it is asked; more than half
    decide. reference: an answer that is right, "" for none.

    labels, passing: the judge chooses a label, of which these are right. low, high: it gives a
    number between; at_least: from which on it is right, None for a person to decide.
    """

    criterion: str
    judge: str = ""
    sees_image: bool = False
    votes: int = 1
    reference: str = ""
    labels: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    at_least: float | None = None
    form: Form = "verdict"


def rubric(given: Mapping[str, Any], reply: Reply) -> Grade:
    """text: the criterion. judge: a model. sees: image. votes: 1 or 3. reference. labels and
    passing, or range and at_least, where the judge is to choose or to rate. score: what it gave."""
    asked = rubric_of(given)
    votes = reply.judged.get(key_of(given), ())
    return _counted(asked, votes) if len(votes) >= asked.votes else unsure("rubric_none")


def rubric_in(given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The rubric that a grader is, or turns as a `not`."""
    inner: Any = given
    while isinstance(inner, Mapping):
        if inner.get("grader") == "rubric":
            return inner
        inner = inner.get("of") if inner.get("grader") == "not" else None
    return None


def rubric_of(given: Mapping[str, Any]) -> Rubric:
    """Its settings. Raises GraderError."""
    settings = Settings(given)
    criterion = settings.text("text")
    if not criterion.strip():
        raise settings.bad("text")
    votes = given.get("votes", 1)
    if type(votes) is not int or votes not in (1, 3):
        raise settings.bad("votes")
    low, high = _range(settings)
    labels = settings.texts("labels") if settings.has("labels") else ()
    passing = settings.texts("passing") if settings.has("passing") else ()
    if len(set(labels)) > _MOST or not set(passing) <= set(labels) or (labels and not passing):
        raise settings.bad("passing" if labels else "labels")
    rated = settings.has("range") or settings.has("at_least")
    least = settings.decimal("at_least", Decimal(0)) if settings.has("at_least") else None
    return Rubric(
        criterion=criterion,
        judge=settings.text("judge").strip() if settings.has("judge") else "",
        sees_image=settings.one_of("sees", ("", "image"), "") == "image",
        votes=votes,
        reference=settings.text("reference") if settings.has("reference") else "",
        labels=labels,
        passing=passing,
        low=low,
        high=high,
        at_least=None if least is None else float(least),
        form="label" if labels else "score" if rated else "verdict",
    )


def key_of(given: Mapping[str, Any]) -> str:
    """The same for the same rubric, whatever it is called and counts."""
    told = {name: value for name, value in given.items() if name not in _OUTSIDE}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)


def schema_of(asked: Rubric) -> dict[str, Any]:
    """What the judge has to reply, as JSON Schema. The reason comes first: it is thought before it
    is decided."""
    decided: dict[str, Any]
    if asked.form == "label":
        decided = {"label": {"type": "string", "enum": list(asked.labels)}}
    elif asked.form == "score":
        decided = {"score": {"type": "number"}}
    else:
        decided = {"verdict": {"type": "string", "enum": ["right", "wrong", "unsure"]}}
    fields = {"reason": {"type": "string"}, **decided}
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def read_vote(asked: Rubric, judge: str, text: str) -> Grade:
    """What a judge replied. A reply that isn't the one JSON object that was asked for is unsure:
    what is quoted in it may be the answer's own words."""
    told = _object(text)
    reason = " ".join(str(told.get("reason") or "").split())[:_REASON] if told else ""
    if told is None:
        return unsure("rubric_unread", judge=judge)
    if asked.form == "label":
        label = told.get("label")
        if label not in asked.labels:
            return unsure("rubric_unread", judge=judge)
        return _said("right" if label in asked.passing else "wrong", judge, f"{label}. {reason}")
    if asked.form == "score":
        return _rated(asked, judge, told.get("score"), reason)
    verdict = told.get("verdict")
    if verdict not in ("right", "wrong", "unsure"):
        return unsure("rubric_unread", judge=judge)
    return _said(verdict, judge, reason)


def failed_vote(judge: str, code: str) -> Grade:
    """The judge gave none."""
    return unsure("rubric_failed", judge=judge, code=code)


def _rated(asked: Rubric, judge: str, score: object, reason: str) -> Grade:
    number = isinstance(score, int | float) and not isinstance(score, bool)
    if not number or not asked.low <= score <= asked.high:  # type: ignore[operator]
        return unsure("rubric_unread", judge=judge)
    given = float(score)  # type: ignore[arg-type]
    if asked.at_least is None:
        return unsure("rubric_score", given, judge=judge, score=f"{given:g}", reason=reason)
    verdict: Verdict = "right" if given >= asked.at_least else "wrong"
    return _said(verdict, judge, f"{given:g}. {reason}", given)


def _said(verdict: Verdict, judge: str, reason: str, score: float | None = None) -> Grade:
    return Grade(verdict, Why(f"rubric_{verdict}", {"judge": judge, "reason": reason}), score)


def _counted(asked: Rubric, votes: Sequence[Grade]) -> Grade:
    """By more than half of the votes that were asked for; a vote that failed is none for right."""
    votes = votes[: asked.votes]
    scores = [vote.score for vote in votes if vote.score is not None]
    judge = str(votes[0].why.data.get("judge", ""))
    facts = {
        "judge": judge,
        "votes": [vote.verdict for vote in votes],
        "failed": sum(vote.why.code in ("rubric_failed", "rubric_unread") for vote in votes),
    }
    score = fmean(scores) if scores else None
    verdict: Verdict
    for verdict in ("right", "wrong", "unsure"):
        same = [vote for vote in votes if vote.verdict == verdict]
        if 2 * len(same) > asked.votes:
            return Grade(verdict, same[0].why, score, facts)
    said = ", ".join(vote.verdict for vote in votes)
    return Grade("unsure", Why("rubric_split", {"judge": judge, "said": said}), score, facts)


def _range(settings: Settings) -> tuple[float, float]:
    if not settings.has("range"):
        return 0.0, 1.0
    value = settings.given["range"]
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise settings.bad("range")
    try:
        low, high = (
            Settings({"grader": "rubric", "range": each}).decimal("range") for each in value
        )
    except GraderError:
        raise settings.bad("range") from None
    if low >= high:
        raise settings.bad("range")
    return float(low), float(high)


def _object(text: str) -> Mapping[str, Any] | None:
    """One object of JSON and nothing else, in a fence or without."""
    bare = text.strip()
    if bare.startswith("```") and bare.endswith("```") and len(bare) > 6:
        bare = bare[3:-3].removeprefix("json").strip()
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
