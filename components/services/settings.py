"""The one place that reads the environment and the secrets."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from components.access.rules import Rules as AccessRules
from components.access.rules import rules_from
from components.errors import ConfigError
from components.i18n.console import language_of
from components.pricing.own_rows import file_of, use_file
from components.providers.endpoints import Endpoint, endpoints_from
from components.services.surroundings import ROOT, around
from components.spending.settings import limits_from, number_from
from components.spending.store import Rules
from db.place import database_url

_MOST_MB = 10_000_000
_MOST_DRAIN = 86_400
_THIS_MACHINE = "127.0.0.1"
OwnPolicy = Literal["any", "public", "none"]


@dataclass(frozen=True)
class Settings:
    """What the server was started with. problems: settings that were left aside, and why.

    own_endpoints: where those may lead that people type in: "any" address, the "public" web alone,
    or "none"; see components.ui.access.current_user for whom "any" holds.
    read_images: text in pictures that went to a model is read for the search when nothing runs.
    per_endpoint: requests of comparisons at once to one endpoint.
    limits: what may be spent; quota: bytes of images on disk per person; retention_days: age at
    which conversations without a star and comparisons go. None: no limit.
    fetch_images: images are fetched by address for endpoints that don't do it themselves.
    update_prices: newer price lists of genai-prices are fetched while the server runs.
    metrics_port: where Prometheus reads the figures, None: nowhere; metrics_address: of this
    machine. drain_seconds: what running answers get to end when the server is to stop.
    """

    endpoints: tuple[Endpoint, ...]
    problems: tuple[ConfigError, ...]
    database_url: str
    own_endpoints: OwnPolicy = "any"
    read_images: bool = True
    per_endpoint: int = 4
    fetch_images: bool = True
    update_prices: bool = False
    limits: Rules = field(default_factory=Rules)
    quota: int | None = None
    retention_days: int | None = None
    metrics_port: int | None = None
    metrics_address: str = _THIS_MACHINE
    drain_seconds: int = 0


@cache
def settings() -> Settings:
    """Read once; a change needs a restart, as the server's keys do everywhere."""
    secrets = around.secrets()
    endpoints, problems = endpoints_from(os.environ, secrets)
    limits, of_limits = limits_from(os.environ, secrets)
    quota_mb, of_quota = number_from(os.environ, secrets, "QUOTA_MB", _MOST_MB)
    days, of_days = number_from(os.environ, secrets, "RETENTION_DAYS")
    port, of_port = number_from(os.environ, secrets, "METRICS_PORT", 65_535)
    drain, of_drain = number_from(os.environ, secrets, "DRAIN_SECONDS", _MOST_DRAIN, least=0)
    address = os.environ.get("METRICS_ADDRESS") or secrets.get("metrics_address") or ""
    return Settings(
        endpoints=tuple(endpoints),
        problems=(
            *problems,
            *_own_models(secrets),
            *of_limits,
            *of_quota,
            *of_days,
            *of_port,
            *of_drain,
        ),
        database_url=database_url(os.environ),
        own_endpoints=_own_endpoints(os.environ.get("OWN_ENDPOINTS", "")),
        read_images=_is_on("READ_IMAGES"),
        fetch_images=_is_on("FETCH_IMAGES"),
        update_prices=_is_wished(os.environ.get("UPDATE_PRICES") or secrets.get("update_prices")),
        per_endpoint=_whole(os.environ.get("COMPARE_AT_ONCE", ""), 4),
        limits=limits,
        quota=None if quota_mb is None else quota_mb * 1_000_000,
        retention_days=days,
        metrics_port=port,
        metrics_address=str(address).strip() or _THIS_MACHINE,
        drain_seconds=drain or 0,
    )


@cache
def access() -> AccessRules:
    """Who may come in. Raises AccessConfigError where nobody must: see components.access.rules."""
    return rules_from(os.environ, around.secrets(), around.option("server.address"))


def over_https() -> bool:
    """Whether people come by HTTPS, as the address says that the provider sends them back to."""
    auth = around.secrets().get("auth")
    address = auth.get("redirect_uri", "") if isinstance(auth, Mapping) else ""
    return str(address).startswith("https://")


def cookie_secret() -> str:
    """What cookies are signed with: Streamlit's own setting. "" where none is set and Streamlit
    makes up none; one that it makes up is of this process alone."""
    auth = around.secrets().get("auth")
    of_auth = auth.get("cookie_secret") if isinstance(auth, Mapping) else None
    return str(of_auth or around.option("server.cookieSecret") or "")


def console_language() -> str:
    """Of whoever starts the server."""
    return language_of(os.environ)


def _own_models(secrets: Mapping[str, object]) -> list[ConfigError]:
    """Use the owner's own models, where there is a file of them; gives what is wrong with it."""
    path = file_of(os.environ, ROOT, secrets)
    if path is None:
        return []
    try:
        use_file(path)
    except ConfigError as error:
        return [error]
    return []


def _own_endpoints(wished: str) -> OwnPolicy:
    match wished.strip().lower():
        case "public":
            return "public"
        case "none":
            return "none"
    return "any"


def _is_on(name: str) -> bool:
    """Of a switch that is on unless the environment says no."""
    return os.environ.get(name, "").strip().lower() not in {"no", "off", "0"}


def _is_wished(said: object) -> bool:
    """Of a switch that is off unless somebody says yes."""
    return said is True or str(said or "").strip().lower() in {"yes", "on", "1", "true"}


def _whole(wished: str, otherwise: int) -> int:
    return max(1, int(wished)) if wished.strip().isdecimal() else otherwise
