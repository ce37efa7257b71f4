"""Which figures of an endpoint are believed."""

from typing import Any

import pytest

from components.providers.base import Usage
from components.providers.reply.usage import MOST, usage_of

NUMBERS: list[Any] = [2**63, MOST + 1, 10**400, float("inf"), float("nan"), -1, 0.5]
WRONG: list[Any] = [*NUMBERS, "7", True, [7], {"n": 7}]
PLACES = [
    {"prompt_tokens": 100, "completion_tokens": "IT"},
    {"prompt_tokens": "IT", "completion_tokens": 3},
    {"prompt_tokens": 100, "prompt_tokens_details": {"cached_tokens": "IT"}},
    {"prompt_tokens": 100, "completion_tokens_details": {"reasoning_tokens": "IT"}},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: str(value)[:20])
@pytest.mark.parametrize("place", range(len(PLACES)))
def test_a_figure_that_cannot_be_makes_all_implausible(place: int, wrong: object) -> None:
    def put(value: object) -> object:
        if isinstance(value, dict):
            return {key: put(each) for key, each in value.items()}
        return wrong if value == "IT" else value

    assert usage_of(put(PLACES[place])) == "implausible"


def test_more_cached_than_came_in_cannot_be() -> None:
    details = {"cached_tokens": 101}
    assert usage_of({"prompt_tokens": 100, "prompt_tokens_details": details}) == "implausible"


def test_figures_that_can_be_are_taken() -> None:
    assert usage_of({"prompt_tokens": MOST, "completion_tokens": 0}) == Usage(MOST, 0)
    assert usage_of({"prompt_tokens": 12.0, "completion_tokens": None}) == Usage(12, 0)


@pytest.mark.parametrize("nothing", [None, {}, [], "lots", {"prompt_tokens": None}])
def test_nothing_is_nothing(nothing: object) -> None:
    assert usage_of(nothing) is None


WRITTEN = {
    "OpenAI": {"prompt_tokens_details": {"cache_write_tokens": 1889}},
    "LiteLLM": {"prompt_tokens_details": {"cache_creation_tokens": 1889}},
    "Anthropic's name": {"cache_creation_input_tokens": 1889},
    "two names, one of them 0": {
        "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "cache_creation_input_tokens": 1889,
    },
}


@pytest.mark.parametrize("by", WRITTEN)
def test_what_was_written_to_the_cache_is_read_by_all_its_names(by: str) -> None:
    found = usage_of({"prompt_tokens": 1892, "completion_tokens": 3, **WRITTEN[by]})
    assert found == Usage(1892, 3, written=1889)


def test_image_tokens_and_cache_reads_are_read() -> None:
    details = {"image_tokens": 1105, "cached_tokens": 0}
    usage = {"prompt_tokens": 1892, "prompt_tokens_details": details, "cache_read_input_tokens": 9}
    assert usage_of(usage) == Usage(1892, 0, cached=9, images=1105)


@pytest.mark.parametrize(
    "details",
    [
        {"cache_write_tokens": 101},
        {"image_tokens": 101},
        {"cached_tokens": 51, "cache_write_tokens": 50},
        {"cache_write_tokens": -1},
        {"image_tokens": 1.5},
    ],
)
def test_parts_that_exceed_the_prompt_are_not_believable(details: dict[str, object]) -> None:
    assert usage_of({"prompt_tokens": 100, "prompt_tokens_details": details}) == "implausible"
