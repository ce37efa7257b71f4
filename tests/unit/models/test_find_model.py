"""Which model an endpoint means by a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.models import catalogue, find_model, priced_like

SAME = [
    ("gpt-4o-2024-08-06", "gpt-4o"),
    ("GPT-4o", "gpt-4o"),
    (" gpt-4o ", "gpt-4o"),
    ("chatgpt-4o-latest", "gpt-4o"),
    ("openai/gpt-4o", "gpt-4o"),
    ("openai/gpt-4o:batch", "gpt-4o"),
    ("ft:gpt-4o-2024-08-06:org::abc", "gpt-4o"),
    ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
    ("gpt-4-turbo-2024-04-09", "gpt-4-turbo"),
    ("gpt-4-1106-vision-preview", "gpt-4-vision-preview"),
    ("gpt-4-1106-preview", "gpt-4-turbo-preview"),
    ("gpt-4-0613", "gpt-4"),
    ("gpt-4-32k-0314", "gpt-4-32k"),
    ("gpt-35-turbo", "gpt-3.5-turbo"),
    ("gpt-4.5-preview-2025-02-27", "gpt-4.5-preview"),
    ("gpt-5-chat-latest", "gpt-5-chat"),
    ("gpt-5.2-chat-latest", "gpt-5.2-chat"),
    ("gpt-5-2025-08-07", "gpt-5"),
    ("gpt-5-4-mini", "gpt-5.4-mini"),
    ("gpt-5.4-2026-03-05", "gpt-5.4"),
    ("gpt-6-luna-2026-09-01", "gpt-6-luna"),
    ("o3-2025-04-16", "o3"),
    ("o4-mini-2025-04-16", "o4-mini"),
    ("claude-sonnet-4-5", "claude-sonnet-4-5"),
    ("anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
    ("claude-sonnet-4-6", "claude"),
    ("claude-opus-4-20250514", "claude"),
    ("us.anthropic.claude-sonnet-4-20250514-v1:0", "claude"),
    ("claude-3-5-sonnet-20241022", "claude"),
    ("anthropic/claude-opus-4.7", "claude-4.7"),
    ("claude-opus-5", "claude-4.7"),
    ("claude-haiku-5-5", "claude-4.7"),
    ("gemini-2.5-flash", "gemini-2.5-flash"),
    ("models/gemini-2.5-flash-lite", "gemini-2.5"),
    ("gemini-2.0-flash-001", "gemini-2.0"),
    ("gemini-3-pro-preview", "gemini-3"),
    ("qwen2.5vl:7b", "qwen2.5-vl"),
    ("Qwen/Qwen2.5-VL-7B-Instruct", "qwen2.5-vl"),
    ("qwen3-vl:8b", "qwen3-vl"),
    ("Qwen/Qwen3-VL-8B-Instruct", "qwen3-vl"),
    ("qwen3.5:9b", "qwen3-vl"),
    ("qwen3-vl-plus", "qwen3-vl-hosted"),
    ("qwen-vl-chat", "qwen-vl"),
    ("gpt-oss:20b", "gpt-oss"),
    ("llava:13b", "llava-next"),
    ("llava-hf/llava-1.5-7b-hf", "llava-1.5"),
    ("llava-hf/llava-v1.6-mistral-7b-hf", "llava-next"),
]


@pytest.mark.parametrize(("asked", "found"), SAME)
def test_a_name_finds_its_model(asked: str, found: str) -> None:
    model = find_model(asked)
    assert model.id == found
    assert model.known


@pytest.mark.parametrize(
    "name",
    [
        "gpt-5-pro",
        "gpt-5.4-pro",
        "gpt-4o-audio-preview",
        "gpt-4o-mini-tts",
        "gpt-6-luna-pro",
        "o3-pro",
        "gpt-image-1-mini",
        "gpt-3.5-turbo-instruct",
        "llava-onevision",
        "gemini-2.5-flash-preview-tts",
        "gpt-7",
        "some-model",
        "",
    ],
)
def test_a_model_that_is_not_in_the_catalogue_stays_unknown(name: str) -> None:
    model = find_model(name)
    assert not model.known
    assert model.id == name
    assert model.vision, "it may take images"
    assert model.retires is None
    if not model.like:
        assert model.image_rule is None
        assert model.context is None


@pytest.mark.parametrize("suffix", ["-mini", "-nano", "-pro", "-x"])
def test_a_suffix_never_falls_off(suffix: str) -> None:
    for model in catalogue():
        if model.vendor == "OpenAI":
            assert find_model(model.id + suffix).id != model.id


def test_every_model_is_found_by_its_own_id() -> None:
    for model in catalogue():
        assert find_model(model.id) is model


def test_every_example_belongs_to_its_family() -> None:
    for model in catalogue():
        for example in model.examples:
            assert find_model(example) is model


@given(st.sampled_from([m for m in catalogue() if m.vendor == "OpenAI"]), st.dates())
def test_a_dated_snapshot_is_its_model(model, day) -> None:  # type: ignore[no-untyped-def]
    assert find_model(f"{model.id}-{day.isoformat()}") == model


@given(st.text(max_size=60))
def test_any_text_gives_a_model(name: str) -> None:
    assert find_model(name).known or find_model(name).id == name


@pytest.mark.parametrize(
    ("name", "like", "same_tier"),
    [
        ("gpt-6.3-sol", "gpt-6.2-sol", True),
        ("openai/gpt-6.4-sol:free", "gpt-6.2-sol", True),
        ("gpt-6.3-sol-2027-02-01", "gpt-6.2-sol", True),
        ("gpt-7-luna", "gpt-6-luna", True),
        ("gpt-6.2-terra", "gpt-6.1-terra", True),
        ("gpt-5.7-mini", "gpt-5.4-mini", True),
        ("my-gpt-4o", "gpt-4o", True),
        ("gpt-7", "gpt-6.2-astra", False),
        ("gpt-6.2-sol-healthcare", "gpt-6.2-sol", False),
        ("gpt-5-pro", "gpt-5", False),
        ("o5-mini", "o4-mini", True),
        ("claude-opus-10", "claude-opus-5-5", False),
        ("claude-nova-6", "claude-sonnet-5-5", False),
        ("gemini-4-flash", "gemini-3.8-flash", True),
        ("gemini-flash-latest", "gemini-3.8-flash", False),
        ("qwen4-vl:8b", "qwen3-vl", True),
    ],
)
def test_a_newer_model_is_taken_for_the_nearest_one(name: str, like: str, same_tier: bool) -> None:
    model, other = find_model(name), find_model(like)
    assert not model.known
    assert model.id == name
    assert model.like == like
    assert priced_like(name) == (like if same_tier else "")
    taken = ("image_rule", "context", "details", "auto_is", "encoding", "refuses", "message_tokens")
    assert [getattr(model, f) for f in taken] == [getattr(other, f) for f in taken]
    assert model.retires is None


@pytest.mark.parametrize("name", ["some-model", "grok-5", "olmo-3", "minigpt-4", "opt-6.7b", ""])
def test_a_name_without_a_family_is_taken_for_nothing(name: str) -> None:
    assert find_model(name).like == ""
