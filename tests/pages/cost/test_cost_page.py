"""The calculator's fields: what each of them changes in the figures."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from components.i18n import t
from components.pricing.whatif import (
    Row,
    Scenario,
    accuracy,
    all_models,
    cheaper,
    to_params,
    work_out,
)
from components.tokens import count_text_tokens, soon
from components.ui.cost import counting
from tests.pages.compare.compare_visiting import compare_page, of, photos, start, type_question
from tests.pages.cost.calculating import Reckoner
from tests.pages.cost.past import had
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback


@pytest.fixture
def reckoner() -> Reckoner:
    """The page with the seeds' example, 1024 x 1024 at high, and gpt-4o."""
    return Reckoner(lang="en", v="1", m="gpt-4o").open()


def test_the_page_opens_with_an_answer_and_leaves_the_address_alone() -> None:
    person = Reckoner(lang="en").open()
    assert (person.field, person.asked.detail) == ("1024x1024", "high")
    assert person.figures == ("1,228", "$0.000275 to $0.000307", "$8.26 to $9.20")
    assert "±1" in person.told
    assert person.address == {}


def test_typed_sizes_are_counted_and_stand_in_the_address(reckoner: Reckoner) -> None:
    assert reckoner.figures[0] == "765"
    assert reckoner.type("2048x4096").figures[0] == "1,105"
    assert reckoner.address == {"v": "1", "m": "gpt-4o", "s": "2048x4096"}
    reckoner.type("２０４８×４０９６；1024乘1024 3张")
    assert reckoner.figures[0] == f"{1105 + 3 * 765:,}"


def test_a_detail_of_its_own_counts_for_its_row_only(reckoner: Reckoner) -> None:
    assert reckoner.type("2048x4096@low; 1024x1024 x2").figures[0] == f"{85 + 2 * 765:,}"
    reckoner.at.selectbox(key="cost_detail").set_value("low")
    assert reckoner.look().figures[0] == f"{3 * 85}"


def test_an_emptied_field_has_no_images_and_the_next_size_stands_alone(
    reckoner: Reckoner,
) -> None:
    assert reckoner.type("").figures[0] == "0"
    assert reckoner.type("512x512").figures[0] == "255"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0x5", "“0x5” has a side of 0"),
        ("-5x5", "5x5” has a negative side"),
        ("abc", "“abc” isn't a size"),
        ("100x100; x; 200x200", "Row 2: “x” isn't a size"),
        ("9999999x5", "more than 1,000,000 pixels"),
    ],
)
def test_a_bad_size_is_named_in_a_sentence(reckoner: Reckoner, typed: str, said: str) -> None:
    assert said in reckoner.type(typed).told


def test_the_good_sizes_beside_a_bad_one_are_kept(reckoner: Reckoner) -> None:
    reckoner.type("512x512; 0x0; 512x512")
    assert [(row.width, row.height) for row in reckoner.asked.rows] == [(512, 512)] * 2


def test_an_extreme_shape_is_counted(reckoner: Reckoner) -> None:
    assert reckoner.type("1x100000").asked.rows == (Row(1, 100_000),)
    assert int(reckoner.figures[0].replace(",", "")) > 0


def test_another_model_counts_in_its_own_way(reckoner: Reckoner) -> None:
    before = reckoner.figures
    reckoner.model("gpt-4o-mini")
    assert reckoner.figures[0] == "25,501"
    assert reckoner.figures != before


def test_a_level_that_the_next_model_lacks_gives_way(reckoner: Reckoner) -> None:
    reckoner.model("gpt-6-luna")
    reckoner.at.selectbox(key="cost_detail").set_value("original")
    assert reckoner.look().asked.detail == "original"
    assert reckoner.model("gpt-4o").asked.detail == "high"


