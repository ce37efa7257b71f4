"""The figures in the answers are the app's own."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from components.faq import faq, find
from components.faq.content import _sections
from components.faq.figures import with_figures
from components.i18n import LANGUAGES, t
from components.models import catalogue, find_model
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
    assert not [figure for figure in figures if with_figures(figure, "en") == unknown]


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
    assert with_figures("{retires:gpt-4o}", "en") == model.retires.isoformat()
    assert with_figures("{price:gpt-4o:input}", "en") == format_money(price.input, "en")
    thousand = price.input * 765 * 1000 / Decimal(1_000_000)
    said = with_figures("{cost:gpt-4o:1024x1024:high:1000}", "en")
    assert said == format_money(thousand, "en")
    assert with_figures("{fits:40000:gpt-4o:1024x1024:high}", "en") == str(40_000 // 765)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_model_that_is_about_to_leave_stands_in_the_answer_about_it(lang: str) -> None:
    answer = find(lang, "retirement")
    assert answer
    for model in (m for m in catalogue() if m.retires_status == "announced"):
        assert model.retires
        (row,) = (r for r in answer.text.splitlines() if f"| {model.retires.isoformat()} |" in r)
        assert model.id in re.split(r"[,、|\s]+", row)


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
