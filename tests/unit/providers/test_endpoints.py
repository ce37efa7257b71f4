"""Endpoints from what people set: good ones are kept, broken ones named without their value."""

import pytest

from components.errors import ConfigError
from components.providers.endpoints import Endpoint, endpoints_from, is_local

BROKEN_URLS = [
    " ",
    "api.example.com/v1",
    "ftp://example.com",
    "http://",
    "https:///v1",
    "https://user:secret@example.com/v1",
    "https://secret@example.com/v1",
    "https://example.com/v1?token=secret",
    "https://example.com/v1?",
    "https://example.com/v1#secret",
    "https://exa mple.com/v1",
    "https://example.com/v1 /x",
    "https://例子.com/v1",
    "https://example.com:port/v1",
    "https://example.com:99999/v1",
    "https://[::1/v1",
    "https://example.com\x00/v1",
    "https://example.com\r\nX: secret/v1",
]
BROKEN_KEYS = [" ", "\n", "sk-two words", "sk-ключ", "sk-a\nb", "sk-a\x00b", "“sk-quoted”"]


def only_error(errors: list[ConfigError]) -> tuple[str, object]:
    assert len(errors) == 1
    assert "secret" not in repr(errors[0])
    return errors[0].code, errors[0].data["setting"]


def test_nothing_set_is_no_endpoint_and_no_error() -> None:
    assert endpoints_from({}, {}) == ([], [])
    assert endpoints_from({"OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, {}) == ([], [])


def test_a_key_alone_is_openai_itself() -> None:
    found, errors = endpoints_from({"OPENAI_API_KEY": "sk-abc\n"}, {})
    expected = Endpoint(
        "openai", base_url="https://api.openai.com/v1", api_key="sk-abc", public_urls=True
    )
    assert (found, errors) == ([expected], [])


def test_a_base_url_alone_is_a_server_without_a_key() -> None:
    found, errors = endpoints_from({"OPENAI_BASE_URL": "http://localhost:11434/v1/"}, {})
    assert (found, errors) == (
        [Endpoint("localhost:11434", base_url="http://localhost:11434/v1")],
        [],
    )


def test_the_environment_wins_over_the_secrets_file() -> None:
    secrets = {"OPENAI_API_KEY": "sk-file", "OPENAI_BASE_URL": "https://file.example/v1"}
    found, _ = endpoints_from({"OPENAI_API_KEY": "sk-env"}, secrets)
    assert (found[0].api_key, found[0].host) == ("sk-env", "file.example")


def test_a_table_can_say_everything() -> None:
    table = {
        "base_url": "https://r.openai.azure.com/openai/v1/",
        "api_key": "abc",
        "models": ["gpt-4o", " gpt-4.1 "],
        "jpeg_only": True,
        "public_urls": True,
        "first_token_timeout": 90,
        "api_version": "2024-10-21",
    }
    found, errors = endpoints_from({}, {"endpoints": {"azure": table}})
    expected = Endpoint(
        "azure",
        "openai",
        "https://r.openai.azure.com/openai/v1",
        "abc",
        ("gpt-4o", "gpt-4.1"),
        True,
        True,
        90.0,
        "2024-10-21",
    )
    assert (found, errors) == ([expected], [])


def test_only_openai_itself_is_trusted_to_fetch_links_unless_told() -> None:
    tables = {
        "a": {"base_url": "https://api.openai.com/v1"},
        "b": {"base_url": "https://api.openai.com.evil.example/v1"},
        "c": {"base_url": "https://api.openai.com/v1", "public_urls": False},
    }
    found, _ = endpoints_from({}, {"endpoints": tables})
    assert [each.public_urls for each in found] == [True, False, False]


@pytest.mark.parametrize("url", BROKEN_URLS)
def test_a_broken_base_url_is_named_and_never_repeated(url: str) -> None:
    found, errors = endpoints_from({"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-a"}, {})
    assert found == []
    assert only_error(errors) == ("config_base_url", "OPENAI_BASE_URL")
    assert errors[0].__context__ is None or errors[0].__suppress_context__
    found, errors = endpoints_from({}, {"endpoints": {"x": {"base_url": url}}})
    assert found == []
    assert only_error(errors) == ("config_base_url", "endpoints.x.base_url")


@pytest.mark.parametrize("key", BROKEN_KEYS)
def test_a_broken_key_is_named_and_never_repeated(key: str) -> None:
    _, errors = endpoints_from({"OPENAI_API_KEY": key}, {})
    assert only_error(errors) == ("config_key", "OPENAI_API_KEY")
    assert len(key.strip()) == 0 or key not in repr(errors[0])
    table = {"base_url": "http://localhost/v1", "api_key": key}
    _, errors = endpoints_from({}, {"endpoints": {"x": table}})
    assert only_error(errors) == ("config_key", "endpoints.x.api_key")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("jpeg_only", "yes"),
        ("jpeg_only", 1),
        ("public_urls", "true"),
        ("first_token_timeout", 0),
        ("first_token_timeout", -1),
        ("first_token_timeout", True),
        ("first_token_timeout", "60"),
        ("first_token_timeout", float("nan")),
        ("first_token_timeout", float("inf")),
        ("models", "gpt-4o"),
        ("models", [1]),
        ("models", [" "]),
        ("api_version", "2024 10"),
        ("api_version", 20241021),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(setting: str, value: object) -> None:
    table = {"base_url": "http://localhost/v1", setting: value}
    found, errors = endpoints_from({}, {"endpoints": {"x": table}})
    assert found == []
    assert only_error(errors) == ("config_flag", f"endpoints.x.{setting}")


def test_a_broken_endpoint_leaves_the_others_alone() -> None:
    tables = {"bad": {"base_url": "nope"}, "worse": "text", "good": {"base_url": "http://h/v1"}}
    found, errors = endpoints_from({"OPENAI_API_KEY": "sk-a b"}, {"endpoints": tables})
    assert [each.name for each in found] == ["good"]
    assert [each.data["setting"] for each in errors] == [
        "OPENAI_API_KEY",
        "endpoints.bad.base_url",
        "endpoints.worse",
    ]
    found, errors = endpoints_from({"OPENAI_API_KEY": "sk-a"}, {"endpoints": "text"})
    assert [each.name for each in found] == ["openai"]
    assert only_error(errors) == ("config_flag", "endpoints")


def test_a_setting_that_nobody_knows_is_reported_and_the_endpoint_kept() -> None:
    table = {"base_url": "http://localhost/v1", "apikey": "secret"}
    found, errors = endpoints_from({}, {"endpoints": {"x": table}})
    assert [each.name for each in found] == ["x"]
    assert only_error(errors) == ("config_flag", "endpoints.x.apikey")


def test_a_key_is_not_in_the_repr_of_its_endpoint() -> None:
    assert "sk-secret" not in repr(Endpoint("a", base_url="http://h/v1", api_key="sk-secret"))


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:11434/v1", True),
        ("http://LOCALHOST/v1", True),
        ("http://box.local/v1", True),
        ("http://127.0.0.1:8000/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://192.168.1.20/v1", True),
        ("http://10.0.0.1/v1", True),
        ("http://[fe80::1]/v1", True),
        ("https://api.openai.com/v1", False),
        ("http://8.8.8.8/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http://ollama:11434/v1", True),
        ("http://host.docker.internal:11434/v1", True),
        ("http://notlocal.example/v1", False),
        ("", False),
    ],
)
def test_local_addresses_are_known_by_their_look(url: str, local: bool) -> None:
    assert is_local(Endpoint("x", base_url=url)) is local