def test_a_model_that_nobody_knows_has_no_figures_but_words() -> None:
    reckoner = Reckoner(lang="en", v="1", m="my-own-vlm").open()
    assert reckoner.figures == ("–", "–", "–")
    assert "cost unknown" in reckoner.told
    assert "my-own-vlm's image tokens aren't published" in reckoner.told
    assert reckoner.at.selectbox(key="cost_model").value == "my-own-vlm"
    assert reckoner.tab("Charts").told.count("the price or rule is unknown") == 1


def test_the_call_is_paid_for_as_the_core_works_it_out(reckoner: Reckoner) -> None:
    reckoner.set("answer", 1000).set("turns", 4).set("calls", 10).set("days", 20)
    expected = work_out(Scenario("gpt-4o", answer=1000, turns=4, calls=10, days=20))
    assert expected.month.total is not None
    assert reckoner.figures[2] == f"${expected.month.total:,.2f}"
    assert "A conversation of 4 turns" in [m.label for m in reckoner.at.metric]
    assert reckoner.address == {"v": "1", "m": "gpt-4o", "a": "1000", "t": "4", "n": "10"} | {
        "k": "20"
    }


def test_a_prompt_is_counted_as_it_is_typed_and_its_text_stays_out_of_the_address(
    reckoner: Reckoner,
) -> None:
    reckoner.at.text_input(key="cost_prompt").set_value("What is in this picture?")
    reckoner.look()
    assert reckoner.at.number_input(key="cost_prompt_tokens").value == 6
    assert reckoner.address["p"] == "6"


def test_a_long_prompt_is_about_right_at_once_and_exact_soon(
    reckoner: Reckoner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"The {n}th word is {n * 7919}, is it? " for n in range(5000))
    go_on = threading.Event()
    one = ThreadPoolExecutor(1)
    one.submit(go_on.wait, 120)  # whoever counts is busy
    monkeypatch.setattr(soon, "_worker", lambda: one)
    before, said = reckoner.address, t("en", "cost.page.counting")
    try:
        with monkeypatch.context() as patch:
            patch.setattr(counting, "follow", lambda: None)
            reckoner.at.text_input(key="cost_prompt").set_value(text)
            about = reckoner.look().at.number_input(key="cost_prompt_tokens").value
            assert said in reckoner.told
            assert "$" in reckoner.figures[2]
            assert reckoner.address == before, "no figure that isn't exact stands in a link"
            assert reckoner.errors == []
            assert reckoner.set("turns", 2).asked.turns == 2, "other fields don't wait either"
            assert reckoner.asked.prompt == text
    finally:
        go_on.set()
    reckoner.look()
    exact = count_text_tokens(text, "gpt-4o")
    assert reckoner.at.number_input(key="cost_prompt_tokens").value == exact
    assert about == pytest.approx(exact, rel=0.2)
    assert said not in reckoner.told
    assert reckoner.address["p"] == str(exact)
    assert reckoner.figures[1:] == Reckoner(lang="en", **reckoner.address).open().figures[1:]


def test_a_cache_a_batch_and_a_system_prompt_change_the_bill(reckoner: Reckoner) -> None:
    full = float(reckoner.figures[2][1:])
    reckoner.at.slider(key="cost_cached").set_value(50)
    cached = float(reckoner.look().figures[2][1:])
    assert cached < full
    reckoner.at.slider(key="cost_cached").set_value(0)
    reckoner.at.toggle(key="cost_batch").set_value(True)
    halved = float(reckoner.look().figures[2][1:])
    assert halved == pytest.approx(full / 2, abs=0.01)
    assert float(reckoner.set("system_tokens", 5000).figures[2][1:].replace(",", "")) > halved


