"""A scenario as a link and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.models import reference_model
from components.pricing.whatif import Row, Scenario, work_out
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.link import from_link, from_params, to_link, to_params
from components.tokens import count_text_tokens

DETAIL = st.sampled_from(["auto", "low", "high", "original"])
ROWS = st.lists(
    st.builds(
        Row,
        st.integers(1, 1_000_000),
        st.integers(1, 1_000_000),
        st.integers(1, 1_000_000),
        st.none() | DETAIL,
    ),
    max_size=9,
    unique_by=lambda row: (row.width, row.height, row.detail),
).map(tuple)
SCENARIOS = st.builds(
    Scenario,
    model=st.sampled_from(["gpt-4o", "Qwen/Qwen2.5-VL-7B", "ft:gpt-4o:me::x", "模型 1&v=2#?%"]),
    rows=ROWS,
    detail=DETAIL,
    prompt=st.integers(0, 10_000_000),
    system=st.integers(0, 10_000_000),
    answer=st.integers(0, 10_000_000),
    turns=st.integers(1, 1000),
    cached=st.integers(0, 10_000).map(lambda n: n / 10_000),
    batch=st.booleans(),
    calls=st.integers(0, 100_000_000),
    days=st.integers(1, 366),
    currency=st.sampled_from(["CNY", "XTS"]),
    rate=st.decimals("0.000001", 1_000_000_000, places=6),
)


@given(SCENARIOS)
def test_a_link_leads_back_to_its_scenario(scenario: Scenario) -> None:
    assert from_link(to_link(scenario)) == scenario
    assert from_link(f"https://example.com/cost?{to_link(scenario)}#top") == scenario
    assert from_params(to_params(scenario)) == scenario


def test_a_link_is_readable_and_holds_only_what_is_not_the_default() -> None:
    assert to_link(Scenario("gpt-4o")) == "v=1&m=gpt-4o"
    rows = (Row(1024, 1024, 3, "low"), Row(2048, 4096))
    scenario = Scenario("gpt-4o", rows, prompt=50, cached=0.25)
    assert to_link(scenario) == "v=1&m=gpt-4o&s=1024x1024*3@low,2048x4096&p=50&c=0.25"


def test_texts_and_names_stay_out_of_a_link_and_the_figures_stay_the_same() -> None:
    rows = (Row(800, 600, name="secret.png"), Row(10, 10), Row(800, 600, 2))
    said = Scenario("gpt-4o", rows, prompt="What is my secret?", system="Be brief.")
    link = to_link(said)
    assert "secret" not in link
    assert "s=800x600*3,10x10" in link
    again = from_link(link)
    assert again.prompt == count_text_tokens("What is my secret?", "gpt-4o")
    assert work_out(again).conversation == work_out(said).conversation


def test_no_link_is_the_default() -> None:
    assert from_link("") == from_params({}) == Scenario(reference_model())


def test_keys_of_others_are_left_alone() -> None:
    assert from_params({"lang": "zh", "m": "gpt-4o", "embed": "true"}) == Scenario("gpt-4o")


@pytest.mark.parametrize(
    ("link", "code", "named"),
    [
        ("hello", "link_unreadable", "hello"),
        ("v=2&m=gpt-4o", "link_version", "2"),
        ("v=&m=gpt-4o", "link_version", ""),
        ("m=", "link_value", ""),
        ("m=a%00b", "link_value", "ab"),
        ("m=" + "x" * 200, "link_value", "x" * 39 + "…"),
        ("s=12", "link_value", "12"),
        ("s=1x1,,2x2", "link_value", ""),
        ("s=0x1", "size_zero", "0x1"),
        ("s=1x9999999", "size_too_large", "1x9999999"),
        ("s=1x1*0", "size_count", "1x1*0"),
        ("d=sharp", "cost_detail", "sharp"),
        ("t=0", "cost_number", "0"),
        ("t=1e3", "cost_number", "1e3"),
        ("p=-1", "cost_number", "-1"),
        ("n=" + "9" * 5000, "cost_number", "9" * 39 + "…"),
        ("c=1.5", "cost_share", "1.5"),
        ("c=nan", "cost_share", "nan"),
        ("b=yes", "link_value", "yes"),
        ("u=EURO", "currency_code", "EURO"),
        ("u=EUR&r=0", "rate_range", "0"),
        ("u=EUR&r=inf", "rate_unreadable", "inf"),
    ],
)
def test_a_bad_link_is_refused_with_what_is_wrong(link: str, code: str, named: str) -> None:
    with pytest.raises(CostError) as caught:
        from_link(link)
    assert (caught.value.code, caught.value.data["written"]) == (code, named)


def test_a_list_that_is_too_long_for_a_link_is_said() -> None:
    short = tuple(Row(i + 1, 1) for i in range(101))
    long = tuple(Row(900_000 + i, 900_000, 900_000 + i, "original") for i in range(99))
    assert from_link(to_link(Scenario("gpt-4o", short[:100]))).rows == short[:100]
    for rows in (short, long):
        with pytest.raises(CostError) as caught:
            to_link(Scenario("gpt-4o", rows))
        assert (caught.value.code, caught.value.data["sizes"]) == ("link_too_long", len(rows))


def test_many_images_of_one_size_fit_into_a_link() -> None:
    rows = (Row(4032, 3024, 1_000_000),) * 3
    again = from_link(to_link(Scenario("gpt-4o", rows))).rows
    assert sum(row.count for row in again) == 3_000_000


@given(st.text() | st.text("vmsdpytacbnkur=&0123456789x*@,.%?", max_size=60))
def test_any_text_is_a_scenario_or_a_reason(text: str) -> None:
    try:
        scenario = from_link(text)
    except CostError:
        return
    assert from_link(to_link(scenario)) == scenario


def test_dollars_have_no_rate() -> None:
    assert from_params({"u": "USD", "r": "7"}).rate == Decimal(1)
