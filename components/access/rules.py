"""The settings of access: `[access]` in secrets.toml, or ACCESS_* in the environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.access.errors import AccessConfigError
from components.access.person import MODES, Mode, Role
from components.settings import Given, schema

ANYBODY = "*"
SHORTEST = 12  # characters of a shared password
_OF_AUTH = ("redirect_uri", "cookie_secret")
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True)
class Rules:
    """allow: addresses ("a@b.org"), domains ("b.org"), or "*" for whomever the provider lets in.

    admins: addresses; members, viewers: addresses or domains; role: everybody else's.
    unverified: addresses count although the provider doesn't say that they are verified.
    providers: names of the tables under [auth], "" for [auth] itself.
    """

    mode: Mode = "local"
    password: str = field(default="", repr=False)
    allow: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()
    role: Role = "member"
    unverified: bool = False
    providers: tuple[str, ...] = ()


def on_loopback(host: str | None) -> bool:
    """Whether a server at this address is reached by its own machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def address(text: str) -> str:
    """A mail address to compare by, "" for what isn't one.

    Only ASCII is lowered: other letters may become ones that they only resemble.
    """
    text = text.strip()
    name, at, domain = text.partition("@")
    if not (name and at and "." in domain) or "@" in domain or any(c.isspace() for c in text):
        return ""
    return f"{name}@{domain}".lower() if text.isascii() else f"{name}@{domain}"


def rules_from(env: Mapping[str, str], secrets: Mapping[str, object], host: str | None) -> Rules:
    """What is set. The environment wins; host: the address that the server listens at.

    Raises AccessConfigError for whatever would let the wrong people in: the server must not start.
    """
    table = secrets.get("access", {})
    if not isinstance(table, Mapping):
        raise AccessConfigError("access_config_list", setting="access")
    if odd := sorted(set(map(str, table)) - schema.names_in("access")):
        raise AccessConfigError("access_config_unknown", setting=f"access.{odd[0]}")
    given = Given(env, secrets)
    auth = secrets.get("auth")
    mode = _mode(_read(given, schema.ACCESS_MODE, "access_config_mode"), host, auth)
    password = _password(given.raw(schema.ACCESS_PASSWORD)[0]) if mode == "password" else ""
    allow = _entries(given, schema.ACCESS_ALLOW)
    if mode == "oidc" and not allow:
        raise AccessConfigError("access_config_allow")
    return Rules(
        mode,
        password,
        allow,
        _entries(given, schema.ACCESS_ADMINS, addresses_only=True),
        _entries(given, schema.ACCESS_MEMBERS),
        _entries(given, schema.ACCESS_VIEWERS),
        _read(given, schema.ACCESS_ROLE, "access_config_role"),
        _read(given, schema.ACCESS_UNVERIFIED, "access_config_switch"),
        providers_of(auth) if mode == "oidc" else (),
    )


def providers_of(auth: object) -> tuple[str, ...]:
    """Names for `st.login` of the providers under [auth]. Raises AccessConfigError without one."""
    if not isinstance(auth, Mapping) or not all(auth.get(key) for key in _OF_AUTH):
        raise AccessConfigError("access_config_auth")
    named = [str(k) for k, v in auth.items() if isinstance(v, Mapping) and _complete(v)]
    found = (("",) if _complete(auth) else ()) + tuple(named)
    if not found:
        raise AccessConfigError("access_config_auth")
    return found


def _complete(provider: Mapping[str, object]) -> bool:
    return all(provider.get(key) for key in _OF_PROVIDER)


def _read(given: Given, setting: schema.Setting[Any], code: str) -> Any:
    value = given.read(setting)
    if given.problems:
        raise AccessConfigError(code)
    return value


def _mode(wished: str, host: str | None, auth: object) -> Mode:
    if wished in ("", "local"):
        if auth:
            raise AccessConfigError("access_config_auth_unused")
        if not on_loopback(host):
            raise AccessConfigError("access_config_open", address=host or "0.0.0.0")
    return next((each for each in MODES if each == wished), "local")


def _password(given: object) -> str:
    # TOML reads digits as a number: it would be a password that nobody has written like that.
    if not given or not isinstance(given, str):
        raise AccessConfigError("access_config_password")
    if len(given) < SHORTEST:
        raise AccessConfigError("access_config_password_short", shortest=SHORTEST)
    return given


def _entries(
    given: Given, setting: schema.Setting[str], *, addresses_only: bool = False
) -> tuple[str, ...]:
    """A list of TOML, or words between commas; "@b.org" is the domain b.org."""
    written, _ = given.raw(setting)
    words = written.split(",") if isinstance(written, str) else written
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise AccessConfigError("access_config_list", setting=setting.place)
    found = [_entry(word) for word in words if word.strip()]
    if not all(found) or (addresses_only and any("@" not in entry for entry in found)):
        raise AccessConfigError("access_config_list", setting=setting.place)
    return tuple(found)


def _entry(word: str) -> str:
    word = word.strip()
    if word == ANYBODY:
        return word
    domain = word.removeprefix("@")
    if "@" in domain:
        return address(domain)
    # As a domain behind any name, so that one rule tells what can be compared.
    return address(f"x@{domain}").removeprefix("x@")
