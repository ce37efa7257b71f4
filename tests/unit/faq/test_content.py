"""The questions and answers themselves."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_args

from components.faq import Answer, faq, find, groups
from components.faq.content import _aliases, _index, _sections, _sources
from components.faq.types import RunningCell
from components.i18n import LANGUAGES
from components.markdown import safe_markdown
from tests.support.paths import ROOT

CONTENT = ROOT / "components" / "faq"
ANSWERS = tuple(answer for lang in LANGUAGES for answer in faq(lang))
FIGURE = re.compile(r"\{[a-z]+:[^{}]+\}")
# The limits of a model that OpenAI has listed since 2023.
ELEVEN = (
    "medical-images non-latin-text small-text rotated-images colours-and-lines exact-places "
    "accuracy panoramas metadata counting captchas"
)


def failing(answers: tuple[Answer, ...], holds: Callable[[Answer], object]) -> list[str]:
    """Slug and language of every answer for which `holds` doesn't."""
    chinese = faq("zh")
    return [f"{a.slug} ({'zh' if a in chinese else 'en'})" for a in answers if not holds(a)]


def test_both_languages_have_the_same_answers_in_the_same_groups_and_order() -> None:
    assert [(a.group, a.slug) for a in faq("zh")] == [(a.group, a.slug) for a in faq("en")]
    assert len(faq("en")) >= 60


def test_every_answer_has_an_index_entry_and_the_other_way_round() -> None:
    for group, _, entries in _index():
        for lang in LANGUAGES:
            slugs = [slug for slug, _, _ in _sections(lang, group)]
            assert sorted(slugs) == sorted(entries), (lang, group)


def test_every_file_belongs_to_a_group() -> None:
    ids = {group.id for group in groups("en")}
    for lang in LANGUAGES:
        assert {path.stem for path in (CONTENT / lang).glob("*.md")} == ids


def test_no_heading_is_overlooked() -> None:
    for path in CONTENT.rglob("*.md"):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
        assert len(lines) == len(_sections(path.parent.name, path.stem)), path


def test_slugs_are_there_once() -> None:
    count = Counter(answer.slug for answer in faq("en"))
    assert not [slug for slug, n in count.items() if n > 1]
    assert not _aliases().keys() & count.keys()
    assert set(_aliases().values()) <= count.keys()


def test_no_two_answers_ask_the_same() -> None:
    for lang in LANGUAGES:
        assert len({answer.question for answer in faq(lang)}) == len(faq(lang))


def test_each_group_has_a_title_in_each_language() -> None:
    for lang in LANGUAGES:
        assert all(group.title for group in groups(lang))
        assert len({group.title for group in groups(lang)}) == len(groups(lang))
    assert [g.id for g in groups("zh")] == [g.id for g in groups("en")]


def test_every_limit_has_an_answer_of_its_own() -> None:
    assert all(find("en", slug) for slug in ELEVEN.split())
    assert len(ELEVEN.split()) == 11


def test_an_answer_can_be_traced_and_leads_on() -> None:
    slugs, today = {other.slug for other in faq("en")}, datetime.now(UTC).date()
    assert not failing(faq("en"), lambda a: a.sources and a.words and a.checked <= today)
    assert not failing(faq("en"), lambda a: a.live is None or a.live in get_args(RunningCell))
    assert not failing(faq("en"), lambda a: a.related and set(a.related) <= slugs - {a.slug})
    assert not failing(faq("en"), lambda a: len(set(a.related)) == len(a.related))


def test_a_source_is_an_https_page_or_a_text_that_this_project_started_from() -> None:
    local = {"first-faq", "first-guide", "guide-2024", "trials-2023", "gpt4-intro"}
    own = {"this-app", "our-rules", "our-tests"}
    for key, source in _sources().items():
        assert set(source) <= {"url", "title"}
        assert set(source["title"]) == set(LANGUAGES)
        assert ("url" not in source) == (key in local | own), key
        assert source.get("url", "https://").startswith("https://")
    assert {s.key for a in faq("en") for s in a.sources} == set(_sources())


def test_an_answer_is_markdown_that_needs_no_mending() -> None:
    assert not failing(ANSWERS, lambda a: not FIGURE.search(a.text))
    raw = re.compile(r"<[a-z/!]|!\[|^#", re.MULTILINE)
    assert not failing(ANSWERS, lambda a: not raw.search(a.text))
    # safe_markdown escapes prices ("\$") and leaves the rest as it is.
    assert not failing(
        ANSWERS, lambda a: safe_markdown(a.text).replace("\\", "") == a.text.replace("\\", "")
    )


def test_chinese_answers_are_chinese_with_chinese_punctuation() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]")
    assert not failing(faq("zh"), lambda a: chinese.search(a.question))
    assert not failing(faq("zh"), lambda a: len(chinese.findall(a.text)) > 30)
    assert not failing(faq("zh"), lambda a: not half_width.search(a.text))


def test_english_answers_have_no_chinese() -> None:
    chinese = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
    assert not failing(faq("en"), lambda a: not chinese.search(a.question + a.text))


def test_an_older_slug_finds_the_answer() -> None:
    found = find("en", " 65-129 ")
    assert found
    assert found.slug == "tokens-65-129"


def test_an_unknown_slug_finds_nothing() -> None:
    assert find("en", "no-such-thing") is None
    assert find("en", "") is None


def test_an_unknown_language_is_english() -> None:
    assert faq("fr") == faq("en")
    assert groups("fr") == groups("en")
