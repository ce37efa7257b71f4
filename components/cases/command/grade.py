"""`grade FILE`: answers with graders, without a run: verdict, score and reason of each. `grade RUN
--set PATH`: see again.

FILE is JSON, {"cases": [...]} or a list, or JSON lines; each case has either a grader's settings
beside its answer or `expect`, a list of graders.
"""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from components.cases.command import again
from components.cases.command.words import word
from components.graders import Grade, GraderError, Reply, grade, grade_all
from components.i18n import t
from components.i18n.console import language_of
from components.settings import environment
from components.text import one_line

_LARGEST = 50 * 1024 * 1024  # bytes of a file


def add(subparsers: Any) -> None:
    """Its arguments."""
    parser = subparsers.add_parser(
        "grade", help=word("grade"), description=word("grade"), allow_abbrev=False
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=word("grade_file"))
    parser.add_argument("--json", action="store_true", help=word("json"))
    again.add(parser)
    parser.set_defaults(run=run)


def run(asked: Namespace, out: TextIO) -> int:
    """0, whatever the verdicts are; of a run by the gates. Raises GraderError for what can't be
    graded."""
    if asked.set is not None:
        return again.run_again(asked, out)
    lang = asked.lang or language_of(environment)
    cases = _cases(asked.file)
    grades = [_grade(case, asked.file.name, n) for n, case in enumerate(cases, 1)]
    counts = Counter(found.verdict for found in grades)
    totals = {verdict: counts[verdict] for verdict in ("right", "wrong", "unsure")}
    if asked.json:
        told = [_told(case, found, lang) for case, found in zip(cases, grades, strict=True)]
        # Half a surrogate, as JSON may have it, has no bytes; escaped it has.
        said = json.dumps({"cases": told, "totals": totals}, ensure_ascii=False, indent=2)
        print(said.encode("utf-8", "backslashreplace").decode(), file=out)
        return 0
    for n, (case, found) in enumerate(zip(cases, grades, strict=True), 1):
        score = "" if found.score is None else f" {found.score:.6g}"
        verdict = t(lang, f"cases.verdict.{found.verdict}")
        line = f"{case.get('id', n)}: {verdict}{score} · {_sentence(found, lang)}"
        print(one_line(line).encode("utf-8", "backslashreplace").decode(), file=out)
    print(t(lang, "cases.command.graded", n=len(grades), **totals), file=out)
    return 0


def _cases(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise GraderError("grade_file", name=path.name)
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise GraderError("grade_file", name=path.name) from error
    cases = _parsed(text, path.name)
    for place, case in enumerate(cases, 1):
        if not isinstance(case, Mapping):
            raise GraderError("grade_shape", name=path.name, place=place)
    if not cases:
        raise GraderError("grade_shape", name=path.name, place=1)
    return cases


def _parsed(text: str, name: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise GraderError("grade_json", name=name, line=1) from error
    except ValueError as error:
        if "\n" not in text.strip():
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            raise GraderError("grade_json", name=name, line=line) from error
        return _lines(text, name, error)
    if isinstance(whole, Mapping) and isinstance(whole.get("cases"), list):
        return list(whole["cases"])
    return whole if isinstance(whole, list) else [whole]


def _lines(text: str, name: str, whole: ValueError) -> list[Any]:
    found = []
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            # A document over several lines is told of as one.
            at = getattr(whole, "lineno", 1) if not found else n
            raise GraderError("grade_json", name=name, line=at) from error
    return found


def _grade(case: Mapping[str, Any], name: str, place: int) -> Grade:
    answer, answers = case.get("answer", ""), case.get("answers", [])
    if not isinstance(answer, str) or not isinstance(answers, list):
        raise GraderError("grade_shape", name=name, place=place)
    if not all(isinstance(each, str) for each in answers):
        raise GraderError("grade_shape", name=name, place=place)
    reply = Reply(answer, tuple(answers))
    expect = case.get("expect")
    if expect is None and "grader" in case:
        return grade(case, reply)
    if not isinstance(expect, list) or not all(isinstance(each, Mapping) for each in expect):
        raise GraderError("grade_shape", name=name, place=place)
    return grade_all(expect, reply)[0]


def _told(case: Mapping[str, Any], found: Grade, lang: str) -> dict[str, Any]:
    named = {key: case[key] for key in ("id", "grader") if key in case}
    return {
        **named,
        "verdict": found.verdict,
        "score": found.score,
        "code": found.why.code,
        "why": _sentence(found, lang),
        "facts": dict(found.facts),
    }


def _sentence(found: Grade, lang: str) -> str:
    return t(lang, f"cases.why.{found.why.code}", **found.why.data)
