"""Checks of single settings. An error names the setting and never repeats its value."""

import re
from urllib.parse import urlsplit

import httpx2

from components.errors import ConfigError

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