def test_another_currency_shows_money_at_the_rate_that_is_given(reckoner: Reckoner) -> None:
    dollars = float(reckoner.figures[2][1:])
    reckoner.at.selectbox(key="cost_currency").set_value("CNY")
    reckoner.look().set("rate", 7.0)
    assert reckoner.figures[2] == f"CN¥{7 * dollars:,.2f}"
    assert (reckoner.address["u"], reckoner.address["r"]) == ("CNY", "7")
    reckoner.at.selectbox(key="cost_currency").set_value("USD")
    assert reckoner.look().figures[2] == f"${dollars:.2f}"


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        (
            "en",
            "…images of…at…detail with…,…answers of…tokens,…calls a day",
            "Images of…(5 in all) at…detail with…,…answers of…tokens,"
            "…conversations of 3 turns a day",
        ),
        (
            "zh",
            "用…看…张…的图片，细节级别…，…每次回答…token，每天…次调用",
            "用…看…的图片（共 5 张），细节级别…，…每次回答…token，每天…次 3 轮的对话",
        ),
    ],
)
def test_the_scenario_is_a_sentence(lang: str, one: str, many: str) -> None:
    person = Reckoner(lang=lang, v="1", m="gpt-4o").open().type("1024x1024 x2")
    assert person.sentence.strip("…") == one.strip("…")
    assert person.at.number_input(key="cost_count").value == 2
    assert person.set("count", 5).asked.rows == (Row(1024, 1024, 5),)
    assert person.type("512x512").asked.rows == (Row(512, 512, 5),), "the count has its own field"
    assert person.type("512x512 x1").asked.rows == (Row(512, 512),)
    person.type("1024x1024 x2; 512x512 x3@low").set("turns", 3)
    assert person.sentence.strip("…") == many.strip("…")


def test_while_a_size_cannot_be_read_it_is_said_what_the_figures_are_of(
    reckoner: Reckoner,
) -> None:
    before = reckoner.type("2048x4096").figures
    assert reckoner.type("2048x4096; banana").figures == before
    assert "The figures are for 2048x4096." in reckoner.says
    assert "The figures are for" not in reckoner.type("2048x4096; 10x10").says


def test_all_models_stand_by_their_cost_the_chosen_one_first(reckoner: Reckoner) -> None:
    first, *others = reckoner.bars
    assert (first["id"], first["money"]) == ("gpt-4o", reckoner.figures[2])
    known = [bar["value"] for bar in others if bar["value"] is not None and not bar["remark"]]
    assert known == sorted(known)
    assert {bar["id"] for bar in reckoner.bars} == {
        line.model for line in all_models(reckoner.asked)
    }
    cheapest = others[0]
    assert cheapest["difference"].startswith("saves $")
    reckoner.tell("cost_bars", "chosen", cheapest["id"])
    assert reckoner.asked.model == cheapest["id"]
    assert reckoner.figures[2] == cheapest["money"]
    reckoner.tell("cost_bars", "chosen", "nobody-knows-this")
    assert reckoner.asked.model == cheapest["id"]


def test_the_bills_that_agree_stand_beside_the_figures(reckoner: Reckoner) -> None:
    billed = [family.billed for family in accuracy()]
    right, known = sum(each.right for each in billed), sum(each.known for each in billed)
    assert f"{right} of {known} real bills agree" in reckoner.says


def test_every_model_is_in_the_table_with_its_difference(reckoner: Reckoner) -> None:
    shown = reckoner.models()
    lines = all_models(Scenario("gpt-4o"))
    assert shown["model"] == [line.model for line in lines]
    by_model = dict(zip(shown["model"], shown["images"], strict=True))
    assert by_model["gpt-4o"] == 765
    differences = dict(zip(shown["model"], shown["difference"], strict=True))
    mini = next(line for line in lines if line.model == "gpt-4o-mini")
    assert mini.difference is not None
    assert differences["gpt-4o-mini"] == round(100 * mini.difference)


def test_a_range_has_both_its_ends_in_the_table(reckoner: Reckoner) -> None:
    reckoner.model("gpt-6-astra")
    reckoner.set("prompt_tokens", 1892)
    shown = {key: [str(each) for each in column] for key, column in reckoner.models().items()}
    for name in ("call", "month"):
        ends = dict(
            zip(shown["model"], zip(shown[name], shown[f"{name}_up_to"], strict=True), strict=True)
        )
        least, most = ends["gpt-6-astra"]
        assert float(least) < float(most)
        assert ends["gpt-4o"][1] == "nan"  # it is no range


