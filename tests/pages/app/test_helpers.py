"""Parts of the pages that need no page: numbers, headers, Markdown of models."""

import re
from decimal import Decimal
from html import unescape

import pytest

from components import services
from components.markdown import answer_blocks
from components.providers.endpoints import BUILTIN, Endpoint
from components.samples import samples
from components.ui.chat.model_picker import Choice
from components.ui.server.routes import sample_cover, security_headers
from components.ui.streamlit_seam.static_page import inline_script_hashes
from components.ui.widgets import prose, when
from components.ui.widgets.money import money, seconds, thousands, tokens
from tests.unit.markdown.tricks import TRICKS


@pytest.mark.parametrize(
    ("count", "tolerance", "read"),
    [(765, 0, "765"), (1228, 1, "1,228 ±1"), (0, 0, "0"), (None, 0, "unknown")],
)
def test_tokens_as_a_person_reads_them(count: int | None, tolerance: int, read: str) -> None:
    assert tokens(count, tolerance) == read


@pytest.mark.parametrize(
    ("count", "read"),
    [(128_000, "128k"), (16_385, "16k"), (1_000_000, "1M"), (1_047_576, "1.05M"), (400, "0k")],
)
def test_a_context_as_a_person_reads_it(count: int, read: str) -> None:
    assert thousands(count) == read


def test_money_is_never_taken_for_a_formula() -> None:
    assert money(Decimal("0.0021")) == r"\$0.0021"
    assert money(None) == "cost unknown"
    assert money(Decimal(0)) == r"\$0"


def test_seconds_that_are_not_known_are_a_dash() -> None:
    assert [seconds(1234), seconds(0), seconds(None)] == ["1.2 s", "0.0 s", "–"]


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_in_an_answer_is_a_picture_from_elsewhere(trick: str) -> None:
    made = "".join(b.html for b in answer_blocks(trick.format(spy="http://x.test")))
    element = prose.as_element(made)
    tags = set(re.findall(r"<([a-z]\w*)", element))
    assert tags <= {
        *("p", "div", "span", "a", "code", "pre", "h4", "ul", "ol", "li", "em", "br", "button"),
        *("table", "thead", "tbody", "tr", "th", "td", "blockquote"),
    }
    leading = re.findall(r' (?:src|href|on\w+|style)="([^"]{0,7})', element)
    assert set(leading) <= {"http://", "https:/"}


def test_a_formula_goes_as_text_to_where_it_is_drawn() -> None:
    (block,) = answer_blocks("so $x < \\text{<img src=x>}$")
    element = prose.as_element(block.html)
    assert "<math" not in element
    assert "<img" not in element
    (formula,) = re.findall(r'data-mathml="([^"]*)"', element)
    assert unescape(formula).startswith("<math")
    assert "<img" not in unescape(formula)


def test_a_choice_is_known_by_its_endpoint_and_model() -> None:
    endpoint = Endpoint(name="loop", base_url="http://127.0.0.1:1/v1")
    assert Choice(endpoint, "gpt-4o").id == "loop/gpt-4o"
    assert Choice(endpoint, "Qwen/Qwen2.5-VL-7B").id == "loop/Qwen/Qwen2.5-VL-7B"
    assert Choice(BUILTIN, "builtin-reader").id == "builtin/builtin-reader"


def test_an_endpoint_is_found_by_name() -> None:
    assert services.app().endpoint("builtin") is BUILTIN
    assert services.app().endpoint("nobody") is None


def test_a_time_zone_that_is_not_there_is_utc() -> None:
    assert str(when.zone("Asia/Shanghai")) == "Asia/Shanghai"
    for unknown in (None, "", "Not/A_Zone", "../../etc/passwd"):
        assert str(when.zone(unknown)) == "UTC"


def test_inline_scripts_are_allowed_by_their_own_hash_only() -> None:
    page = "<script>a()</script><script src='x.js'></script><script>b()</script>"
    found = inline_script_hashes(page)
    assert len(found) == len(set(found)) == 2
    # printf 'a()' | openssl dgst -sha256 -binary | base64
    assert found[0] == "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"


def test_the_policy_names_no_other_host_and_no_eval() -> None:
    headers = {key.decode(): value.decode() for key, value in security_headers()}
    policy = headers["content-security-policy"]
    assert "http" not in policy
    assert "'unsafe-eval'" not in policy
    assert "*" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in script


def test_every_sample_has_its_picture_and_nothing_else_has() -> None:
    import asyncio

    from starlette.requests import Request

    def asked(name: str) -> int:
        scope = {"type": "http", "path_params": {"sample": name}, "headers": []}
        return asyncio.run(sample_cover(Request(scope))).status_code

    assert {asked(sample.id) for sample in samples()} == {200}
    assert asked("nothing") == 404
    assert asked("../samples.toml") == 404
