"""From a spec to cells, and what they cost before they go."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image

from components.chat.draft import DraftImage, take_in, take_url
from components.chat.estimate import estimate
from components.chat.request import prepare_draft
from components.compare.errors import CompareError
from components.compare.plan import check_length, plan, reversed_spec
from components.compare.price import price
from components.compare.spec import Spec, lettered, letters
from components.i18n.sentence import sentence
from components.providers.base import Parameters
from components.providers.endpoints import BUILTIN
from tests.unit.compare.making import NOWHERE, draft, drafts, planned, spec
from tests.unit.images.make import encoded


def broken(name: str = "broken.png") -> DraftImage:
    """An image that looked whole when it was taken in, and isn't."""
    whole = draft(name, 300, 200)
    assert whole.content
    return replace(whole, content=whole.content[: len(whole.content) // 2], digest=None)


def test_one_by_one_there_is_a_cell_for_each_image_question_and_model() -> None:
    made = planned(3, ("gpt-4o", "gpt-4o-mini"), questions=("a?", "b?"), repeats=2)
    places = [(c.letters, c.question, c.column, c.repeat) for c in made.cells]
    assert len(set(places)) == len(places) == 3 * 2 * 2 * 2
    assert places[:3] == [(("A",), 0, 0, 1), (("A",), 0, 1, 1), (("A",), 1, 0, 1)]
    assert len({cell.id for cell in made.cells}) == len(made.cells)


def test_together_each_cell_carries_all_images_in_the_order_asked_for() -> None:
    given = planned(3, mode="together")
    assert [c.letters for c in given.cells] == [("A", "B", "C")]
    turned = planned(3, mode="together", order="reversed")
    assert [c.letters for c in turned.cells] == [("C", "B", "A")]
    assert [i.letter for i in turned.comparison.images] == ["A", "B", "C"]


def test_the_run_in_the_opposite_order_knows_its_pair() -> None:
    first = spec(mode="together")
    made = plan(first)
    second = plan(reversed_spec(first, made.comparison)).comparison
    assert (second.order, second.pair_id) == ("reversed", made.comparison.id)
    third = plan(reversed_spec(first, second)).comparison
    assert (third.order, third.pair_id) == ("given", made.comparison.id)


def test_letters_go_on_after_z() -> None:
    found = [letter for letter, _ in zip(letters(), range(60), strict=False)]
    assert found[:3] + found[25:28] + found[51:53] == ["A", "B", "C", "Z", "AA", "AB", "AZ", "BA"]


def test_a_cell_is_estimated_as_the_chat_does() -> None:
    made = planned(1, questions=("How many dogs?",), parameters=Parameters(system="Be brief."))
    image = made.pictures["A"].image
    prepared = prepare_draft(image, "gpt-4o", NOWHERE)
    figures = estimate(
        "gpt-4o", [(image, prepared)], Parameters(system="Be brief."), None, "How many dogs?"
    )
    cell = made.cells[0]
    assert (cell.estimated_input_tokens, cell.estimated_cost) == (figures.total, figures.cost)
    assert cell.prices["input"] == "2.5"


def test_labels_are_counted() -> None:
    apart = planned(2, mode="each").cells
    (joined,) = planned(2, mode="together").cells
    single = [c.estimated_input_tokens or 0 for c in apart]
    text = 4 + 7  # the question and the request's overhead, which is there once
    assert joined.estimated_input_tokens == sum(single) - text + 2 * 3  # "Image", " A", ":"


def test_the_whole_is_the_sum_of_its_cells_by_model() -> None:
    made = planned(3, ("gpt-4o", "gpt-4o-mini"), questions=("a?", "b?"))
    whole = price(made.comparison, made.cells)
    assert whole.cells == 12
    assert whole.tokens == sum(c.estimated_input_tokens or 0 for c in made.cells)
    assert whole.cost == sum(c.estimated_cost or 0 for c in made.cells)
    assert [m.cells for m in whole.models] == [6, 6]
    assert sum((m.cost for m in whole.models), Decimal(0)) == whole.cost
    assert (whole.unknown, whole.cost_unknown, whole.at_most) == (0, 0, None)


def test_what_is_not_known_is_counted_and_not_guessed() -> None:
    made = planned(2, ("gpt-4o", "some-unheard-of-model"))
    whole = price(made.comparison, made.cells)
    assert (whole.unknown, whole.cost_unknown) == (2, 2)
    assert whole.models[1].cost == 0
    assert whole.models[0].unknown == 0


def test_a_limit_of_the_answer_gives_the_most_it_can_cost() -> None:
    made = planned(2, parameters=Parameters(max_tokens=100))
    whole = price(made.comparison, made.cells)
    assert whole.at_most == whole.cost + 2 * 100 * Decimal("10") / 1_000_000


def test_asking_again_counts_what_is_known_and_says_how_often() -> None:
    once, thrice = planned(1), planned(1, repeats=3, again=True)
    (single,) = once.cells
    tokens = [c.estimated_input_tokens or 0 for c in thrice.cells]
    assert tokens[0] == single.estimated_input_tokens
    assert tokens[1] - tokens[0] == tokens[2] - tokens[1] > 8
    assert price(thrice.comparison, thrice.cells).follow_ups == 2


def test_the_built_in_reader_costs_nothing() -> None:
    made = planned(2, ("builtin-reader",), endpoint=BUILTIN)
    assert price(made.comparison, made.cells).cost == 0


def test_a_broken_image_is_named_and_the_others_keep_their_letters() -> None:
    first, third = drafts(2)
    made = planned(pictures=lettered([first, broken(), third]))
    assert [error.name for error in made.broken] == ["broken.png"]
    assert [i.letter for i in made.comparison.images] == ["A", "C"]
    assert [c.letters for c in made.cells] == [("A",), ("C",)]
    assert {kept.hash for kept in made.contents} == {first.digest, third.digest}


def test_with_too_few_images_left_nothing_is_planned() -> None:
    with pytest.raises(CompareError) as caught:
        planned(mode="together", pictures=lettered([draft(), broken()]))
    assert caught.value.code == "compare_too_few_images"


def test_an_image_that_one_model_refuses_fails_in_its_column_alone() -> None:
    large = take_in(encoded(Image.new("1", (8001, 8001)), "PNG"), "large.png")
    made = planned(models=("gpt-4o", "gpt-5.6-sol"), pictures=lettered([large, draft()]))
    assert [(c.letters, c.column, c.state) for c in made.cells] == [
        (("A",), 0, "waiting"),
        (("A",), 1, "failed"),
        (("B",), 0, "waiting"),
        (("B",), 1, "waiting"),
    ]
    result = made.cells[1].result
    assert result
    assert (result.code, result.cost) == ("image_rejected_by_model", 0)
    assert all(sentence("zh", result.code, result.error_data))
    assert price(made.comparison, made.cells).cells == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"images": 0}, "compare_too_few_images"),
        ({"images": 1, "mode": "together"}, "compare_too_few_images"),
        ({"images": 11, "mode": "together"}, "compare_too_many_images"),
        ({"images": 51}, "compare_too_many_images"),
        ({"questions": ()}, "compare_no_question"),
        ({"questions": ("a?", "  ")}, "compare_no_question"),
        ({"questions": tuple("abcdef")}, "compare_too_many_questions"),
        ({"models": ()}, "compare_no_model"),
        ({"models": ("gpt-4o",) * 5}, "compare_too_many_models"),
        ({"models": ("gpt-3.5-turbo",)}, "compare_no_vision"),
        ({"repeats": 11}, "compare_too_many_repeats"),
        (
            {"images": 50, "questions": tuple("abcde"), "models": ("gpt-4o",) * 4, "repeats": 2},
            "compare_too_many_cells",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(CompareError) as caught:
        planned(**changes)
    assert caught.value.code == code
    for lang in ("en", "zh"):
        assert all(sentence(lang, caught.value.code, caught.value.data))


def test_the_largest_matrix_is_allowed() -> None:
    made = planned(50, ("gpt-4o",) * 4, questions=tuple("abcde"))
    assert len(made.cells) == 1000


def test_a_link_cannot_be_compared() -> None:
    with pytest.raises(CompareError) as caught:
        plan(replace_pictures(spec(), [draft(), take_url("https://example.com/cat.png")]))
    assert caught.value.data == {"name": "cat.png"}


def replace_pictures(asked: Spec, images: list[DraftImage]) -> Spec:
    return replace(asked, pictures=lettered(images))


BOOK = "The quick brown fox jumps over the lazy dog. " * 14_000  # 140,000 tokens


def test_a_question_that_a_model_cannot_read_whole_is_told_of_before_it_is_sent() -> None:
    made = planned(1, ("gpt-4.1", "gpt-4o"), questions=(BOOK,))
    with pytest.raises(CompareError) as caught:
        check_length(made)
    assert caught.value.code == "compare_over_context"
    assert (caught.value.data["model"], caught.value.data["limit"]) == ("gpt-4o", "128,000")
    check_length(planned(1, ("gpt-4.1",), questions=(BOOK,)))


def test_what_the_cache_may_add_stands_beside_the_price() -> None:
    words = BOOK[:9000]
    made = planned(1, ("gpt-6-astra", "gpt-4o"), questions=(words,))
    found = price(made.comparison, made.cells)
    assert found.models[0].with_cache == found.models[0].cost * Decimal("1.25")
    assert found.models[1].with_cache == found.models[1].cost
    assert found.with_cache == found.models[0].with_cache + found.models[1].cost
