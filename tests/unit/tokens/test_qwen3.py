"""Qwen3's squares, by where it is asked."""

import pytest

from components.images.geometry import target_size
from components.pricing.whatif import Scenario, work_out
from components.tokens import count_image_tokens

ALIBABA = "dashscope.aliyuncs.com"
OPEN_WEIGHTS = ["Qwen/Qwen3-VL-8B-Instruct", "qwen3-vl:8b", "qwen3.5:9b", "qwen3-vl-8b-instruct"]
BILLED = [
    ((16, 16), 66),
    ((448, 448), 198),
    ((1024, 1024), 1026),
    ((4096, 4096), 2502),
    ((50, 2000), 126),
]


@pytest.mark.parametrize("host", [ALIBABA, "dashscope-intl.aliyuncs.com", f"{ALIBABA.upper()}:443"])
@pytest.mark.parametrize("model", OPEN_WEIGHTS)
def test_alibaba_bills_at_most_2500_squares(model: str, host: str) -> None:
    assert [count_image_tokens(model, *s, host=host).tokens for s, _ in BILLED] == [
        tokens for _, tokens in BILLED
    ]


@pytest.mark.parametrize("host", ["", "localhost:8000", "aliyuncs.com.example.org"])
@pytest.mark.parametrize("model", OPEN_WEIGHTS)
def test_open_servers_go_by_the_models_own_limits(model: str, host: str) -> None:
    assert count_image_tokens(model, 1024, 1024, host=host).tokens == 1026
    assert count_image_tokens(model, 4096, 4096, host=host).tokens == 16386
    assert count_image_tokens(model, 8000, 8000, host=host).tokens == 16386
    assert count_image_tokens(model, 16, 16, host=host).tokens == 66


@pytest.mark.parametrize("model", ["qwen3-vl-plus", "qwen3.5-plus", "qwen/qwen3-vl-flash"])
def test_what_alibaba_alone_hosts_has_its_limit_wherever_it_is_asked(model: str) -> None:
    assert count_image_tokens(model, 4096, 4096).tokens == 2502
    assert count_image_tokens(model, 4096, 4096, host="openrouter.ai").tokens == 2502


@pytest.mark.parametrize("size", [(4096, 4096), (5000, 2000), (900, 9000), (3000, 3001)])
@pytest.mark.parametrize("host", [ALIBABA, "localhost:8000"])
def test_an_image_is_prepared_to_the_size_that_the_host_counts(
    size: tuple[int, int], host: str
) -> None:
    target = target_size("qwen3-vl:8b", size, "auto", "a.png", host)
    seen = count_image_tokens("qwen3-vl:8b", *size, host=host).resized
    again = count_image_tokens("qwen3-vl:8b", *target, host=host)
    assert target[0] * target[1] <= max(seen[0] * seen[1], size[0] * size[1])
    assert again.tokens <= count_image_tokens("qwen3-vl:8b", *size, host=host).tokens  # type: ignore[operator]
    # Snapped to the grid at most, never shrunk by another limit.
    assert all(abs(a - b) <= 16 for a, b in zip(again.resized, target, strict=True))


def test_the_calculator_counts_it_too() -> None:
    assert work_out(Scenario("qwen3-vl-plus", detail="auto")).images == 1026
