"""What a case asks and what it expects, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.cases.case import Case, Grader, Text
from components.i18n import t, texts
from components.text import one_line

_SHOWN = 60  # characters of one value
_FEW = 4  # values that are named


def question_of(case: Case) -> str:
    """The last thing that is asked, in one line; "" for an image alone."""
    for message in reversed(case.input):
        said = " ".join(part.text for part in message.content if isinstance(part, Text))
        if message.role == "user" and said.strip():
            return one_line(said)
    return ""


def expectation(lang: str, graders: Sequence[Grader]) -> str:
    """What must hold of an answer; "" where nothing is expected."""
    return t(lang, "cases.expect.and").join(grader_words(lang, each) for each in graders)


def grader_words(lang: str, grader: Grader) -> str:
    """`says 23`, `contains “Spectator Guide”`."""
    name = str(grader.get("grader"))
    if name == "kept":
        kind = one_line(str(grader.get("kind") or name))[:_SHOWN]
        return t(lang, "cases.expect.kept", value=kind)
    if name == "not":
        of = grader.get("of")
        said = grader_words(lang, of) if isinstance(of, Mapping) else _values(lang, grader)
        return t(lang, "cases.expect.not", what=said)
    if name == "contains":
        return _contains(lang, grader)
    key = f"cases.expect.{name}"
    if key not in texts(lang):
        return t(lang, "cases.expect.other", name=one_line(name)[:_SHOWN])
    return t(lang, key, value=_values(lang, grader), **_more(grader))


def words_of(case: Case) -> str:
    """What a search looks at: everything that is asked, expected and noted, in lower case."""
    said = [case.id, *case.tags, *case.choices, case.group or ""]
    said += [p.text for m in case.input for p in m.content if isinstance(p, Text)]
    for grader in case.expect:
        said += [str(grader.get("grader")), *_said(grader)]
    return " ".join(one_line(each) for each in said if each).casefold()


def _contains(lang: str, grader: Grader) -> str:
    where = str(grader.get("where", "anywhere"))
    key = f"cases.expect.contains_{where}"
    if key not in texts(lang):
        key = "cases.expect.contains"
    return t(lang, key, value=_values(lang, grader))


def _more(grader: Grader) -> dict[str, str]:
    """The settings that some graders are named with."""
    return {"at_most": str(grader.get("at_most", "")), "at_least": str(grader.get("at_least", ""))}


def _values(lang: str, grader: Grader) -> str:
    said = [one_line(each) for each in _said(grader)]
    shown = [each if len(each) <= _SHOWN else f"{each[: _SHOWN - 1]}…" for each in said[:_FEW]]
    if len(said) > _FEW:
        shown.append("…")
    joint = "cases.expect.all" if "all" in grader else "cases.expect.any"
    quoted = [
        each if _is_figure(each) else t(lang, "cases.expect.quoted", value=each) for each in shown
    ]
    return t(lang, joint).join(quoted)


def _said(grader: Grader) -> Iterator[str]:
    for name in ("value", "values", "any", "all", "pattern", "text"):
        held: Any = grader.get(name)
        if isinstance(held, list | tuple):
            yield from (str(each) for each in held)
        elif held is not None and not isinstance(held, Mapping):
            yield str(held)


def _is_figure(said: str) -> bool:
    return said == "…" or said.replace(",", "").replace(".", "").lstrip("-−").isdigit()
