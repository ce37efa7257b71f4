"""What the server was started with, read by the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from components.access.rules import Rules as AccessRules
from components.access.rules import rules_from
from components.errors import ConfigError
from components.i18n.console import language_of
from components.pricing.own_rows import file_of, use_file
from components.providers.endpoints import Endpoint, endpoints_from
from components.services.surroundings import ROOT, around
from components.settings import Given, environment, schema
from components.settings.schema import OwnPolicy
from components.spending.settings import limits_from
from components.spending.store import Rules
from db.place import database_url


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
    metrics_address: str = "127.0.0.1"
    drain_seconds: int = 0


def read_settings() -> Settings:
    """From the environment and secrets.toml."""
    secrets = around.secrets()
    given = Given(environment, secrets)
    endpoints, of_endpoints = endpoints_from(environment, secrets)
    limits, of_limits = limits_from(environment, secrets)
    quota = given.read(schema.QUOTA_MB)
    found = Settings(
        endpoints=tuple(endpoints),
        problems=(*of_endpoints, *_own_models(secrets), *of_limits),
        database_url=database_url(given.read(schema.DATABASE_URL)),
        own_endpoints=given.read(schema.OWN_ENDPOINTS),
        read_images=given.read(schema.READ_IMAGES),
        fetch_images=given.read(schema.FETCH_IMAGES),
        update_prices=given.read(schema.UPDATE_PRICES),
        per_endpoint=given.read(schema.COMPARE_AT_ONCE),
        limits=limits,
        quota=None if quota is None else quota * 1_000_000,
        retention_days=given.read(schema.RETENTION_DAYS),
        metrics_port=given.read(schema.METRICS_PORT),
        metrics_address=given.read(schema.METRICS_ADDRESS),
        drain_seconds=given.read(schema.DRAIN_SECONDS),
    )
    return replace(found, problems=(*found.problems, *given.problems))


def read_access() -> AccessRules:
    """Who may come in. Raises AccessConfigError where nobody must: see components.access.rules."""
    return rules_from(environment, around.secrets(), around.option("server.address"))


def public_address() -> str:
    """Where people reach the app ("https://tuwen.example.org"), as the address says that the
    provider sends them back to; "" where none is configured."""
    auth = around.secrets().get("auth")
    address = str(auth.get("redirect_uri", "") if isinstance(auth, Mapping) else "")
    found = address.removesuffix("/oauth2callback").rstrip("/")
    return found if found.startswith(("http://", "https://")) else ""


def over_https() -> bool:
    """Whether people come by HTTPS."""
    return public_address().startswith("https://")


def cookie_secret() -> str:
    """What cookies are signed with: Streamlit's own setting. "" where none is set and Streamlit
    makes up none; one that it makes up is of this process alone."""
    auth = around.secrets().get("auth")
    of_auth = auth.get("cookie_secret") if isinstance(auth, Mapping) else None
    return str(of_auth or around.option("server.cookieSecret") or "")


def console_language() -> str:
    """Of whoever starts the server."""
    return language_of(environment)


def _own_models(secrets: Mapping[str, object]) -> list[ConfigError]:
    """Use the owner's own models, where there is a file of them; gives what is wrong with it."""
    path = file_of(environment, ROOT, secrets)
    if path is None:
        return []
    try:
        use_file(path)
    except ConfigError as error:
        return [error]
    return []
