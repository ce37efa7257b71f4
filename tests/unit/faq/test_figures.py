"""The figures in the answers are the app's own."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from components.faq import faq, figures, find
from components.faq.content import _sections
from components.faq.figures import with_figures
from components.i18n import LANGUAGES, t
from components.models import catalogue, default_order, find_model, reference_model
from components.models.ending import today_utc
from components.pricing import format_money, price_of
from components.tokens import count_image_tokens

FIGURE = re.compile(r"\{[a-z]+:[^{}]+\}")
SECTIONS = {
    lang: {
        slug: question + text
        for group in dict.fromkeys(answer.group for answer in faq("en"))
        for slug, question, text in _sections(lang, group)
    }
    for lang in LANGUAGES
}
SLUGS = sorted(SECTIONS["en"])
# Written otherwise in Chinese: 一亿, 1200 万, 2.4 万, 2.5 万.
OTHERWISE = {"100", "1200", "24000", "25000", "2.4", "2.5"}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d{3,}(?:\.\d+)?|\d+\.\d+", re.sub(r"(?<=\d),(?=\d)", "", text)))


def test_both_languages_ask_for_the_same_figures() -> None:
    def figures(lang: str, slug: str) -> Counter[str]:
        return Counter(FIGURE.findall(SECTIONS[lang][slug]))

    assert not [slug for slug in SLUGS if figures("zh", slug) != figures("en", slug)]


def test_both_languages_name_the_same_numbers() -> None:
    def figures(lang: str, slug: str) -> set[str]:
        return numbers(FIGURE.sub(" ", SECTIONS[lang][slug]))

    differing = {slug: figures("zh", slug) ^ figures("en", slug) for slug in SLUGS}
    assert not {slug: found for slug, found in differing.items() if not found <= OTHERWISE}


def test_every_figure_is_known_today() -> None:
    unknown = t("en", "faq.figure.unknown")
    figures = {figure for slug in SLUGS for figure in FIGURE.findall(SECTIONS["en"][slug])}
    figures -= {"{label:faq.figure.unknown}"}
    assert not [figure for figure in figures if unknown in with_figures(figure, "en")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worked_examples_add_up_to_what_the_app_counts(lang: str) -> None:
    sizes = {"example-1024x1024": (1024, 1024), "example-2048x4096": (2048, 4096)}
    for slug, (width, height) in sizes.items():
        answer = find(lang, slug)
        assert answer
        said = re.search(r"(\d+) × (\d+) \+ (\d+) = \*\*([\d,]+)", answer.text)
        assert said
        tiles, each, base, total = (int(part.replace(",", "")) for part in said.groups())
        counted = count_image_tokens("gpt-4-vision-preview", width, height, "high")
        assert tiles * each + base == total == counted.tokens
        assert counted.grid
        assert counted.grid[0] * counted.grid[1] == tiles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_at_low_costs_what_the_guide_said(lang: str) -> None:
    answer = find(lang, "example-4096x8192")
    assert answer
    assert "**85" in answer.text
    assert count_image_tokens("gpt-4-vision-preview", 4096, 8192, "low").tokens == 85


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_prices_of_2023_are_those_of_the_price_book(lang: str) -> None:
    answer = find(lang, "gpt4-prices")
    assert answer
    gpt4, vision = price_of("gpt-4"), price_of("gpt-4-vision-preview")
    assert gpt4
    assert vision
    assert vision.input
    image = 765 * vision.input / 1_000_000
    then = [gpt4.input, gpt4.output]
    for amount in then:
        assert amount
        assert f"${amount} " in f"{answer.text} ".replace("，", " ").replace(";", " ")
    for rate in (*then, vision.input, vision.output):
        assert rate
        assert f"${rate / 1000}" in answer.text
    assert f"${image.normalize()}" in answer.text


def test_the_square_pair_of_the_guide_belongs_to_other_models_today() -> None:
    low = {m: count_image_tokens(m, 900, 900, "low").tokens for m in ("gpt-4o", "gpt-image-1")}
    assert low == {"gpt-4o": 85, "gpt-image-1": 65}


def test_a_patch_figure_says_that_it_may_be_one_off() -> None:
    assert with_figures("{tokens:gpt-6-luna:1024x1024:high}", "en") == "1,228 (±1)"
    assert with_figures("{tokens:gpt-6-luna:1024x1024:high}", "zh") == "1,228（±1）"
    assert with_figures("{tokens:gpt-4o:1024x1024:high}", "en") == "765"


def test_a_rejected_image_has_parts_and_no_tokens() -> None:
    rejected = "gpt-6-luna:6000x6000:original"
    assert with_figures(f"{{tokens:{rejected}}}", "en") == "unknown"
    assert with_figures(f"{{cost:{rejected}:10}}", "en") == "unknown"
    assert int(with_figures(f"{{parts:{rejected}}}", "en").replace(",", "")) > 30_000


def test_figures_of_models_and_prices_are_those_of_the_catalogue_and_the_book() -> None:
    model, price = find_model("gpt-4o"), price_of("gpt-4o")
    assert model.context
    assert model.retires
    assert price
    assert price.input
    assert with_figures("{context:gpt-4o}", "en") == f"{model.context:,}"
    assert with_figures("{retires:gpt-4o}", "en") == f"{model.retires:%-d %B %Y}"
    assert with_figures("{price:gpt-4o:input}", "en") == format_money(price.input, "en")
    thousand = price.input * 765 * 1000 / Decimal(1_000_000)
    said = with_figures("{cost:gpt-4o:1024x1024:high:1000}", "en")
    assert said == format_money(thousand, "en")
    assert with_figures("{fits:40000:gpt-4o:1024x1024:high}", "en") == str(40_000 // 765)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_model_that_is_about_to_leave_stands_in_the_answer_about_it(lang: str) -> None:
    answer = find(lang, "retirement")
    assert answer
    ahead = [m for m in catalogue() if m.retires and m.retires >= today_utc()]
    assert ahead
    for model in ahead:
        day = with_figures(f"{{retires:{model.id}}}", lang)
        (row,) = (r for r in answer.text.splitlines() if r.startswith(f"| {day} |"))
        assert model.id in re.split(r"[,、|\s]+", row)


def test_shutdowns_pass_from_one_table_to_the_other_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def days(when: str, today: date) -> list[str]:
        monkeypatch.setattr(figures, "today_utc", lambda: today)
        rows = with_figures(f"{{shutdowns:{when}}}", "zh").splitlines()
        return [row.split("|")[1].strip() for row in rows]

    day = "2026 年 12 月 11 日"
    assert day in days("ahead", date(2026, 12, 11))
    assert day not in days("past", date(2026, 12, 11))
    assert day not in days("ahead", date(2026, 12, 12))
    assert days("past", date(2026, 12, 12))[0] == day
    assert days("ahead", date(2099, 1, 1)) == ["–"]


def test_names_and_prices_are_those_of_the_models_that_are_preferred() -> None:
    current = with_figures("{current:OpenAI}", "en").split(", ")
    assert find_model(reference_model()).name == current[0]
    assert "GPT-6.2 Sol" in current
    assert "Built-in reader" not in current
    rows = with_figures("{prices:1024x1024:high}", "en").splitlines()
    assert len(rows) == len(default_order()) - 1
    price = with_figures("{price:gpt-6.2-sol:input}", "en")
    assert [r for r in rows if r.startswith(f"| GPT-6.2 Sol | {price} |")]
    assert with_figures("{name:reference}", "en") == find_model(reference_model()).name
    assert with_figures("{data:gpt-6.2-sol}", "zh") == "2026 年 6 月 1 日"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_model_that_is_gone_is_said_to_be_todays(lang: str) -> None:
    now = "today|now|current(?:ly)?" if lang == "en" else "今天|现在|现有|目前"
    gone = [m for m in catalogue() if m.retires and m.retires < today_utc()]
    names = "|".join(re.escape(name) for m in gone for name in (m.id, m.name))
    said = re.compile(
        rf"(?i)(?<!\w)(?:{now})(?!\w)[^.。?？]*?(?<![\w.-])(?:{names})(?![\w.-]| mini)"
    )
    assert not {slug: found[0] for slug in SLUGS if (found := said.search(SECTIONS[lang][slug]))}


def test_models_that_leave_together_are_named_together() -> None:
    assert with_figures("{leaving:gpt-5}", "en") == "gpt-5, gpt-5-mini, gpt-5-nano, o3"
    assert with_figures("{leaving:o3}", "zh") == "gpt-5、gpt-5-mini、gpt-5-nano、o3"
    assert with_figures("{leaving:gpt-6-luna}", "en") == "unknown"


def test_what_the_app_does_not_know_is_called_unknown() -> None:
    assert with_figures("{price:some-model:input} {context:some-model}", "zh") == "未知 未知"


@pytest.mark.parametrize("wrong", ["{tokens:gpt-4o}", "{size:gpt-4o}", "{tokens:gpt-4o:9:low}"])
def test_a_figure_that_cannot_be_read_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"part|called|unpack"):
        with_figures(wrong, "en")


def test_other_braces_are_left_alone() -> None:
    assert with_figures('{"answer": 1} {name}', "en") == '{"answer": 1} {name}'
