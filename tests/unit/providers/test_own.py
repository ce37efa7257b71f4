"""Endpoints typed in for a session: what is refused, what they are called, what goes there."""

import asyncio
import socket

import pytest

from components.errors import ProviderError
from components.network import is_public
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from components.providers.own import OwnEndpointError, model_names, own_endpoint
from tests.support.loopback import Loopback
from tests.unit.providers.asking import CANARY, ask, question

URL = "https://example.com/v1"


def refusal(url: str, key: str = "", *, public_only: bool = False) -> OwnEndpointError:
    with pytest.raises(OwnEndpointError) as caught:
        own_endpoint(url, key, public_only=public_only)
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "example.com/v1",
        "//example.com/v1",
        "ftp://example.com/v1",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///v1",
        "https://user:pw@example.com/v1",
        "https://user@example.com/v1",
        "https://example.com/v1?token=secret",
        "https://example.com/v1#x",
        "https://example.com/v 1",
        "https://exämple.com/v1",
        "https://example.com:port/v1",
        "https://example.com:99999/v1",
        "https://[::1/v1",
        "https://256.1.1.1/v1",
        "https://0177.0.0.1/v1",
        "https://example.com/v1\nX-Header: y",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_never_repeated(url: str) -> None:
    error = refusal(url)
    assert (error.code, error.data) == ("own_base_url", {})


@pytest.mark.parametrize("key", ["sk-a b", "sk-a\nb", "sk-ключ", "sk-“quoted”", "a\x00b"])
def test_a_key_that_cannot_stand_in_a_header_is_refused_and_never_repeated(key: str) -> None:
    error = refusal(URL, key)
    assert (error.code, error.data) == ("own_key", {})


def test_white_space_around_what_was_pasted_is_nobody_s_wish() -> None:
    found = own_endpoint(f"  {URL}/ \n", f" {CANARY}\n")
    assert (found.base_url, found.api_key) == (URL, CANARY)


def test_it_is_called_own_with_its_host_and_a_number_where_that_is_taken() -> None:
    first = own_endpoint("http://127.0.0.1:11434/v1", "")
    second = own_endpoint("http://127.0.0.1:11434/v2", "", [first.name])
    third = own_endpoint("http://127.0.0.1:11434/v3", "", [first.name, second.name])
    names = [each.name for each in (first, second, third)]
    assert names == [
        "own · 127.0.0.1:11434",
        "own · 127.0.0.1:11434 (2)",
        "own · 127.0.0.1:11434 (3)",
    ]


def test_the_key_is_in_no_repr() -> None:
    found = own_endpoint(URL, CANARY)
    assert CANARY not in repr(found)
    assert CANARY not in repr(OpenAICompatible(found))


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("api.openai.com", True),
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("localhost", False),
        ("127.0.0.1", False),
        ("127.1", False),
        ("0x7f.1", False),
        ("2130706433", False),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("168.63.129.16", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("fd00::1", False),
        ("printer.local", False),
        ("metadata.google.internal", False),
        ("ollama", False),
    ],
)
def test_where_others_use_the_server_only_public_hosts_are_taken(host: str, public: bool) -> None:
    assert is_public(host) is public
    url = f"http://[{host}]/v1" if ":" in host else f"http://{host}/v1"
    if public:
        assert own_endpoint(url, "", public_only=True).public_only
    else:
        assert refusal(url, public_only=True).code == "own_private"


def test_a_name_that_leads_into_the_network_is_not_connected_to(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a rebinding name does: it looks public, and resolves to this machine."""
    real = socket.getaddrinfo

    def resolves(host: str | bytes, *rest: int) -> object:
        ours = host in ("rebind.example.com", b"rebind.example.com")
        return real("127.0.0.1" if ours else host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", resolves)
    url = f"http://rebind.example.com:{loopback.port}/v1"
    with pytest.raises(ProviderError) as caught:
        listed(own_endpoint(url, CANARY, public_only=True))
    assert caught.value.code == "not_public"
    assert loopback.history == []
    # the same name reaches it where nobody else uses the server
    assert "fake-vision" in listed(own_endpoint(url, CANARY))


def test_nothing_of_the_servers_settings_goes_to_an_own_endpoint(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = "sk-the-servers-own-key"
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET"):
        monkeypatch.setenv(f"OPENAI_{name}", server)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"Authorization: Bearer {server}\nX-Team: {server}")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
    listed(own_endpoint(loopback.base_url, ""))
    ask(own_endpoint(loopback.base_url, ""), question())
    ask(own_endpoint(loopback.base_url, CANARY), question())
    assert [each.headers["authorization"] for each in loopback.history] == [
        "Bearer none",
        "Bearer none",
        f"Bearer {CANARY}",
    ]
    for each in loopback.history:
        assert server not in str(each.headers)


def test_model_names_are_read_as_people_write_them() -> None:
    assert model_names(" llava:13b, qwen3-vl:8b\nllava:13b，a/b ") == (
        "llava:13b",
        "qwen3-vl:8b",
        "a/b",
    )
    assert model_names("") == ()


def listed(where: Endpoint) -> list[str]:
    async def run() -> list[str]:
        client = OpenAICompatible(where)
        try:
            return await client.list_models()
        finally:
            await client.close()

    return asyncio.run(run())
