"""What the model, its endpoint and its prices have against a question."""

from datetime import date

import pytest

from components.preflight import PlannedRequest, check
from components.preflight.types import Fix
from components.providers.endpoints import Endpoint
from tests.unit.preflight.known import codes, facts_of, line, one

OPENAI = Endpoint("openai", base_url="https://api.openai.com/v1", public_urls=True)
LOCAL = Endpoint("ollama", base_url="http://localhost:11434/v1")


def test_a_model_without_eyes_stops_a_picture_and_not_a_text() -> None:
    asking = PlannedRequest("gpt-3.5-turbo", "x")
    assert one(check([facts_of(model="gpt-3.5-turbo")], asking), "no_vision").severity == "stop"
    assert "no_vision" not in codes(check([], asking))


def test_auto_that_means_original_offers_high_where_that_is_cheaper() -> None:
    asking = PlannedRequest("gpt-6-luna", "x")
    large = facts_of((4032, 3024), model="gpt-6-luna", detail="auto")
    found = one(check([large], asking), "auto_is_original")
    assert found.fix == Fix("detail", detail="high")
    assert found.data["tokens"] == 14364
    small = facts_of((800, 600), model="gpt-6-luna", detail="auto")
    assert "auto_is_original" not in codes(check([small], asking))


def test_a_rejected_size_stops_and_offers_a_level_that_is_taken() -> None:
    facts = facts_of((8000, 6000), model="gpt-6-luna", detail="original")
    found = one(check([facts], PlannedRequest("gpt-6-luna", "x")), "rejected_size")
    assert found.severity == "stop"
    assert found.fix == Fix("detail", detail="high")
    taken = facts_of((8000, 6000), model="gpt-6-luna", detail="high")
    assert "rejected_size" not in codes(check([taken], PlannedRequest("gpt-6-luna", "x")))


def test_a_level_that_the_model_has_not_is_named_with_what_is_used_instead() -> None:
    found = one(
        check([facts_of(detail="original")], PlannedRequest("gpt-4o", "x")), "no_such_detail"
    )
    assert found.data["used"] == "high"
    assert "no_such_detail" not in codes(check([facts_of()], PlannedRequest("gpt-4o", "x")))


def test_a_level_that_changes_nothing_is_said_to() -> None:
    mini = facts_of(model="gpt-5-mini", detail="low")
    assert "detail_ignored" in codes(check([mini], PlannedRequest("gpt-5-mini", "x")))
    assert "detail_ignored" not in codes(
        check([facts_of(detail="low")], PlannedRequest("gpt-4o", "x"))
    )


def test_more_pictures_than_the_vendor_takes_are_stopped_history_included() -> None:
    few = [facts_of((100, 100), model="claude-sonnet-4-5", detail="auto")]
    asking = PlannedRequest("claude-sonnet-4-5", "x", history_images=100)
    assert one(check(few, asking), "too_many_images").data["n"] == 101
    within = PlannedRequest("claude-sonnet-4-5", "x", history_images=99)
    assert "too_many_images" not in codes(check(few, within))


def test_what_does_not_fit_the_context_is_stopped() -> None:
    asking = PlannedRequest("gpt-4o", "x", history_tokens=127_000)
    found = one(check([facts_of(), facts_of()], asking), "context")
    assert found.data["limit"] == 128_000
    assert "context" not in codes(check([facts_of()], asking))


@pytest.mark.parametrize(
    ("today", "code", "severity"),
    [
        (date(2026, 6, 1), None, None),
        (date(2026, 9, 1), "retiring", "note"),
        (date(2027, 1, 1), "retiring", "warning"),
        (date(2027, 1, 14), "retiring", "warning"),
        (date(2027, 1, 15), "retired", "warning"),
    ],
)
def test_retirement_is_told_when_it_is_near(
    today: date, code: str | None, severity: str | None
) -> None:
    found = [f for f in check([], PlannedRequest("gpt-4o", "x", today=today)) if "retir" in f.code]
    assert [(f.code, f.severity) for f in found] == ([(code, severity)] if code else [])


def test_an_address_is_stopped_where_nothing_is_downloaded() -> None:
    asking = PlannedRequest("llava:13b", "x", endpoint=LOCAL, addresses=1)
    assert one(check([], asking), "address_not_fetched").severity == "stop"
    fetching = PlannedRequest("gpt-4o", "x", endpoint=OPENAI, addresses=1)
    assert "address_not_fetched" not in codes(check([], fetching))


