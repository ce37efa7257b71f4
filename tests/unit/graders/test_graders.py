"""All graders: limits, hostile input, what is wrong with one, several together."""

import json
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from components.graders import GRADERS, Grade, GraderError, Reply, check, grade, grade_all
from components.i18n import t, texts
from components.i18n.sentence import sentence
from tests.support.paths import ROOT
from tests.unit.graders.grading import graded, verdict

REFERENCE = ROOT.parent / "shared" / "data" / "evals" / "graders.json"
LOADED_WHEN_NEEDED = {"rapidfuzz", "regex", "cn2an", "text_to_num", "jsonschema"}

USABLE: dict[str, dict[str, Any]] = {
    "exact": {"value": "a"},
    "one_of": {"values": ["a"]},
    "contains": {"any": ["a"]},
    "not": {"of": {"grader": "exact", "value": "a"}},
    "regex": {"value": "a"},
    "number": {"value": "3"},
    "count": {"value": 3},
    "date": {"value": "2024-03-17"},
    "json": {"schema": {"type": "object"}, "fields": {"/a": {"grader": "exact", "value": "a"}}},
    "anls": {"any": ["a"]},
    "cer": {"value": "a"},
    "wer": {"value": "a"},
    "similarity": {"value": "a"},
    "iou": {"boxes": [[0, 0, 9, 9]]},
    "choice": {"value": "A", "choices": ["x", "y"]},
    "cost": {"at_most": "0.01"},
    "latency": {"at_most": 900},
    "finish": {"value": "stop"},
    "refusal": {},
    "rubric": {
        "text": "a",
        "judge": "m",
        "votes": 1,
        "sees": "image",
        "reference": "a",
        "labels": ["a"],
        "passing": ["a"],
        "range": [0, 1],
    },
}


def said(found: Grade) -> list[str]:
    return [t(lang, f"cases.why.{found.why.code}", **found.why.data) for lang in ("en", "zh")]


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference answers aren't here")
def test_the_reference_answers_are_graded_as_they_should_be() -> None:
    cases = json.loads(REFERENCE.read_text("utf-8"))["cases"]
    assert len(cases) >= 92
    for case in cases:
        found = grade(case, Reply(case.get("answer", ""), tuple(case.get("answers", ()))))
        assert found.verdict == case["verdict"], (case, found)
        if "score" in case:
            assert found.score == pytest.approx(case["score"], abs=1e-6), case
        assert all(said(found))


def test_every_grader_is_tried_here() -> None:
    assert USABLE.keys() == GRADERS.keys()


@pytest.mark.parametrize("name", GRADERS)
@pytest.mark.parametrize(
    "answer", ["", "a", "3", '{"a": "a"}', "[0, 0, 9, 9]", "？！\0\ud800", "17 March 2024, A"]
)
def test_every_verdict_has_a_sentence_in_both_languages(name: str, answer: str) -> None:
    found = graded(answer, name, **USABLE[name])
    assert found.verdict in {"right", "wrong", "unsure"}
    assert all(said(found))
    json.dumps(dict(found.facts))


@pytest.mark.parametrize("name", GRADERS)
@pytest.mark.parametrize("value", [None, True, [], {}, [None], "", "x" * 2000, -1, 1e400, "NaN"])
def test_settings_of_any_kind_are_used_or_refused(name: str, value: Any) -> None:
    for key in [*USABLE[name], "normalise", "at_least", "at_most", "abs", "unit", "where", "by"]:
        given = {"grader": name, **USABLE[name], key: value}
        for answer in ("3 a", '{"a": [1]}'):
            with suppress(GraderError):
                grade(given, Reply(answer))