def test_what_is_cheaper_can_be_taken_over(reckoner: Reckoner) -> None:
    best = cheaper(reckoner.asked)[0]
    reckoner.press("cost_take--1")
    assert reckoner.asked == best.scenario
    assert reckoner.address == to_params(best.scenario)


def test_a_size_just_under_the_next_step_is_found(reckoner: Reckoner) -> None:
    assert reckoner.type("2049x513").tab("Save money").figures[0] == "1,445"
    said = [m.value for m in reckoner.at.container(key="cost_cheaper").markdown]
    n = next(n for n, line in enumerate(said) if "2050 × 513" in line)
    assert reckoner.press(f"cost_take-{n}").figures[0] == "765"
    assert reckoner.field == "2050x513"


def test_the_steps_and_the_evidence_stand_below(reckoner: Reckoner) -> None:
    said = reckoner.type("2048x4096").says
    for step in ("2,048 x 4,096", "1,024 x 2,048", "768 x 1,536", "170 x 6 + 85 = 1,105 tokens"):
        assert step in said
    assert "Billed: real bills agree with this rule." in reckoner.told


def test_a_request_that_would_be_refused_says_so(reckoner: Reckoner) -> None:
    reckoner.type("4000x4000 x500")
    assert "would be rejected" in " ".join(reckoner.errors)


def test_limits_a_minute_give_images_a_minute(reckoner: Reckoner) -> None:
    reckoner.tab("Rate limits")
    assert [m.value for m in reckoner.at.container(key="cost_pace").metric] == ["37", "37"]
    reckoner.set("tokens_per_minute", 10_000_000)
    assert reckoner.at.container(key="cost_pace").metric[1].value == "200"
    assert reckoner.set("tokens_per_minute", 10).errors


def test_how_right_we_are_is_counted_live(reckoner: Reckoner) -> None:
    reckoner.tab("Accuracy")
    assert "published or billed token counts" in reckoner.says
    assert len(reckoner.at.dataframe[-1].value) > 5


def test_the_language_changes_and_everything_else_stays(reckoner: Reckoner) -> None:
    reckoner.type("2048x4096").set("turns", 3)
    figures, address = reckoner.figures, reckoner.address
    reckoner.speak("zh")
    assert reckoner.figures == figures
    assert (reckoner.field, reckoner.address) == ("2048x4096", address)
    assert t("zh", "cost.page.all_models") in [s.value for s in reckoner.at.header]


def test_another_page_and_back_keeps_everything(reckoner: Reckoner) -> None:
    reckoner.type("2048x4096; 512x512@low").set("turns", 3)
    figures, asked = reckoner.figures, reckoner.asked
    reckoner.go("faq").go("cost")
    assert (reckoner.figures, reckoner.asked) == (figures, asked)
    assert reckoner.field == "2048x4096; 512x512@low"


def test_my_history_is_counted_under_another_model(reckoner: Reckoner) -> None:
    reckoner.tab("My history")
    assert "No answers in the last 30 days" in reckoner.says
    had(
        "1",
        model="gpt-4o",
        started_at=datetime.now(UTC),
        result={"input_tokens": 800, "output_tokens": 20},
    )
    reckoner.look()
    first = [m.value for m in reckoner.at.container(key="cost_mine").metric]
    assert first[0] == "1"
    reckoner.at.selectbox(key="cost_mine_model").set_value("gpt-4o-mini")
    second = [m.value for m in reckoner.look().at.container(key="cost_mine").metric]
    assert second[1] == first[1]
    assert second[2] != first[2]


def test_my_history_counts_the_answers_of_comparisons(endpoint: Loopback) -> None:
    person = Reckoner(lang="en")
    endpoint.enqueue(answer("7", tokens=(900, 5)))
    of(type_question(compare_page(person, *photos(2))), "gpt-4o")
    start(person)
    person.go("cost")
    person.tab("My history")
    metrics = [m.value for m in person.at.container(key="cost_mine").metric]
    assert metrics[0] == "1"
    assert metrics[1].startswith("$")
