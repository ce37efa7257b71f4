"""Where questions can be sent: endpoints as configuration, without reading it from anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from components.errors import ConfigError
from components.network import is_public
from components.providers.settings import base_url_of, key_of
from components.settings import Given, schema

OPENAI_URL = "https://api.openai.com/v1"
OPENAI_HOST = "api.openai.com"
T = TypeVar("T")


@dataclass(frozen=True)
class Endpoint:
    """One place that speaks the API. The key is never part of the repr.

    api_key: "" for a server that asks for none. first_token_timeout: seconds to wait for the
    first token; None = 60, or 300 for local addresses and for models that reason before they
    answer. api_version: Azure's dated API; empty for Azure's v1 API and for everything else.
    own: typed in for one session, so that nothing of the server's settings may go there;
    public_only: connect to the public web alone.
    """

    name: str
    kind: Literal["openai", "builtin"] = "openai"
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    models: tuple[str, ...] = ()
    jpeg_only: bool = False
    public_urls: bool = False
    first_token_timeout: float | None = None
    api_version: str = ""
    own: bool = False
    public_only: bool = False

    @property
    def host(self) -> str:
        """host or host:port of the base URL, "" for the built-in reader."""
        parts = urlsplit(self.base_url)
        name = parts.hostname or ""
        return f"{name}:{parts.port}" if parts.port else name


BUILTIN = Endpoint(name="builtin", kind="builtin", models=("builtin-reader",))


def is_local(endpoint: Endpoint) -> bool:
    """This machine or its network, by the looks of its host; a container's name has no dot."""
    host = urlsplit(endpoint.base_url).hostname or ""
    return bool(host) and not is_public(host)


def endpoints_from(
    env: Mapping[str, str], secrets: Mapping[str, object]
) -> tuple[list[Endpoint], list[ConfigError]]:
    """The endpoints that are set up, and what is wrong with the rest.

    OPENAI_API_KEY and OPENAI_BASE_URL (env first, then secrets; a base URL alone is a server
    without a key) give the first endpoint, each table `[endpoints.NAME]` of secrets another one;
    a table of the same name wins. A broken one is reported and left out, the others are kept.
    """
    found: dict[str, Endpoint] = {}
    errors: list[ConfigError] = []
    try:
        if usual := _usual(env, secrets):
            found[usual.name] = usual
    except ConfigError as error:
        errors.append(error)
    tables = secrets.get("endpoints", {})
    if not isinstance(tables, Mapping):
        return list(found.values()), [*errors, ConfigError("config_flag", setting="endpoints")]
    for name, table in tables.items():
        try:
            found[name] = _of_table(name, table)
        except ConfigError as error:
            errors.append(error)
        else:
            errors += [
                ConfigError("config_flag", setting=f"endpoints.{name}.{key}")
                for key in table.keys() - schema.names_in("endpoints")
            ]
    return list(found.values()), errors


def _usual(env: Mapping[str, str], secrets: Mapping[str, object]) -> Endpoint | None:
    """What everybody sets."""
    given = Given(env, secrets)
    key, key_name = given.raw(schema.OPENAI_API_KEY)
    url, url_name = given.raw(schema.OPENAI_BASE_URL)
    if not key and not url:
        return None
    endpoint = Endpoint(
        name="openai",
        base_url=base_url_of(url or OPENAI_URL, url_name),
        api_key=key_of(key, key_name) if key else "",
    )
    return _named_by_host(endpoint)


def _named_by_host(endpoint: Endpoint) -> Endpoint:
    if endpoint.host == OPENAI_HOST:
        return replace(endpoint, public_urls=True)
    return replace(endpoint, name=endpoint.host)


def _of_table(name: str, values: object) -> Endpoint:
    if not isinstance(values, Mapping):
        raise ConfigError("config_flag", setting=f"endpoints.{name}")

    def read(setting: schema.Setting[T]) -> T:
        key = setting.at[-1]
        try:
            return setting.kind.read(values[key]) if key in values else setting.default
        except ValueError:
            raise ConfigError(setting.kind.code, setting=f"endpoints.{name}.{key}") from None

    key = values.get("api_key", "")
    endpoint = Endpoint(
        name=name,
        base_url=base_url_of(values.get("base_url"), f"endpoints.{name}.base_url"),
        api_key=key_of(key, f"endpoints.{name}.api_key") if key != "" else "",
        models=read(schema.MODELS),
        jpeg_only=read(schema.JPEG_ONLY),
        first_token_timeout=read(schema.FIRST_TOKEN_TIMEOUT),
        api_version=read(schema.API_VERSION),
    )
    fetches = read(schema.PUBLIC_URLS)
    if fetches is None:
        fetches = endpoint.host == OPENAI_HOST
    return replace(endpoint, public_urls=fetches)
