"""Every finding has a sentence in both languages and an answer in the FAQ."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import components.preflight
from components.faq import faq
from components.i18n import placeholders, texts
from components.preflight import (
    Finding,
    Fix,
    PlannedRequest,
    by_kind,
    check,
    label,
    merged,
    sentence,
)
from components.preflight.settings import load
from components.preflight.words import slug_of
from tests.unit.preflight.known import facts_of, line

FOLDER = Path(components.preflight.__file__).parent
_ABOUT_IMAGES = "text_|turned|place_|camera_|private_(?!typed)|blurred|dark|low_contrast|sliver"
FIXES = [
    Fix("crop", ((0, 0, 1, 1),)),
    Fix("crop", ((0, 0, 1, 1), (0, 0, 2, 2))),
    Fix("split", ((0, 0, 1, 1), (0, 0, 2, 2))),
    Fix("turn", degrees=90),
    Fix("cover", ((0, 0, 1, 1),)),
    Fix("detail", detail="high"),
]


def named() -> set[str]:
    """Every string in the checks that is a slug of the FAQ or the code of a text."""
    return {
        node.value
        for path in (FOLDER / "checks").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_slug_that_a_check_names_is_answered() -> None:
    slugs = {answer.slug for answer in faq("en")}
    dashed = {name for name in named() if "-" in name and " " not in name}
    assert len(dashed) > 8
    assert dashed <= slugs
    assert {slug_of(topic) for topic in load("words")} <= slugs


def test_every_topic_has_a_sentence() -> None:
    for topic in load("words"):
        if topic != "describing":
            assert f"preflight.asks_{topic}" in texts("en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_finding_can_be_said(lang: str) -> None:
    lines = (
        line("4111 1111 1111 1111", 20, row=1),
        line("jo@example.org", 8, row=2),
        line("观众指南 sk-proj-abcDEF0123456789ghiJKL", 12, row=3),
    )
    everything = [
        *check(
            [facts_of((20000, 500), *lines, gps=True, camera="X")],
            PlannedRequest("gpt-4-turbo", "count"),
        ),
        *check(
            [facts_of((4032, 3024), *lines, detail="original")],
            PlannedRequest("gpt-4o", "验证码 sk-" + "a" * 20),
        ),
        *check(
            [facts_of((9000, 9000), model="gpt-6-luna", detail="original")],
            PlannedRequest("gpt-6-luna"),
        ),
        *check(
            [facts_of((4032, 3024), model="gpt-6-luna", detail="auto")],
            PlannedRequest("gpt-6-luna"),
        ),
        *check(
            [facts_of((2048, 4096))] * 2,
            PlannedRequest("gpt-4o", history_tokens=10**6, addresses=1),
        ),
        *check(
            [facts_of(model="gpt-3.5-turbo", as_is=True, gps=True)], PlannedRequest("gpt-3.5-turbo")
        ),
    ]
    said = {finding.code: sentence(finding, lang) for finding in everything}
    assert len(said) > 18
    for code, text in said.items():
        assert "{" not in text, code
        assert "abcDEF" not in text or code.startswith("text_"), code
    for finding in everything:
        for fix in finding.fixes:
            assert "{" not in label(fix, lang)
        if finding.image is not None:
            assert "2" in merged([finding, replace(finding, image=finding.image + 1)], lang)


def test_findings_of_a_kind_are_one_sentence_and_questions_stand_alone() -> None:
    blurry = [
        Finding("blurred", "warning", "x", {"width": 1, "height": 1}, image=n) for n in (0, 2)
    ]
    small = Finding("sliver", "warning", "x", {"seen_width": 1, "seen_height": 9}, image=1)
    whole = [Finding("asks_counting", "note", "x"), Finding("asks_counting", "note", "y")]
    kinds = by_kind([blurry[0], small, blurry[1], *whole])
    assert kinds == [tuple(blurry), (small,), (whole[0],), (whole[1],)]
    assert merged(kinds[0], "en") == "2 images are blurry"
    assert merged(kinds[1], "en") == sentence(small, "en")


def test_every_kind_about_an_image_has_words_for_several() -> None:
    for lang in ("en", "zh"):
        said = {key.split(".")[2] for key in texts(lang) if key.startswith("preflight.merged.")}
        one = {key.split(".")[1] for key in texts(lang) if key.count(".") == 1}
        assert {code for code in one if re.match(_ABOUT_IMAGES, code)} <= said <= one


@pytest.mark.parametrize("fix", FIXES, ids=lambda fix: fix.kind)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_fix_has_a_label(fix: Fix, lang: str) -> None:
    assert label(fix, lang)


def test_no_text_is_without_a_finding() -> None:
    keys = [key.split(".") for key in texts("en")]
    codes = {key[1] for key in keys if key[0] == "preflight" and len(key) == 2}
    made = "|".join(sorted(named()))
    built = {f"asks_{topic}" for topic in load("words")}
    built |= {f"{kind}_{end}" for kind in ("place", "camera") for end in ("removed", "sent")}
    built |= {f"private_{kind}" for kind in ("card", "id", "key", "mail")}
    built |= {"blurred", "dark", "low_contrast"}
    assert {code for code in codes - built if code not in made} == set()


def test_numbers_in_sentences_are_grouped() -> None:
    assert "{tokens:,}" in texts("en")["preflight.context"]
    assert placeholders(texts("zh")["preflight.context"]) == {"tokens", "limit", "model"}
