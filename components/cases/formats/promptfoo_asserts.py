"""Assertions of promptfoo as graders, and back. Code (JavaScript, Python, Ruby, webhooks), those
that need an embedding and those that are graded by a prompt of its own are kept and never run."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from components.cases.case import Grader
from components.cases.formats.values import written_text

NAME = "promptfoo"
_PREFIX = re.compile(r"^(not-)?([a-z][a-z-]*)(?:\(([0-9.]+)\))?(?::(.*))?$", re.DOTALL)
_OPENAI = re.compile(r"^openai:(?:chat:|responses:)?([\w.-]+)$")  # whom a rubric asks
_LISTS = ("contains-any", "contains-all", "icontains-any", "icontains-all")
_NO_VALUE = ("is-json", "contains-json", "is-refusal", "cost", "latency")
_KNOWN = {
    *(
        *_LISTS,
        *_NO_VALUE,
        "equals",
        "contains",
        "icontains",
        "starts-with",
        "regex",
        "levenshtein",
    ),
    *("llm-rubric", "similar", "javascript", "python", "ruby", "webhook", "factuality", "is-xml"),
    *("model-graded-closedqa", "model-graded-factuality", "answer-relevance", "g-eval", "rouge-n"),
    *("context-faithfulness", "context-recall", "context-relevance", "classifier", "select-best"),
    *("bleu", "gleu", "meteor", "is-sql", "contains-sql", "contains-xml", "is-html", "perplexity"),
    *("contains-html", "finish-reason", "moderation", "guardrails", "perplexity-score", "pi"),
}
_PLAIN = {"normalise": "none"}
_FOLDED = {"normalise": "case"}


def graders(asserts: Any) -> tuple[Grader, ...]:
    """One for each, in order; a set of asserts that must all hold is its members."""
    found: list[Grader] = []
    for each in asserts if isinstance(asserts, list) else []:
        if (
            isinstance(each, Mapping)
            and each.get("type") == "assert-set"
            and set(each) <= {"type", "assert"}
        ):
            found += graders(each.get("assert"))
        else:
            found.append(grader(each))
    return tuple(found)


def grader(written: Any) -> Grader:
    """One assertion. What has no counterpart is kept."""
    if not isinstance(written, Mapping) or not isinstance(written.get("type"), str):
        return {"grader": "kept", "format": NAME, "kind": "?", "verbatim": written}
    kind: str = written["type"]
    negated = kind.startswith("not-")
    made = _made(kind.removeprefix("not-"), written)
    if made is None or "transform" in written:
        return {"grader": "kept", "format": NAME, "kind": kind, "verbatim": dict(written)}
    if made["grader"] == "rubric" and (judge := _OPENAI.match(str(written.get("provider")))):
        made["judge"] = judge[1]
    found: dict[str, Any] = {"grader": "not", "of": made} if negated else dict(made)
    if isinstance(written.get("metric"), str):
        found["name"] = written["metric"]
    if isinstance(written.get("weight"), int | float):
        found["weight"] = written["weight"]
    return found


def _made(kind: str, written: Mapping[str, Any]) -> dict[str, Any] | None:
    maker = _MAKERS.get(kind)
    return maker(written.get("value"), written.get("threshold")) if maker else None


def _equals(value: Any, _: Any) -> dict[str, Any] | None:
    if isinstance(value, dict | list):
        return {"grader": "json", "schema": {"const": value}}
    return None if value is None else {"grader": "exact", "value": written_text(value), **_PLAIN}


def _contains(
    how: str, normalise: Mapping[str, str]
) -> Callable[[Any, Any], dict[str, Any] | None]:
    def make(value: Any, _: Any) -> dict[str, Any] | None:
        values = _texts(value)
        if not values:
            return None
        return {"grader": "contains", how: values, "where": "anywhere", **normalise}

    return make


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [written_text(each) for each in value]
    return [] if value is None else [written_text(value)]


def _listed(make: Callable[[Any, Any], dict[str, Any] | None]) -> Callable[[Any, Any], Any]:
    """Of a text with commas, several."""

    def several(value: Any, threshold: Any) -> dict[str, Any] | None:
        return make(split(value) if isinstance(value, str) else value, threshold)

    return several


def split(text: str) -> list[str]:
    """At commas; `\\,` is one that belongs to the text, and quotes hold them together."""
    pieces = re.findall(r'\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)|((?:[^,\\]|\\.)*)(?:,|$)', text)
    found = [quoted or plain.strip() for quoted, plain in pieces]
    return [re.sub(r"\\([\\,\"])", r"\1", each) for each in found if each]


def _starts(value: Any, _: Any) -> dict[str, Any] | None:
    texts = _texts(value)
    return {"grader": "contains", "any": texts, "where": "start", **_PLAIN} if texts else None


def _regex(value: Any, _: Any) -> dict[str, Any] | None:
    return {"grader": "regex", "value": value} if isinstance(value, str) else None


def _is_json(anywhere: bool) -> Callable[[Any, Any], dict[str, Any] | None]:
    def make(value: Any, _: Any) -> dict[str, Any] | None:
        if not isinstance(value, dict | None):
            return None  # a file, or a schema as text
        more = {"anywhere": True} if anywhere else {}
        return {"grader": "json", "schema": value if value is not None else {}, **more}

    return make


def _levenshtein(value: Any, threshold: Any) -> dict[str, Any] | None:
    """At most so many edits: as a share of the reference's length."""
    most = 5 if threshold is None else threshold
    if not isinstance(value, str) or not value or not _is_number(most):
        return None
    return {"grader": "cer", "value": value, "at_most": most / len(value), **_PLAIN}


