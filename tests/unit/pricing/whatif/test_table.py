"""All models at once."""

from dataclasses import replace

import pytest

from components.models import catalogue
from components.pricing.whatif import Row, Scenario, all_models, work_out

SCENARIO = Scenario(
    "gpt-4o", (Row(1200, 900, 2), Row(300, 200, detail="low")), prompt="Was ist das?", turns=2
)


def test_every_model_that_sees_in_a_chat_has_its_line() -> None:
    names = [line.model for line in all_models(SCENARIO)]
    assert len(names) == len(set(names)) > 40
    assert {"gpt-4o", "gpt-6-luna", "claude-sonnet-4-5", "gemini-3.8-flash"} <= set(names)
    assert not {"gpt-4", "gpt-image-1", "o1-pro", "builtin-reader", "claude"} & set(names)
    for model in catalogue():
        if model.vision and model.chat and model.endpoint_kind == "openai":
            assert {model.id, *model.examples} & set(names)


def test_a_line_says_what_the_model_alone_says() -> None:
    for line in all_models(SCENARIO):
        alone = work_out(replace(SCENARIO, model=line.model))
        assert (line.images, line.tolerance, line.evidence) == (
            alone.images,
            alone.tolerance,
            alone.evidence,
        )
        assert (line.month, line.conversation) == (alone.month, alone.conversation)
        assert line.rejections == alone.rejections
        if alone.turns:
            assert line.call == alone.turns[0].money


def test_differences_are_shares_of_the_chosen_models_cost() -> None:
    lines = {line.model: line for line in all_models(SCENARIO)}
    assert lines["gpt-4o"].difference == 0
    own, other = (lines[m].conversation.total for m in ("gpt-4o", "gpt-5"))
    assert own
    assert other
    assert lines["gpt-5"].difference == pytest.approx(float(other) / float(own) - 1)
    assert lines["llava:13b"].difference is None


def test_nothing_is_compared_with_a_model_that_has_no_price() -> None:
    assert all(
        line.difference is None for line in all_models(replace(SCENARIO, model="nobody-knows"))
    )


def test_the_caller_may_name_the_models() -> None:
    found = all_models(SCENARIO, ["gpt-5", "my-own-model", "gpt-4"])
    assert [line.model for line in found] == ["gpt-5", "my-own-model", "gpt-4"]
    assert found[1].month.total is found[2].month.total is None


def test_retirement_and_window_stand_beside_the_cost() -> None:
    line = next(line for line in all_models(SCENARIO) if line.model == "gpt-4o")
    assert line.retires_status == "announced"
    used = work_out(SCENARIO).context_used
    assert used
    assert line.context_share == used / 128_000


def test_a_member_of_a_family_goes_by_its_id() -> None:
    names = {line.model: line.name for line in all_models(SCENARIO)}
    assert names["claude-haiku-4-5"] == "claude-haiku-4-5"
    assert names["gpt-4o"] == "GPT-4o"
