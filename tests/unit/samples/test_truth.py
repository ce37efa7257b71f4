"""What samples.toml says is true is true of what the pictures are drawn from."""

import contextlib
import io
import math
from statistics import mean

import pytest
from PIL import Image, ImageChops

from components.samples import sample
from components.samples.drawing import seeds
from components.samples.drawing.scenes import scene

LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])


def _truth(sample_id: str, lang: str) -> str:
    return sample(sample_id).truth[lang]


def _pictures(sample_id: str) -> list[Image.Image]:
    contents = (content for _, content in sample(sample_id).pictures())
    return [Image.open(io.BytesIO(content)).convert("RGB") for content in contents]


@LANGUAGES
def test_the_misspelt_word_stands_on_the_board_and_the_right_one_does_not(lang: str):
    facts = scene("shop_sign")
    words = " ".join(facts["board"]).split()
    assert facts["misspelt"] in words
    assert facts["correct"] not in words
    assert facts["misspelt"] in _truth("shop_sign", lang)
    assert facts["correct"] in _truth("shop_sign", lang)


@LANGUAGES
def test_the_wrong_translation_stands_on_the_sign(lang: str):
    facts = scene("stadium_sign")
    lines = {chinese: english for _, chinese, english, _ in facts["rows"]}
    assert lines["观众指南"] == facts["wrong"] != facts["correct"]
    assert facts["wrong"] in _truth("stadium_sign", lang)
    assert facts["correct"] in _truth("stadium_sign", lang)


@LANGUAGES
def test_as_many_seeds_are_drawn_as_the_truth_says_and_none_hides_another(lang: str):
    middles = seeds.positions()
    assert str(len(middles)) in _truth("seeds", lang)
    nearest = min(math.dist(a, b) for a in middles for b in middles if a is not b)
    assert nearest > 62  # a seed is about 62 pixels wide and 122 long


@LANGUAGES
def test_one_car_has_no_driver_and_the_truth_counts_the_others(lang: str):
    facts = scene("cars")
    cars = facts["far"] + facts["near"]
    assert cars.count("pink") == 1
    (picture,) = _pictures("cars")
    faces = [picture.getpixel((276 + 460 * i, 472)) for i in range(3)]
    faces += [picture.getpixel((289 + 452 * i, 663)) for i in range(3)]
    seen = [red > blue + 25 for red, _, blue in faces]  # skin, where an empty seat shows glass
    assert [colour for colour, face in zip(cars, seen, strict=True) if not face] == ["pink"]
    assert {"en": "pink", "zh": "粉色"}[lang] in _truth("cars", lang)
    assert str(len(cars) - 1) in _truth("cars", lang)


@LANGUAGES
def test_only_the_dog_named_by_the_truth_has_an_ear_that_stands_up(lang: str):
    facts = scene("dogs")
    (picture,) = _pictures("dogs")
    step = picture.width / facts["count"]
    tips = [picture.getpixel((round(step * (i + 0.5) + 75), 258)) for i in range(facts["count"])]
    brown = [red > 90 and blue < 90 for red, _, blue in tips]
    assert [i + 1 for i, ear in enumerate(brown) if ear] == [facts["odd"]]
    assert str(facts["odd"]) in _truth("dogs", lang)
    assert str(facts["count"]) in _truth("dogs", lang)


@LANGUAGES
def test_the_charts_extremes_and_total_are_right(lang: str):
    values = dict(zip(scene("chart")["months"], scene("chart")["values"], strict=True))
    truth = _truth("chart", lang)
    assert max(values, key=values.__getitem__) == "Jul"
    assert min(values, key=values.__getitem__) == "Dec"
    for number in (max(values.values()), min(values.values()), sum(values.values())):
        assert f"{number:,}" in truth


@LANGUAGES
def test_every_text_of_the_sketched_page_is_in_the_truth(lang: str):
    facts = scene("sketch")
    texts = [facts["logo"], *facts["menu"], " ".join(facts["headline"]), facts["button"]]
    texts += [part for card in facts["cards"] for part in card] + facts["form"]
    for text in texts:
        assert text in _truth("sketch", lang)


def test_the_comics_seeds_get_fewer_until_zero_is_right():
    panels = scene("comic")["panels"]
    counts = [panel["seeds"] for panel in panels]
    assert counts == sorted(counts, reverse=True)
    assert str(counts[0]) in panels[0]["answer"][0]
    assert counts[-1] == 0
    assert panels[-1]["answer"] == ["ZERO."]


@LANGUAGES
def test_the_papers_numbers_agree_with_its_figure_and_the_truth(lang: str):
    facts = scene("paper")
    results = facts["right"][0]["text"]
    for way in ("once", "crops"):
        share = f"{mean(facts['figure'][way]):g}%"
        assert share in facts["abstract"]
        assert share in results
        assert share in _truth("paper", lang)


def _run(source: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(source, {})
    return printed.getvalue().strip()


@LANGUAGES
def test_the_code_prints_what_its_terminal_shows_and_the_fix_mends_it(lang: str):
    facts = scene("code")
    wrong, right = facts["fix"]
    assert facts["source"].count(wrong) == 1
    assert wrong in facts["source"].strip().splitlines()[3]
    assert _run(facts["source"]) == facts["output"]
    assert _run(facts["source"].replace(wrong, right)) == facts["fixed_output"]
    for text in (right, facts["fixed_output"], "4"):
        assert text in _truth("code", lang)


@LANGUAGES
def test_the_physics_results_are_right(lang: str):
    facts = scene("physics")
    acceleration = facts["gravity"] * math.sin(math.radians(facts["angle"]))
    speed = math.sqrt(2 * acceleration * facts["length"])
    truth = _truth("physics", lang)
    assert f"= {acceleration:.1f} m/s²" in truth
    assert f"= {speed:.2f} m/s" in truth
    assert f"= {speed / acceleration:.2f} s" in truth
    written = " ".join(facts["text"])
    for value in (
        f"{facts['mass']:.1f} kg",
        f"{facts['length']:.1f} m",
        f"{facts['gravity']} m/s²",
    ):
        assert value.replace(".", ",") in written
    assert f"{facts['angle']}°" in written


def test_the_pair_differs_in_every_claimed_place_and_nowhere_else():
    first, second = _pictures("pair")
    assert first.size == second.size
    changed = ImageChops.difference(first, second)
    for difference in scene("pair")["differences"]:
        x, y, w, h = difference["box"]
        place = (x, y, x + w, y + h)
        found = changed.crop(place).convert("L").point(lambda value: 255 * (value > 40))
        assert found.histogram()[255] > 400, difference["id"]
        changed.paste((0, 0, 0), place)
    assert changed.getbbox() is None


@LANGUAGES
def test_the_truth_counts_the_pairs_differences(lang: str):
    count = str(len(scene("pair")["differences"]))
    assert _truth("pair", lang).startswith(count)
    assert count in sample("pair").question[lang]
    for time in (scene("pair")["first_time"], scene("pair")["second_time"]):
        assert f"{time[0]}:{time[1]:02}" in _truth("pair", lang)
