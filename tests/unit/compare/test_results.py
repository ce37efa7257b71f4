"""Flips, tables, scores and the cheapest setting, from cells by hand."""

from dataclasses import replace
from decimal import Decimal

from components.compare.cheapest_setting import cheapest, is_settings, variants
from components.compare.judging.agreement import repeated
from components.compare.judging.flips import flips
from components.compare.judging.scores import judged, scores
from components.compare.judging.table import answer_table
from components.compare.plan import plan
from components.compare.price import price
from components.compare.store import Accepted, ComparedImage
from tests.unit.compare.cells import cell, comparison
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import draft, ended, planned, spec, states

TOGETHER = comparison(mode="together")


def flipped(before: str, after: str) -> bool | None:
    (found,) = flips(TOGETHER, [cell(before, "AB")], [cell(after, "BA")])
    return found.flipped


def test_a_verdict_that_follows_its_image_has_not_flipped() -> None:
    assert flipped("Image A is sharper.", "A") is False
    assert flipped("A", "B") is True


def test_yes_no_same_different_and_numbers_flip_as_well() -> None:
    assert flipped("Yes.", "No, they are alike.") is True
    assert flipped("same", "different") is True
    assert flipped("3", "three") is False
    assert flipped("3", "4") is True


def test_where_no_verdict_can_be_told_nothing_is_claimed() -> None:
    assert flipped("A cat and a dog.", "Two animals.") is None
    assert flipped("A cat and a dog.", "a cat and a dog") is False


def test_cells_without_a_partner_or_an_answer_are_left_out() -> None:
    given = [cell("A", "AB"), cell("", "AB", "failed", column=1)]
    assert len(flips(TOGETHER, given, [cell("A", "BA"), cell("B", "BA", column=1)])) == 1
    assert flips(TOGETHER, given, []) == ()


def test_json_answers_make_a_table_with_a_column_per_model_and_field() -> None:
    asked = comparison(2, ("one", "two"))
    cells = [
        cell('{"total": 42, "shop": "Aldi"}', "A"),
        cell('```json\n{"total": 43}\n```', "A", column=1),
        cell('{"date": null}', "B"),
    ]
    table = answer_table(asked, cells, 0)
    assert table
    assert (table.kind, table.fields) == ("json", ("total", "shop", "date"))
    assert [row.letter for row in table.rows] == ["A", "B"]
    assert table.rows[0].values == (("42", "Aldi", ""), ("43", "", ""))
    assert table.rows[1].values == (("", "", "null"), None)


def test_numbers_make_a_table_and_words_do_not() -> None:
    asked = comparison(1, ("one", "two"))
    table = answer_table(asked, [cell("3"), cell("three.", column=1)], 0)
    assert table
    assert (table.kind, table.rows[0].values) == ("number", (("3",), ("3",)))
    assert answer_table(asked, [cell("3"), cell("a few", column=1)], 0) is None
    assert answer_table(asked, [], 0) is None


def test_a_score_counts_right_of_judged_and_what_it_took() -> None:
    asked = comparison(
        3, ("one", "two"), accepted=(Accepted(0, "42", "A"), Accepted(0, "yes", "B"))
    )
    cells = [
        cell("42 cats", "A"),
        cell("no", "B", ms_total=3000),
        cell("whatever", "C"),
        cell("", "A", "failed", column=1, cost=None),
        cell("Yes", "B", column=1),
    ]
    first, second = scores(asked, cells)
    assert (first.answered, first.judged, first.right, first.accuracy) == (3, 2, 1, 0.5)
    assert first.cost == 3 * Decimal("0.0026")
    assert (first.ms_total, first.ms_first) == ((1000 + 3000 + 1000) / 3, 200)
    assert (second.answered, second.failed, second.right, second.cost_unknown) == (1, 1, 1, 1)
    assert judged(asked, cells[2]) is None


def test_settings_are_those_that_the_model_has() -> None:
    pictures = variants(draft(), "gpt-4o", box=(0, 0, 10, 10))
    assert [p.variant for p in pictures] == ["low", "high", "75", "50", "25", "crop"]
    assert [p.letter for p in pictures] == list("ABCDEF")
    assert [p.image.detail for p in pictures] == ["low"] + ["high"] * 5
    assert [p.scale for p in pictures] == [100, 100, 75, 50, 25, 100]


def test_settings_are_priced_before_they_are_asked() -> None:
    made = plan(spec(pictures=variants(draft("a.png", 2048, 1536), "gpt-4o")))
    assert is_settings(made.comparison)
    tokens = [cell.estimated_input_tokens or 0 for cell in made.cells]
    low, high, three_quarters, half, quarter = tokens
    assert low < quarter <= half <= three_quarters <= high
    assert quarter < high
    assert price(made.comparison, made.cells).tokens == sum(tokens)
    assert len(made.contents) == 1


def test_the_cheapest_setting_that_passes_is_found_with_what_it_saves() -> None:
    images = tuple(
        ComparedImage(letter, "0" * 64, "a.png", variant=variant)
        for letter, variant in zip("ABC", ("low", "high", "50"), strict=True)
    )
    asked = comparison(images=3, accepted=(Accepted(0, "42"),))
    asked = replace(asked, images=images)
    cells = [
        cell("41", "A", input_tokens=100),
        cell("42", "B", input_tokens=1100),
        cell("42", "C", input_tokens=500),
    ]
    found = cheapest(asked, cells)
    assert [s.passes for s in found.settings] == [False, True, True]
    assert found.usual
    assert found.best
    assert (found.usual.variant, found.best.variant) == ("high", "50")
    assert found.saving == 600 * Decimal("2.50") / 1_000_000 * 1000


def test_without_a_passing_setting_there_is_nothing_to_save() -> None:
    asked = replace(comparison(1), images=(ComparedImage("A", "0" * 64, "a", variant="high"),))
    found = cheapest(asked, [cell("no idea")])
    assert (found.best, found.saving) == (None, None)
    assert not is_settings(comparison(1))


def test_settings_run_like_any_comparison(analyzer: ImageAnalyzer) -> None:
    """The server sees the sizes, and its answers decide which settings pass."""
    pictures = variants(draft("a.png", 1000, 600), "fake-vision", box=(0, 0, 500, 600))
    made = planned(
        models=("fake-vision",),
        endpoint=analyzer.endpoint,
        pictures=pictures,
        accepted=(Accepted(0, "500 x 300"),),
    )
    now = ended(analyzer.runs.start("me", made, analyzer.make))
    assert set(states(now.cells)) == {"ok"}
    found = cheapest(made.comparison, now.cells)
    assert [s.variant for s in found.settings if s.passes] == ["50"]
    crop = next(s for s in found.settings if s.variant == "crop")
    assert "500 x 600" in crop.cell.answer


def test_rounds_of_a_cell_are_gathered_and_compared() -> None:
    cells = [
        cell("4", "A", repeat=3),
        cell("3", "A", repeat=1),
        cell("3", "A", repeat=2),
        cell("", "A", "failed", repeat=4),
        cell("3", "B", repeat=1),
    ]
    (found,) = repeated(cells)
    assert [each.repeat for each in found.cells] == [1, 2, 3, 4]
    assert (found.agreement.same, found.agreement.of) == (2, 3)