def _rubric(value: Any, threshold: Any) -> dict[str, Any] | None:
    if not isinstance(value, str):
        return None
    found = {"grader": "rubric", "text": value}
    return {**found, "at_least": threshold} if _is_number(threshold) else found


def _limit(name: str) -> Callable[[Any, Any], dict[str, Any] | None]:
    def make(_: Any, threshold: Any) -> dict[str, Any] | None:
        return {"grader": name, "at_most": threshold} if _is_number(threshold) else None

    return make


def _finish(value: Any, _: Any) -> dict[str, Any] | None:
    return {"grader": "finish", "value": value} if isinstance(value, str) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_MAKERS: Mapping[str, Callable[[Any, Any], dict[str, Any] | None]] = {
    "equals": _equals,
    "contains": _contains("any", _PLAIN),
    "icontains": _contains("any", _FOLDED),
    "contains-any": _listed(_contains("any", _PLAIN)),
    "contains-all": _listed(_contains("all", _PLAIN)),
    "icontains-any": _listed(_contains("any", _FOLDED)),
    "icontains-all": _listed(_contains("all", _FOLDED)),
    "starts-with": _starts,
    "regex": _regex,
    "is-json": _is_json(False),
    "contains-json": _is_json(True),
    "levenshtein": _levenshtein,
    "llm-rubric": _rubric,
    "cost": _limit("cost"),
    "latency": _limit("latency"),  # milliseconds
    "finish-reason": _finish,
    "is-refusal": lambda value, threshold: {"grader": "refusal"},
}


def of_cell(cell: str) -> dict[str, Any]:
    """An assertion out of a cell of CSV: `contains-any:a,b`, `similar(0.8):x`; else `equals`."""
    if cell.startswith(("javascript:", "fn:", "eval:")):
        return {"type": "javascript", "value": cell.partition(":")[2]}
    if cell.startswith(("grade:", "file://")):
        kind = "llm-rubric" if cell.startswith("grade:") else "python"
        return {"type": kind, "value": cell.removeprefix("grade:")}
    found = _PREFIX.match(cell)
    if found is None or found[2] not in _KNOWN or (found[4] is None and found[2] not in _NO_VALUE):
        return {"type": "equals", "value": cell}
    made: dict[str, Any] = {"type": f"{found[1] or ''}{found[2]}"}
    value = (found[4] or "").strip()
    if value:
        made["value"] = split(value) if found[2] in _LISTS else value
    if found[3]:
        try:
            made["threshold"] = int(found[3]) if found[3].isdigit() else float(found[3])
        except ValueError:
            return {"type": "equals", "value": cell}
    return made


