"""A scenario worked out."""

import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.pricing import cost, price_of
from components.pricing.whatif import Row, Scenario, work_out
from components.tokens import count_image_tokens, count_request_text_tokens

MODELS = st.sampled_from(
    ["gpt-4o", "gpt-4o-mini", "gpt-6-luna", "gpt-5.4", "gpt-5-mini", "o3", "claude-sonnet-4-5"]
)
ROWS = st.lists(
    st.builds(
        Row,
        st.integers(1, 6000),
        st.integers(1, 4000),
        st.integers(0, 40),
        st.sampled_from([None, "low", "high"]),
    ),
    max_size=4,
).map(tuple)
SCENARIOS = st.builds(
    Scenario,
    model=MODELS,
    rows=ROWS,
    prompt=st.integers(0, 5000) | st.text(max_size=30),
    system=st.integers(0, 5000),
    answer=st.integers(0, 3000),
    turns=st.integers(1, 6),
    cached=st.floats(0, 1),
    batch=st.booleans(),
    calls=st.integers(0, 5000),
    days=st.integers(0, 31),
)


def test_the_default_scenario_is_the_first_example_of_the_guide() -> None:
    found = work_out(Scenario("gpt-4o"))
    assert found.images == 765
    assert found.rows[0].resized == (768, 768)
    assert found.text == 20 + 7
    assert found.input == 792
    # 2.50 and 10 dollars per million: 792 x 2.5 + 300 x 10
    assert found.conversation.total == Decimal("0.00498")
    assert found.month.total == Decimal("149.40")
    assert found.context_used == 1092
    assert found.rejections == ()
    assert found.evidence == "billed"


@pytest.mark.parametrize(
    ("row", "tokens"),
    [(Row(2048, 4096), 1105), (Row(4096, 8192, detail="low"), 85), (Row(1024, 1024, 3), 2295)],
)
def test_the_examples_of_the_guide_are_exact(row: Row, tokens: int) -> None:
    assert work_out(Scenario("gpt-4-vision-preview", (row,))).images == tokens


def test_the_first_vision_model_costs_what_it_cost() -> None:
    # 0.01 and 0.03 dollars per thousand tokens
    found = work_out(Scenario("gpt-4-vision-preview", answer=100), at=datetime(2024, 1, 1))
    assert found.conversation.total == Decimal("0.00792") + Decimal("0.003")


def test_each_turn_sends_all_images_questions_and_answers_again() -> None:
    scenario = Scenario("gpt-4o", prompt="What is this?", system=50, answer=100, turns=3)
    found = work_out(scenario)
    assert [turn.images for turn in found.turns] == [765, 765, 765]
    question = count_request_text_tokens("gpt-4o", ["What is this?"]) - 3
    system, answer = 54, 104
    assert [turn.text for turn in found.turns] == [
        3 + system + question,
        3 + system + 2 * question + answer,
        3 + system + 3 * question + 2 * answer,
    ]
    assert found.context_used == 765 + found.turns[2].text + 100


def test_a_prompt_is_counted_by_the_tokenizer_of_the_model() -> None:
    text = "这张图片里有什么？请用中文回答。"
    old, new = (work_out(Scenario(m, prompt=text)).text for m in ("gpt-4-turbo", "gpt-4o"))
    assert old > new == count_request_text_tokens("gpt-4o", [text])


def test_an_unknown_model_has_no_figure_and_is_no_error() -> None:
    found = work_out(Scenario("nobody-knows-this"))
    missing = (found.images, found.input, found.month.total, found.context)
    assert missing == (None, None, None, None)
    assert found.turns == ()
    assert [(r.code, r.certain) for r in found.rejections] == [("unknown_rule", False)]


def test_one_image_without_a_figure_leaves_the_sum_unknown() -> None:
    found = work_out(Scenario("gpt-6-luna", (Row(100, 100), Row(9000, 9000)), detail="original"))
    assert found.rows[0].total == 19
    assert found.rows[1].total is None
    assert found.images is None
    assert found.conversation.total is None


def test_the_weakest_evidence_is_told() -> None:
    assert work_out(Scenario("gpt-6.1-sol")).evidence == "assumed"
    assert work_out(Scenario("gpt-4o", ())).evidence is None


def test_patch_figures_carry_a_tolerance_for_each_image() -> None:
    assert work_out(Scenario("gpt-5-mini", (Row(800, 600, 7), Row(90, 90, 3)))).tolerance == 10


def test_a_model_without_a_batch_price_says_so() -> None:
    found = work_out(Scenario("gpt-5.3", batch=True))
    assert not found.batch_known
    assert found.month.total is None
    half = work_out(Scenario("gpt-4o", batch=True))
    assert half.batch_known
    assert half.month.total == Decimal("74.70")


