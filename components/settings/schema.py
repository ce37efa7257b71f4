"""The settings. What each means stands in the texts, settings.meaning.NAME, in both languages.

No package reads them: pydantic-settings refuses all where one value is wrong, and each of these
needs its own fallback and its own sentence.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Literal

from components.settings.kinds import (
    ADDRESSES,
    FLAG,
    KEY,
    LIMIT_WHOLE,
    MONEY,
    NAMES,
    PASSWORD,
    PEOPLE,
    SECONDS,
    SWITCH,
    TEXT,
    URL,
    WORD,
    Kind,
    T,
    choice,
    whole,
)

OwnPolicy = Literal["any", "public", "none"]


@dataclass(frozen=True)
class Setting(Generic[T]):
    """name: in the environment, "" for one of a table of an endpoint. at: its place in
    secrets.toml, () for one of the environment alone. otherwise: what holds in place of a value
    that can't be read: a typing error must not open what it should close."""

    name: str
    kind: Kind[Any]
    default: T
    otherwise: T
    at: tuple[str, ...]
    secret: bool = False

    @property
    def place(self) -> str:
        """As people look for it in secrets.toml."""
        return ".".join(self.at)


_OTHERWISE: Any = object()


def _setting(
    name: str, kind: Kind[Any], default: T, *, otherwise: T = _OTHERWISE, secret: bool = False
) -> Setting[T]:
    instead = default if otherwise is _OTHERWISE else otherwise
    return Setting(name, kind, default, instead, _place(name), secret)


def _place(name: str) -> tuple[str, ...]:
    for table, begun in (("access", "ACCESS_"), ("limits", "LIMIT_")):
        if name.startswith(begun):
            return (table, name.removeprefix(begun).lower())
    return (name,) if name.startswith("OPENAI_") else (name.lower(),)


def _limit(name: str, kind: Kind[Any], nothing: T) -> Setting[T | None]:
    return _setting(f"LIMIT_{name}", kind, None, otherwise=nothing)


def _of_endpoint(name: str, kind: Kind[Any], default: T, *, secret: bool = False) -> Setting[T]:
    return Setting("", kind, default, default, ("endpoints", "NAME", name), secret)


OPENAI_API_KEY = _setting("OPENAI_API_KEY", KEY, "", secret=True)
OPENAI_BASE_URL = _setting("OPENAI_BASE_URL", URL, "")
DATABASE_URL = _setting("DATABASE_URL", TEXT, "", secret=True)
OWN_ENDPOINTS: Setting[OwnPolicy] = _setting(
    "OWN_ENDPOINTS", choice("any", "public", "none"), "any", otherwise="none"
)
COMPARE_AT_ONCE = _setting("COMPARE_AT_ONCE", whole(1, 1000), 4)
READ_IMAGES = _setting("READ_IMAGES", SWITCH, True)
FETCH_IMAGES = _setting("FETCH_IMAGES", SWITCH, True, otherwise=False)
MODELS_FILE = _setting("MODELS_FILE", TEXT, "")
UPDATE_PRICES = _setting("UPDATE_PRICES", SWITCH, False)
ACCESS_MODE = _setting("ACCESS_MODE", choice("local", "password", "oidc"), "")
ACCESS_PASSWORD = _setting("ACCESS_PASSWORD", PASSWORD, "", secret=True)
ACCESS_ALLOW = _setting("ACCESS_ALLOW", PEOPLE, "")
ACCESS_ADMINS = _setting("ACCESS_ADMINS", ADDRESSES, "")
ACCESS_MEMBERS = _setting("ACCESS_MEMBERS", PEOPLE, "")
ACCESS_VIEWERS = _setting("ACCESS_VIEWERS", PEOPLE, "")
ACCESS_ROLE = _setting("ACCESS_ROLE", choice("member", "viewer"), "member")
ACCESS_UNVERIFIED = _setting("ACCESS_UNVERIFIED", SWITCH, False)
LIMIT_REQUESTS_MINUTE = _limit("REQUESTS_MINUTE", LIMIT_WHOLE, 0)
LIMIT_IMAGES_DAY = _limit("IMAGES_DAY", LIMIT_WHOLE, 0)
LIMIT_USD_DAY = _limit("USD_DAY", MONEY, Decimal(0))
LIMIT_USD_MONTH = _limit("USD_MONTH", MONEY, Decimal(0))
LIMIT_ALL_REQUESTS_MINUTE = _limit("ALL_REQUESTS_MINUTE", LIMIT_WHOLE, 0)
LIMIT_ALL_IMAGES_DAY = _limit("ALL_IMAGES_DAY", LIMIT_WHOLE, 0)
LIMIT_ALL_USD_DAY = _limit("ALL_USD_DAY", MONEY, Decimal(0))
LIMIT_ALL_USD_MONTH = _limit("ALL_USD_MONTH", MONEY, Decimal(0))
QUOTA_MB: Setting[int | None] = _setting("QUOTA_MB", whole(1, 10_000_000), None)
RETENTION_DAYS: Setting[int | None] = _setting("RETENTION_DAYS", whole(1, 36_500), None)
METRICS_PORT: Setting[int | None] = _setting("METRICS_PORT", whole(1, 65_535), None)
METRICS_ADDRESS = _setting("METRICS_ADDRESS", TEXT, "127.0.0.1")
DRAIN_SECONDS = _setting("DRAIN_SECONDS", whole(0, 86_400), 0)

BASE_URL = _of_endpoint("base_url", URL, "")
API_KEY = _of_endpoint("api_key", KEY, "", secret=True)
MODELS: Setting[tuple[str, ...]] = _of_endpoint("models", NAMES, ())
JPEG_ONLY = _of_endpoint("jpeg_only", FLAG, False)
PUBLIC_URLS: Setting[bool | None] = _of_endpoint("public_urls", FLAG, None)
FIRST_TOKEN_TIMEOUT: Setting[float | None] = _of_endpoint("first_token_timeout", SECONDS, None)
API_VERSION = _of_endpoint("api_version", WORD, "")

_ALL: tuple[Setting[Any], ...] = tuple(s for s in globals().values() if isinstance(s, Setting))
SETTINGS = tuple(setting for setting in _ALL if setting.name)
OF_ENDPOINTS = tuple(setting for setting in _ALL if not setting.name)


def names_in(table: str) -> frozenset[str]:
    """The names that a table of secrets.toml knows."""
    return frozenset(setting.at[-1] for setting in _ALL if setting.at[0] == table)