def to_cell(written: Mapping[str, Any]) -> str:
    """The cell that `of_cell` reads so."""
    kind, value = written["type"], written.get("value")
    threshold = f"({written['threshold']})" if "threshold" in written else ""
    if kind == "equals" and not threshold:
        text = written_text(value)
        return text if of_cell(text) == dict(written) else f"equals:{text}"
    if isinstance(value, list):
        value = ",".join(re.sub(r"([\\,])", r"\\\1", each) for each in value)
    return f"{kind}{threshold}" + ("" if value is None else f":{written_text(value)}")


def to_assert(made: Grader) -> dict[str, Any] | None:
    """An assertion for a grader of ours; None for one that has no counterpart."""
    which = made["grader"]
    if which == "kept":
        return dict(made["verbatim"]) if made.get("format") == NAME else None
    if which == "not":
        inner = to_assert(made["of"])
        held = inner and {**inner, "type": f"not-{inner['type']}"}
    else:
        held = _asserted(which, made)
    if held is None:
        return None
    if "name" in made:
        held["metric"] = made["name"]
    if "weight" in made:
        held["weight"] = made["weight"]
    return held


def _asserted(which: str, made: Grader) -> dict[str, Any] | None:
    value = made.get("value")
    if which in ("exact", "number", "choice", "date") and value is not None:
        return {"type": "equals" if which == "exact" else "contains", "value": str(value)}
    if which == "one_of":
        return {"type": "contains-any", "value": list(made.get("values", ()))}
    if which == "contains":
        return _contained(made)
    if which == "regex":
        return {"type": "regex", "value": value}
    if which == "json" and "fields" not in made:
        kind = "contains-json" if made.get("anywhere") else "is-json"
        schema = made.get("schema") or {}
        if not isinstance(schema, Mapping):
            return None
        if set(schema) == {"const"}:
            return {"type": "equals", "value": schema["const"]}
        return {"type": kind, "value": schema} if schema else {"type": kind}
    if which == "cer" and isinstance(value, str) and value and _is_number(made.get("at_most")):
        return {
            "type": "levenshtein",
            "value": value,
            "threshold": round(made["at_most"] * len(value), 6),
        }
    if which == "rubric":
        found = {"type": "llm-rubric", "value": made.get("text", "")}
        if made.get("judge"):
            found["provider"] = f"openai:chat:{made['judge']}"
        return {**found, "threshold": made["at_least"]} if "at_least" in made else found
    if which in ("cost", "latency"):
        return {"type": which, "threshold": made.get("at_most")}
    if which == "refusal":
        return {"type": "is-refusal"}
    return {"type": "finish-reason", "value": value} if which == "finish" else None


def _contained(made: Grader) -> dict[str, Any] | None:
    folded = "" if made.get("normalise") == "none" else "i"
    if made.get("where") == "start":
        texts = made.get("any", ())
        return {"type": "starts-with", "value": texts[0]} if len(texts) == 1 else None
    if made.get("where") in ("end", "either"):
        return None
    for how in ("any", "all"):
        if how in made:
            texts = list(made[how])
            if len(texts) == 1:
                return {"type": f"{folded}contains", "value": texts[0]}
            return {"type": f"{folded}contains-{how}", "value": texts}
    return None


def means_the_same(made: Grader, written: Mapping[str, Any]) -> bool:
    """Whether reading it again gives what it was written from."""
    return grader(written) == made
