"""Checks of single settings. An error names the setting and never repeats its value."""

import math
import re
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import urlsplit

import httpx2

from components.errors import ConfigError

MAX_SECONDS = 3600.0
_PRINTABLE = re.compile(r"[!-~]+")  # ASCII without spaces
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


def base_url_of(value: object, setting: str) -> str:
    """An http(s) URL without user, query and fragment, and without a slash at its end.

    White space around it is nobody's spec and is dropped; inside it is an error. Raises
    ConfigError("config_base_url").
    """
    url = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL):  # a port that is no number, an address that is none
        raise ConfigError("config_base_url", setting=setting) from None
    plain = _PRINTABLE.fullmatch(url) and "@" not in parts.netloc and not {"?", "#"} & set(url)
    if not plain or parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        raise ConfigError("config_base_url", setting=setting)
    return url.rstrip("/")


def key_of(value: object, setting: str) -> str:
    """A key that can stand in a header. Raises ConfigError("config_key")."""
    key = value.strip() if isinstance(value, str) else ""
    if not _PRINTABLE.fullmatch(key):
        raise ConfigError("config_key", setting=setting)
    return key


class Table:
    """A table of settings, read with types. Raises ConfigError("config_flag")."""

    def __init__(self, values: Mapping[str, object], name: str) -> None:
        self._values = values
        self._name = name

    def setting(self, key: str) -> str:
        """The full name of a setting, as people look for it."""
        return f"{self._name}.{key}"

    def flag(self, key: str, default: bool) -> bool:
        """True or false, nothing that merely looks like it."""
        value = self._values.get(key, default)
        return value if isinstance(value, bool) else self._wrong(key)

    def seconds(self, key: str) -> float | None:
        """More than 0 and at most an hour."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._wrong(key)
        return (
            float(value) if 0 < value <= MAX_SECONDS and math.isfinite(value) else self._wrong(key)
        )

    def word(self, key: str) -> str:
        """A word of printable ASCII, "" when it isn't set."""
        value = self._values.get(key, "")
        if value == "" or (isinstance(value, str) and _PRINTABLE.fullmatch(value)):
            return str(value)
        return self._wrong(key)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of words that aren't blank."""
        value = self._values.get(key, ())
        if not isinstance(value, list | tuple):
            return self._wrong(key)
        if not all(isinstance(each, str) and each.strip() for each in value):
            return self._wrong(key)
        return tuple(each.strip() for each in value)

    def _wrong(self, key: str) -> NoReturn:
        raise ConfigError("config_flag", setting=self.setting(key))
