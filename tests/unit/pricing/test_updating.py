"""Newer prices out of genai-prices' own updater, from a server of this machine."""

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from components.pricing import price_of, updating

LIST = [
    {
        "id": "openai",
        "name": "OpenAI",
        "api_pattern": "https://api",
        "models": [
            {
                "id": "gpt-4o",
                "match": {"equals": "gpt-4o"},
                "prices": {"input_mtok": 9, "output_mtok": 19},
            }
        ],
    }
]


class _Prices(BaseHTTPRequestHandler):
    body: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Prices)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/data.json"
    updating.stop()
    server.shutdown()
    server.server_close()


def listed() -> tuple[Decimal | None, str]:
    price = price_of("gpt-4o")
    assert price
    return price.input, price.source


def test_newer_prices_are_used_and_named_with_their_day(address: str) -> None:
    usual = listed()
    _Prices.body = json.dumps(LIST).encode()
    updating.start(address)
    assert updating.wait(20)
    day = updating.fetched()
    assert day
    assert listed() == (Decimal(9), f"genai-prices, {day.isoformat()}")
    updating.stop()
    assert listed() == usual


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"a": 1}', b'[{"id": 1}]'])
def test_what_is_no_price_list_changes_nothing(address: str, body: bytes) -> None:
    usual = listed()
    _Prices.body = body
    updating.start(address)
    assert not updating.wait(20)
    assert listed() == usual


def test_without_a_network_nothing_changes() -> None:
    usual = listed()
    try:
        updating.start("http://127.0.0.1:9/data.json")
        assert not updating.wait(20)
        assert listed() == usual
    finally:
        updating.stop()