def test_a_long_request_pays_the_rates_of_its_tier() -> None:
    price = price_of("gpt-5.4")
    assert price
    above, dearer = price.tiers[0]
    below = work_out(Scenario("gpt-5.4", (), prompt=above - 6, answer=0)).conversation
    over = work_out(Scenario("gpt-5.4", (), prompt=above - 5, answer=0)).conversation
    assert price.input
    assert dearer.input
    assert below.text == above * price.input / 1_000_000
    assert over.text == (above + 1) * dearer.input / 1_000_000


def test_images_pay_their_own_rate_where_there_is_one() -> None:
    price = price_of("gpt-image-1")
    assert price
    assert price.image_input
    assert price.image_input != price.input
    found = work_out(Scenario("gpt-image-1"))
    assert found.images
    assert found.conversation.images == found.images * price.image_input / 1_000_000


@given(SCENARIOS)
def test_the_parts_of_an_amount_add_up_to_it(scenario: Scenario) -> None:
    found = work_out(scenario)
    for money in (found.conversation, found.month, *(turn.money for turn in found.turns)):
        parts = (money.images, money.text, money.cached, money.output)
        if money.total is None:
            assert None in parts
        else:
            assert sum(part for part in parts if part is not None) == money.total


@given(SCENARIOS)
def test_every_turn_costs_what_the_price_book_says(scenario: Scenario) -> None:
    price = price_of(scenario.model, batch=scenario.batch)
    for turn in work_out(scenario).turns:
        input = turn.images + turn.text
        hit = int(Decimal(str(scenario.cached)) * input)
        expected = cost(price, input=input, cached=hit, output=turn.output, images=turn.images)
        assert turn.money.total == expected


@given(SCENARIOS)
def test_a_month_is_conversation_by_calls_by_days(scenario: Scenario) -> None:
    found = work_out(scenario)
    total, repeats = found.conversation.total, scenario.calls * scenario.days
    assert found.month.total == (None if total is None else total * repeats)
    if found.turns:
        spent = sum(turn.images + turn.text for turn in found.turns)
        assert found.month_tokens == (repeats * spent, repeats * scenario.turns * scenario.answer)


@given(SCENARIOS.filter(lambda scenario: scenario.rows))
def test_one_image_more_never_costs_less(scenario: Scenario) -> None:
    first, *others = scenario.rows
    more = Row(first.width, first.height, first.count + 1, first.detail)
    before = work_out(scenario)
    after = work_out(Scenario(**{**vars(scenario), "rows": (more, *others)}))
    assert before.images is not None
    assert after.images is not None
    assert after.images > before.images
    if before.month.total is not None and after.month.total is not None:
        assert after.month.total >= before.month.total


@given(SCENARIOS)
def test_rows_add_up_to_the_images_of_a_request(scenario: Scenario) -> None:
    found = work_out(scenario)
    assert found.images == sum(row.total or 0 for row in found.rows)


def test_a_hundred_thousand_rows_come_to_what_each_alone_does() -> None:
    pick = random.Random(4)
    sizes = [(pick.randint(1, 5000), pick.randint(1, 5000)) for _ in range(3000)]
    rows = tuple(Row(*pick.choice(sizes), pick.randint(1, 3)) for _ in range(100_000))
    found = work_out(Scenario("gpt-5-mini", rows))
    assert len(found.rows) == 100_000
    assert found.images == sum(row.total or 0 for row in found.rows)
    for row in pick.sample(found.rows, 300):
        alone = count_image_tokens("gpt-5-mini", row.row.width, row.row.height, "high")
        assert (row.each, row.resized, row.grid) == (alone.tokens, alone.resized, alone.grid)


@pytest.mark.parametrize(
    "wrong",
    [
        {"turns": 0},
        {"turns": 1001},
        {"answer": -1},
        {"prompt": -1},
        {"calls": -1},
        {"cached": 1.01},
        {"rows": (Row(10, 10, -1),)},
        {"rows": (Row(0, 10),)},
    ],
)
def test_numbers_that_nothing_can_have_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must be|can't be|at least 1"):
        work_out(Scenario("gpt-4o", **wrong))  # type: ignore[arg-type]


def test_time_may_come_without_a_zone() -> None:
    noon = datetime(2026, 11, 1, 12)
    aware = noon.replace(tzinfo=UTC)
    assert work_out(Scenario("gpt-4o"), at=noon) == work_out(Scenario("gpt-4o"), at=aware)
