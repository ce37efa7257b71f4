"""The catalogue's facts hang together."""

from datetime import date

import pytest
from genai_prices.data_snapshot import get_snapshot

from components.models import catalogue, default_order, find_model, reference_model
from components.tokens.rules import rules

# Ours -> the library's, with why ours differs.
OTHER_WINDOWS = {
    "gpt-4-32k": 32000,  # the documents of the time say 32,768
    "gpt-4.1": 1000000,  # rounded: 1,047,576
    "gpt-4.1-mini": 1000000,
    "gpt-4.1-nano": 1000000,
    "gpt-5-chat": 400000,  # the library takes the chat models for their base models
    "gpt-5.1-chat": 400000,
    "gpt-5.2-chat": 400000,
}


def test_ids_are_unique() -> None:
    ids = [model.id for model in catalogue()]
    assert len(ids) == len(set(ids))


def test_every_image_rule_exists_and_belongs_to_a_model_that_sees() -> None:
    for model in catalogue():
        if model.image_rule is not None:
            assert model.image_rule in rules(), model.id
            assert model.vision, model.id


def test_every_rule_is_used() -> None:
    assert {model.image_rule for model in catalogue()} >= rules().keys()


def test_every_model_says_where_its_facts_are_from() -> None:
    for model in catalogue():
        assert model.source or model.image_rule is None, model.id
        assert model.checked is not None, model.id


def test_auto_is_a_level_that_is_offered() -> None:
    for model in catalogue():
        assert model.details[0] == "auto", model.id
        assert model.auto_is in model.details, model.id


def test_a_date_of_retirement_comes_with_how_it_is_known() -> None:
    for model in catalogue():
        assert (model.retires is None) == (model.retires_status is None), model.id


def test_four_models_are_announced_to_leave_in_january_2027() -> None:
    leaving = {m.id for m in catalogue() if m.retires == date(2027, 1, 14)}
    assert leaving == {"gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini"}
    assert {find_model(name).retires_status for name in leaving} == {"announced"}


def test_a_model_is_retired_once_its_day_is_past_when_it_was_checked() -> None:
    for model in (m for m in catalogue() if m.retires and m.checked):
        assert model.retires
        assert model.checked
        past = model.retires < model.checked
        assert model.retires_status == ("retired" if past else "announced"), model.id


def test_the_models_that_left_on_one_day_in_october_2026() -> None:
    left = {m.id for m in catalogue() if m.retires == date(2026, 10, 23)}
    assert left >= {"gpt-4", "gpt-4-turbo", "gpt-3.5-turbo", "gpt-4.1-nano", "o1", "o4-mini"}
    assert find_model("gpt-4-0613").retires_status == "retired"
    assert find_model("gpt-image-1.5").retires == date(2026, 12, 1)


def test_preferred_models_can_be_asked_about_images() -> None:
    for name in default_order():
        model = find_model(name)
        assert model.id == name
        assert model.known
        assert model.vision
        assert model.chat
        assert model.retires_status != "retired"
        assert model.details


def test_the_reference_model_is_current_and_its_figures_are_billed() -> None:
    model = find_model(reference_model())
    assert model.retires is None
    assert model.image_rule is not None
    assert rules()[model.image_rule].evidence == "billed"


def test_the_built_in_reader_stands_for_a_real_model() -> None:
    reader = find_model("builtin-reader")
    assert reader.endpoint_kind == "builtin"
    assert reader.context is None
    assert find_model(reader.reference or "").known


def test_reasoning_models_of_openai_refuse_a_temperature_and_max_tokens() -> None:
    for model in catalogue():
        if model.vendor == "OpenAI" and model.reasoning:
            assert model.refuses >= {"temperature", "max_tokens"}, model.id


def test_the_first_vision_model_refuses_what_its_guide_says() -> None:
    refuses = find_model("gpt-4-vision-preview").refuses
    assert refuses == {"name", "tools", "response_format"}


def test_old_tokenizers_stay_with_old_models() -> None:
    old = {model.id for model in catalogue() if model.encoding == "cl100k_base"}
    assert old == {
        "gpt-3.5-turbo",
        "gpt-4",
        "gpt-4-32k",
        "gpt-4-turbo",
        "gpt-4-turbo-preview",
        "gpt-4-vision-preview",
    }


@pytest.mark.conform
def test_context_windows_differ_from_the_price_library_only_where_we_say_why() -> None:
    library = [m for p in get_snapshot().providers if p.id == "openai" for m in p.models]
    differing = {}
    for model in (m for m in catalogue() if m.vendor == "OpenAI"):
        windows = [found.context_window for found in library if found.is_match(model.id)]
        theirs = windows[0] if windows else None
        if theirs is not None and theirs != model.context:
            differing[model.id] = theirs
    assert differing == OTHER_WINDOWS


EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
# Reasoning models that nobody can tell how much to think.
FIXED = {"o1-mini", "gpt-5.1-chat", "gpt-5.2-chat", "gpt-5.3"}


def test_efforts_are_ones_the_api_knows_and_come_least_first() -> None:
    for model in (*catalogue(), find_model("nobody-knows-it")):
        places = [EFFORTS.index(effort) for effort in model.efforts]
        assert places == sorted(set(places)), model.id


def test_models_of_openai_have_efforts_where_they_reason() -> None:
    for model in (m for m in catalogue() if m.vendor == "OpenAI"):
        assert bool(model.efforts) == (model.reasoning and model.id not in FIXED), model.id


def test_efforts_by_generation() -> None:
    assert find_model("gpt-5").efforts == ("minimal", "low", "medium", "high")
    assert find_model("gpt-5.1-2025-11-13").efforts == ("none", "low", "medium", "high")
    assert find_model("gpt-5.2").efforts[-1] == "xhigh"
    assert find_model("gpt-6-luna").efforts[-1] == "max"
    assert find_model("o3").efforts == ("low", "medium", "high")
    assert find_model("gpt-4o").efforts == ()


def test_a_model_nobody_knows_is_offered_the_usual_efforts() -> None:
    assert find_model("nobody-knows-it").efforts == ("low", "medium", "high")
