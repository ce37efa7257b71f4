"""Where questions can be sent: endpoints as configuration, without reading it from anywhere."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Endpoint:
    """One place that speaks the API. The key is never part of the repr.

    first_token_timeout: seconds to wait for the first token; None = 60, or 300 for local
    addresses and for models that reason before they answer.
    """

    name: str
    kind: Literal["openai", "builtin"] = "openai"
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    models: tuple[str, ...] = ()
    jpeg_only: bool = False
    public_urls: bool = False
    first_token_timeout: float | None = None

    @property
    def host(self) -> str:
        """host or host:port of the base URL, "" for the built-in reader."""
        from urllib.parse import urlsplit

        parts = urlsplit(self.base_url)
        name = parts.hostname or ""
        return f"{name}:{parts.port}" if parts.port else name