def test_what_a_grader_lacks_is_named() -> None:
    for given, code in (
        ({"grader": "python"}, "grader_unknown"),
        ({}, "grader_unknown"),
        ({"grader": "exact"}, "grader_missing"),
        ({"grader": "number", "value": "many"}, "grader_setting"),
        ({"grader": "regex", "value": "("}, "grader_pattern"),
        ({"grader": "regex", "value": "a" * 1001}, "grader_pattern"),
    ):
        with pytest.raises(GraderError) as caught:
            check(given)
        assert caught.value.code == code
        for lang in ("en", "zh"):
            assert all(sentence(lang, code, caught.value.data))
    deep: dict[str, Any] = {"grader": "exact", "value": "a"}
    for _ in range(3000):
        deep = {"grader": "not", "of": deep}
    with pytest.raises(GraderError):
        check(deep)


def test_an_author_is_told_what_a_grader_does_not_see() -> None:
    assert [hint.code for hint in check({"grader": "contains", "any": ["a"]})] == ["hint_contains"]
    assert [hint.code for hint in check({"grader": "wer", "value": "今天很好"})] == ["hint_wer"]
    assert check({"grader": "exact", "value": "a"}) == ()
    assert {"cases.why.hint_contains", "cases.why.hint_wer"} <= set(texts("zh"))


def test_a_pattern_that_would_hang_is_stopped() -> None:
    answer = ",".join(map(str, range(1, 40)))
    found = graded(answer, "regex", value="(.*?,){30}P")
    assert (found.verdict, found.why.code) == ("unsure", "regex_time")
    assert verdict("Order QX-9981", "regex", value=r"\b[A-Z]{2}-\d{4}\b") == "right"
    assert verdict("order qx-9981", "regex", value=r"[A-Z]{2}-\d{4}", flags="i") == "right"


def test_an_answer_without_an_end_is_for_a_person() -> None:
    assert verdict("a" * 100_001, "exact", value="a") == "unsure"
    assert verdict("a" * 100_001, "refusal") == "wrong"


def test_limits_of_how_an_answer_came() -> None:
    reply = Reply(
        "I'm sorry, I can't help with that.", cost=Decimal("0.002"), ms=800, finish="stop"
    )
    for name, settings, found in (
        ("cost", {"at_most": "0.002"}, "right"),
        ("cost", {"at_most": "0.0019"}, "wrong"),
        ("latency", {"at_most": 800}, "right"),
        ("latency", {"at_most": 799}, "wrong"),
        ("finish", {"values": ["stop", "end_turn"]}, "right"),
        ("finish", {"value": "length"}, "wrong"),
        ("refusal", {}, "right"),
        ("refusal", {"wanted": False}, "wrong"),
    ):
        assert grade({"grader": name, **settings}, reply).verdict == found, name
    for name in ("cost", "latency", "finish"):
        assert grade({"grader": name, **USABLE[name]}, Reply("a")).verdict == "unsure"
    assert verdict("抱歉，我无法识别图中的人。", "refusal") == "right"
    assert verdict("No sorry sight: two dogs.", "refusal") == "wrong"
    assert grade({"grader": "refusal"}, Reply("", refused=True)).verdict == "right"


def test_all_graders_of_a_case_together() -> None:
    dogs = {"grader": "contains", "any": ["dogs"]}
    two = {"grader": "number", "value": "2"}
    both = [dogs, two]
    assert grade_all(both, Reply("2 dogs"))[0].verdict == "right"
    whole, each = grade_all(both, Reply("3 dogs"))
    assert (whole.verdict, whole.score, [one.verdict for one in each]) == (
        "wrong",
        0.5,
        ["right", "wrong"],
    )
    assert grade_all(both, Reply("3 dogs"), at_least=0.5)[0].verdict == "right"
    assert grade_all(both, Reply("2 or 3 dogs"))[0].verdict == "unsure"
    assert grade_all([dogs | {"weight": 3}, two], Reply("3 dogs"), 0.75)[0].verdict == "right"


def test_libraries_of_graders_wait_until_one_is_needed() -> None:
    code = "import components.graders, components.boxes.fit, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(ROOT), capture_output=True, text=True, check=True
    ).stdout.split()
    assert LOADED_WHEN_NEEDED & set(loaded) == set()
