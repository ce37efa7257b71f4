"""Known addresses that an endpoint can be begun with."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from components.network import is_public


@dataclass(frozen=True)
class KnownEndpoint:
    """base_url: words in capitals are to be replaced. source: where it is written, read on
    `checked`."""

    id: str
    name: str
    base_url: str
    source: str
    checked: date

    @property
    def public(self) -> bool:
        """It leads out into the web; the others are programs on the same machine."""
        return is_public(urlsplit(self.base_url).hostname or "")


@cache
def known_endpoints() -> tuple[KnownEndpoint, ...]:
    """In the order in which they are offered."""
    file = Path(__file__).with_name("known_endpoints.toml")
    return tuple(
        KnownEndpoint(**each) for each in tomllib.loads(file.read_text("utf-8"))["endpoints"]
    )