def test_many_times_the_cost_of_the_level_below_is_told_from_n_on() -> None:
    facts = facts_of((2048, 4096))  # the guide's own example: 1105 tokens at high, 85 at low
    found = one(check([facts], PlannedRequest("gpt-4o", "x")), "costly")
    assert (found.data["tokens"], found.data["lower_tokens"]) == (1105, 85)
    assert found.fix == Fix("detail", detail="low")
    assert "costly" not in codes(check([facts], PlannedRequest("gpt-4o", "x", times=20)))
    assert "costly" not in codes(check([facts_of(detail="low")], PlannedRequest("gpt-4o", "x")))


def test_the_cheaper_level_is_no_fix_where_text_would_be_lost() -> None:
    facts = facts_of((2048, 4096), line("terms and conditions", 30))
    assert one(check([facts], PlannedRequest("gpt-4o", "x")), "costly").fixes == ()


def test_a_level_below_that_costs_more_is_no_saving() -> None:
    facts = facts_of((4032, 3024), model="gpt-5.4", detail="high")
    assert "costly" not in codes(check([facts], PlannedRequest("gpt-5.4", "x")))


def test_chinese_writing_is_told_only_for_models_that_are_known_to_be_weak() -> None:
    signs = line("观众指南"), line("Exit only")
    weak = facts_of((800, 600), *signs, model="gpt-4-turbo")
    assert one(check([weak], PlannedRequest("gpt-4-turbo", "x")), "non_latin").data["n"] == 1
    assert "non_latin" not in codes(
        check([facts_of((800, 600), *signs)], PlannedRequest("gpt-4o", "x"))
    )
    latin = facts_of((800, 600), line("Sortie à gauche 12"), model="gpt-4-turbo")
    assert "non_latin" not in codes(check([latin], PlannedRequest("gpt-4-turbo", "x")))


def test_a_sideways_axis_label_is_noted_when_it_is_a_good_part_of_the_text() -> None:
    upright, across = line("Sales per month", row=1), line("in millions", angle=-90, row=2)
    assert "turned_part" in codes(
        check([facts_of((800, 600), upright, across)], PlannedRequest("gpt-4o"))
    )
    more = [line("another line of text", row=n) for n in range(3, 9)]
    many = facts_of((800, 600), upright, across, *more)
    assert not {"turned_part", "turned"} & codes(check([many], PlannedRequest("gpt-4o")))


def test_a_number_found_in_four_pieces_side_by_side_is_one_card() -> None:
    pieces = [line("4111", left=50), *(line("1111", left=left) for left in (150, 250, 350))]
    found = one(
        check([facts_of((800, 600), *pieces)], PlannedRequest("gpt-4o", "x")), "private_card"
    )
    assert len(found.boxes) == 4
    apart = [line(p.text, left=p.box[0], row=n) for n, p in enumerate(pieces)]
    assert "private_card" not in codes(
        check([facts_of((800, 600), *apart)], PlannedRequest("gpt-4o", "x"))
    )


def test_a_key_is_less_of_a_matter_where_nothing_leaves_the_machine() -> None:
    facts = facts_of((800, 600), line("sk-proj-abcDEF0123456789ghiJKL"))
    assert one(check([facts], PlannedRequest("gpt-4o", "x")), "private_key").severity == "warning"
    local = PlannedRequest("gpt-4o", "x", endpoint=LOCAL)
    assert one(check([facts], local), "private_key").severity == "note"


def test_a_key_in_the_question_is_told_without_repeating_it() -> None:
    found = check([], PlannedRequest("gpt-4o", "why is sk-proj-abcDEF0123456789ghiJKL refused?"))
    assert "abcDEF" not in repr(one(found, "private_typed"))


def test_the_built_in_reader_has_none_of_the_models_limits() -> None:
    facts = facts_of((20000, 500), line("4111 1111 1111 1111"), model="builtin-reader")
    assert check([facts], PlannedRequest("builtin-reader", "How many dogs are there?")) == []


def test_the_gravest_comes_first_and_each_knows_its_picture() -> None:
    fine, odd = facts_of((800, 600)), facts_of((20000, 500))
    found = check([fine, odd], PlannedRequest("gpt-4o", "How many?", history_tokens=200_000))
    ranks = [["stop", "warning", "note"].index(f.severity) for f in found]
    assert ranks == sorted(ranks)
    assert one(found, "panorama").image == 1
    assert one(found, "context").image is None
