"""The questions and answers themselves."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from components.faq import Answer, faq, find, groups, top
from components.faq.content import _aliases, _index, _sections, _sources
from components.faq.figures import _DATES
from components.faq.types import RunningCell
from components.i18n import LANGUAGES, texts
from components.markdown import answer_html
from tests.support.paths import ROOT

CONTENT = ROOT / "components" / "faq"
ANSWERS = tuple(answer for lang in LANGUAGES for answer in faq(lang))
FIGURE = re.compile(r"\{[a-z]+:[^{}]+\}")
# The limits of a model that OpenAI has listed since 2023.
ELEVEN = (
    "medical-images non-latin-text small-text rotated-images colours-and-lines exact-places "
    "accuracy panoramas metadata counting captchas"
)

# Every address that an answer ever had.
EVER = """
    what-can-i-do without-key add-endpoint own-model keeps-conversations services stop-or-leave
    export platform what-is-this file-types size-limit animated-images how-images-are-sent
    image-addresses several-images how-many-images detail-levels auto-detail long-conversations
    which-messages shrink-first pdf-pages generate-images formats url-or-base64 detail auto
    resize how-images-are-charged example-1024x1024 example-2048x4096 example-4096x8192
    tokens-65-129 patches too-many-patches estimate-and-bill what-was-billed price-list
    pay-less rate-limits cost calculating-costs 65-129 prices cheaper good-at all-limits
    medical-images non-latin-text small-text rotated-images colours-and-lines exact-places
    accuracy panoramas metadata counting captchas unclear-images limitations non-english
    large-text rotation visual-elements spatial-reasoning image-shape delete-images
    what-openai-keeps used-for-training what-this-app-keeps key-safety model-names retirement
    as-good-at-text first-model-refused assistants-api system-card image-fine-tuning
    fine-tuning-today fine-tuning-first few-shot fine-tuning-benefits fine-tuning-steps
    fine-tuning-data fine-tuning-metrics gpt4-what gpt4-dates gpt4-versions gpt4-prices
    gpt4-access gpt4-how gpt4-exams gpt4-benchmarks gpt4-and-35 gpt4-safer gpt4-system-card
    gpt4-evals gpt4-cut-off gpt4-strengths gpt4-weaknesses system-prompts step-by-step
    gpt4-uses gpt4-vs-35 chain-of-thought trial-translation trial-counting trial-driverless-car
    trial-odd-one try-it-yourself voice voice-here open-alternatives run-open-model llava
"""
# Quoted, and neither a label nor a question of ours.
EXAMPLES = {"第一张", "第二张", "逐辆看，谁在开车？"}
DAYS = {
    "en": re.compile(r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September"
                     r"|October|November|December) (20\d\d)"),
    "zh": re.compile(r"(20\d\d) 年 (\d{1,2}) 月 (\d{1,2}) 日"),
}  # fmt: skip


def raw(lang: str) -> dict[str, str]:
    """What is written of every answer, before its figures are filled in."""
    return {slug: text for group in groups(lang) for slug, _, text in _sections(lang, group.id)}


def failing(answers: tuple[Answer, ...], holds: Callable[[Answer], object]) -> list[str]:
    """Slug and language of every answer for which `holds` doesn't."""
    chinese = faq("zh")
    return [f"{a.slug} ({'zh' if a in chinese else 'en'})" for a in answers if not holds(a)]


def test_both_languages_have_the_same_answers_in_the_same_groups_and_order() -> None:
    assert [(a.group, a.slug) for a in faq("zh")] == [(a.group, a.slug) for a in faq("en")]
    assert len(faq("en")) >= 60


def test_both_languages_have_the_same_sources_dates_and_ways_on() -> None:
    def facts(lang: str) -> list[object]:
        return [
            (a.slug, a.checked, [(s.key, s.url) for s in a.sources], a.related, a.live, a.words)
            for a in faq(lang)
        ]

    assert facts("zh") == facts("en")


def test_every_address_of_old_leads_to_an_answer() -> None:
    assert not [slug for slug in EVER.split() if find("en", slug) is None]
    assert len(EVER.split()) > 100


def test_use_comes_first_and_history_last() -> None:
    order = [group.id for group in groups("en")]
    assert order[:5] == ["app", "sending", "cost", "limits", "privacy"]
    assert order[-1] == "history"
    of_2023 = [a for a in faq("en") if a.slug.startswith(("gpt4-", "trial-"))]
    assert len(of_2023) > 15
    assert {a.group for a in of_2023} == {"history"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twelve_questions_come_before_all_others(lang: str) -> None:
    order = [group.id for group in groups(lang)]
    first = [answer.group for answer in top(lang)]
    assert len({answer.slug for answer in top(lang)}) == 12
    assert first == sorted(first, key=order.index)
    assert {*first} == {*order[:5]}
    assert [a.slug for a in top(lang)] == [a.slug for a in top("en")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_is_to_come_is_a_figure_and_never_prose(lang: str) -> None:
    months = {f"{date(2026, n, 1):%B}": n for n in range(1, 13)}
    for answer in faq(lang):
        for found in DAYS[lang].findall(raw(lang)[answer.slug]):
            year, month, day = found if lang == "zh" else reversed(found)
            written = date(int(year), months.get(month) or int(month), int(day))
            assert written < answer.checked, (answer.slug, found)


def test_every_day_of_our_own_has_a_source() -> None:
    for event, row in tomllib.loads(_DATES.read_text("utf-8")).items():
        assert row["source"] in _sources()
        named = [slug for slug, text in raw("en").items() if f"{{day:{event}}}" in text]
        assert named, event
        for slug in named:
            answer = find("en", slug)
            assert answer
            assert row["source"] in {source.key for source in answer.sources}, (event, slug)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_on_a_button_is_quoted_by_its_key(lang: str) -> None:
    """A label that is typed here stays behind when it changes there."""
    labels = {*texts(lang).values()} - EXAMPLES
    for slug, text in raw(lang).items():
        assert not [said for said in re.findall("“([^”]+)”", text) if said in labels], slug


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_that_is_pointed_to_is_there(lang: str) -> None:
    questions = {answer.question for answer in faq(lang)}
    for slug, text in raw(lang).items():
        for said in re.findall("“([^”]+[?？])”", text):
            assert said in questions | EXAMPLES, (slug, said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_called_by_two_words(lang: str) -> None:
    wrong = {
        "en": r"(?i)\bpictures?\b|\bswitched off on\b|\bpick(ed)?\b",
        "zh": r"您|精度|预估|比较页|解答|[。：，；？！](?:\*\*)? (?!\|)",
    }
    assert not [s for s, text in raw(lang).items() if re.search(wrong[lang], text)]


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
    own = {"this-app", "our-rules", "our-tests", "our-sizing"}
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
    # Nothing is left of its marks, and no price is taken for a formula.
    assert not failing(ANSWERS, lambda a: not re.search(r"\*\*|\]\(|<math", answer_html(a.text)))


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
