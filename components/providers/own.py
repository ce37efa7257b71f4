"""Endpoints that a person types in for a session. Nothing of one is shared, kept or written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from components.errors import AppError, ConfigError
from components.network import is_public
from components.providers.base import VisionClient
from components.providers.endpoints import OPENAI_HOST, Endpoint
from components.providers.settings import base_url_of, key_of

MAX_HOST = 60  # characters of a host that a name shows


class OwnEndpointError(AppError):
    """What was typed can't be used. Its value is never repeated."""

    codes = frozenset({"own_base_url", "own_key", "own_private", "own_lists_nothing", "own_off"})


@dataclass(eq=False)
class OwnEndpoint:
    """An endpoint of one session, the models it offers, and the client that nobody else gets. ends:
    last days of its models, where it gives them."""

    endpoint: Endpoint
    models: tuple[str, ...]
    client: VisionClient = field(repr=False)
    ends: Mapping[str, date] = field(default_factory=dict)


def own_endpoint(
    base_url: str, api_key: str, taken: Collection[str] = (), *, public_only: bool = False
) -> Endpoint:
    """The endpoint that was typed, called "own · HOST", or with a number where that is taken.

    api_key: "" for a server that asks for none. public_only: refuse this machine and its network,
    for a server that others use (by the look of the address; a name is looked up when the
    endpoint is called). Raises OwnEndpointError.
    """
    try:
        url = base_url_of(base_url, "")
    except ConfigError:
        raise OwnEndpointError("own_base_url") from None
    try:
        key = key_of(api_key, "") if api_key.strip() else ""
    except ConfigError:
        raise OwnEndpointError("own_key") from None
    if public_only and not is_public(urlsplit(url).hostname or ""):
        raise OwnEndpointError("own_private")
    typed = Endpoint("", base_url=url, api_key=key, own=True, public_only=public_only)
    host = typed.host if len(typed.host) <= MAX_HOST else f"{typed.host[:MAX_HOST]}…"
    return replace(typed, name=_free(f"own · {host}", taken), public_urls=typed.host == OPENAI_HOST)


def model_names(written: str) -> tuple[str, ...]:
    """Model ids as typed, separated by commas, spaces or line ends; each once."""
    return tuple(dict.fromkeys(written.replace(",", " ").replace("，", " ").split()))


def _free(name: str, taken: Collection[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free
