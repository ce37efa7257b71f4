"""Testing criteria of hosted evals as graders. Python and `multi` are kept and never run."""

from collections.abc import Mapping
from typing import Any

from components.cases.case import Grader
from components.cases.formats.templates import Lookup, alone, filled
from components.cases.formats.values import written_text

NAME = "openai_hosted"
_ANSWER = "{{sample.output_text}}"


def graders(criteria: list[Any], lookup: Lookup) -> tuple[Grader, ...]:
    """One for each of the criteria, in order. lookup: what `{{item.x}}` is for one case."""
    return tuple(_grader(each, lookup) for each in criteria)


def _grader(criterion: Any, lookup: Lookup) -> Grader:
    if not isinstance(criterion, Mapping):
        return {"grader": "kept", "format": NAME, "kind": "?", "verbatim": criterion}
    kind = str(criterion.get("type"))
    makers = {
        "string_check": _string_check,
        "text_similarity": _similarity,
        "label_model": _judge,
        "score_model": _judge,
    }
    made = makers[kind](criterion, lookup) if kind in makers else None
    if made is None:
        made = {"grader": "kept", "format": NAME, "kind": kind, "verbatim": dict(criterion)}
    name = criterion.get("name")
    return {**made, "name": name} if isinstance(name, str) else made


def _string_check(criterion: Mapping[str, Any], lookup: Lookup) -> Grader | None:
    reference = _reference(criterion, lookup)
    if reference is None:
        return None
    exact = {"grader": "exact", "value": reference, "normalise": "none"}
    like = {"grader": "contains", "any": [reference], "where": "anywhere", "normalise": "none"}
    made: Mapping[str, Grader] = {
        "eq": exact,
        "ne": {"grader": "not", "of": exact},
        "like": like,
        "ilike": {**like, "normalise": "case"},
    }
    return made.get(str(criterion.get("operation")))


def _similarity(criterion: Mapping[str, Any], lookup: Lookup) -> Grader | None:
    reference = _reference(criterion, lookup)
    least = criterion.get("pass_threshold")
    if (
        reference is None
        or criterion.get("evaluation_metric") != "fuzzy_match"
        or isinstance(least, bool)
        or not isinstance(least, int | float)
    ):
        return None
    return {"grader": "similarity", "value": reference, "at_least": least}


def _judge(criterion: Mapping[str, Any], lookup: Lookup) -> Grader | None:
    asked = criterion.get("input")
    if not isinstance(asked, list):
        return None
    texts = [filled(text, lookup) for each in asked for text in _texts(each)]
    made: dict[str, Any] = {"grader": "rubric", "text": "\n\n".join(texts)}
    if isinstance(criterion.get("model"), str):
        made["judge"] = criterion["model"]
    if _has_image(asked):
        made["sees"] = "image"
    if criterion["type"] == "label_model":
        made["labels"] = criterion.get("labels", [])
        made["passing"] = criterion.get("passing_labels", [])
    else:
        made["range"] = criterion.get("range", [0, 1])
        if (least := criterion.get("pass_threshold")) is not None:
            made["at_least"] = least
    return made


def _reference(criterion: Mapping[str, Any], lookup: Lookup) -> str | None:
    """What the answer is compared with; None where it isn't the answer that is compared."""
    asked, reference = criterion.get("input"), criterion.get("reference")
    if not isinstance(asked, str) or asked.replace(" ", "") != _ANSWER:
        return None
    return written_text(alone(reference, lookup)) if isinstance(reference, str) else None


def _texts(message: Any) -> list[str]:
    content = message.get("content") if isinstance(message, Mapping) else None
    parts = content if isinstance(content, list) else [content]
    found = [part.get("text") if isinstance(part, Mapping) else part for part in parts]
    return [text for text in found if isinstance(text, str)]


def _has_image(asked: list[Any]) -> bool:
    contents = [each.get("content") for each in asked if isinstance(each, Mapping)]
    parts = [p for c in contents for p in (c if isinstance(c, list) else [c])]
    return any(isinstance(part, Mapping) and part.get("type") == "input_image" for part in parts)


def criterion_of(grader: Grader, number: int, reference: str) -> dict[str, Any] | None:
    """A criterion for a grader of ours, None for one that has no counterpart. reference: the field
    of the item that holds what the answer is compared with."""
    name = str(grader.get("name") or f"{grader['grader']}-{number}")
    field = f"{{{{item.{reference}}}}}"
    check = {"type": "string_check", "name": name, "input": _ANSWER, "reference": field}
    which = grader["grader"]
    if which == "exact":
        return {**check, "operation": "eq"}
    if which == "not" and grader["of"].get("grader") == "exact":
        return {**check, "operation": "ne"}
    if which == "contains" and len(grader.get("any", ())) == 1 and grader.get("where") != "start":
        return {**check, "operation": "like" if grader.get("normalise") == "none" else "ilike"}
    if which == "similarity":
        return {
            "type": "text_similarity",
            "name": name,
            "input": _ANSWER,
            "reference": field,
            "evaluation_metric": "fuzzy_match",
            "pass_threshold": grader.get("at_least", 1),
        }
    if which == "rubric" and grader.get("judge"):
        return {**_model(grader, field), "name": name}
    if which == "kept" and grader.get("format") == NAME:
        return dict(grader["verbatim"])
    return None


def _model(grader: Grader, field: str) -> dict[str, Any]:
    """A judge's criterion. A plain rubric is one whose labels are our verdicts."""
    messages = [
        {"type": "message", "role": role, "content": {"type": "input_text", "text": text}}
        for role, text in (("developer", field), ("user", _ANSWER))
    ]
    asked = {"model": grader["judge"], "input": messages}
    if "range" in grader or "at_least" in grader:
        made = {"type": "score_model", **asked, "range": list(grader.get("range", (0, 1)))}
        return {**made, "pass_threshold": grader["at_least"]} if "at_least" in grader else made
    labels = list(grader.get("labels") or ("right", "wrong", "unsure"))
    passing = list(grader.get("passing") or ("right",))
    return {"type": "label_model", **asked, "labels": labels, "passing_labels": passing}


def compared_with(grader: Grader) -> str:
    """What stands in the item for such a criterion."""
    if grader["grader"] == "rubric":
        return str(grader.get("text", "")).replace(_ANSWER, "").strip()
    held = grader["of"] if grader["grader"] == "not" else grader
    value = held.get("value", (held.get("any") or [""])[0])
    return written_text(value)
