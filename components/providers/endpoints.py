"""Where questions can be sent: endpoints as configuration, without reading it from anywhere."""

import ipaddress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Endpoint:
    """One place that speaks the API. The key is never part of the repr.

    api_key: "" for a server that asks for none. first_token_timeout: seconds to wait for the
    first token; None = 60, or 300 for local addresses and for models that reason before they
    answer. api_version: Azure's dated API; empty for Azure's v1 API and for everything else.
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

    @property
    def host(self) -> str:
        """host or host:port of the base URL, "" for the built-in reader."""
        parts = urlsplit(self.base_url)
        name = parts.hostname or ""
        return f"{name}:{parts.port}" if parts.port else name


def is_local(endpoint: Endpoint) -> bool:
    """This machine or its network: localhost, *.local, loopback and private addresses."""
    name = urlsplit(endpoint.base_url).hostname or ""
    if name == "localhost" or name.endswith((".localhost", ".local")):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_private or address.is_link_local
