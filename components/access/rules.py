"""The settings of access: `[access]` in secrets.toml, or ACCESS_* in the environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field

from components.access.errors import AccessConfigError
from components.access.person import MODES, ROLES, Mode, Role

ANYBODY = "*"
SHORTEST = 12  # characters of a shared password
_KEYS = ("mode", "password", "allow", "admins", "members", "viewers", "role", "unverified")
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
    if odd := sorted(set(map(str, table)) - set(_KEYS)):
        raise AccessConfigError("access_config_unknown", setting=f"access.{odd[0]}")
    found = {key: _given(env, table, key) for key in _KEYS}
    auth = secrets.get("auth")
    mode = _mode(found["mode"], host, auth)
    password = _password(found["password"]) if mode == "password" else ""
    allow = _entries(found["allow"], "access.allow")
    if mode == "oidc" and not allow:
        raise AccessConfigError("access_config_allow")
    return Rules(
        mode,
        password,
        allow,
        _entries(found["admins"], "access.admins", addresses_only=True),
        _entries(found["members"], "access.members"),
        _entries(found["viewers"], "access.viewers"),
        _role(found["role"]),
        _flag(found["unverified"]),
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


def _given(env: Mapping[str, str], table: Mapping[str, object], key: str) -> object:
    """An empty value counts as not set, as in `KEY=${KEY:-}`."""
    return env.get(f"ACCESS_{key.upper()}") or table.get(key) or ""


def _mode(wished: object, host: str | None, auth: object) -> Mode:
    mode = next((each for each in MODES if each == str(wished).strip().lower()), None)
    if wished and mode is None:
        raise AccessConfigError("access_config_mode")
    if mode in (None, "local"):
        if auth:
            raise AccessConfigError("access_config_auth_unused")
        if not on_loopback(host):
            raise AccessConfigError("access_config_open", address=host or "0.0.0.0")
    return mode or "local"


def _password(given: object) -> str:
    # TOML reads digits as a number: it would be a password that nobody has written like that.
    if not given or not isinstance(given, str):
        raise AccessConfigError("access_config_password")
    if len(given) < SHORTEST:
        raise AccessConfigError("access_config_password_short", shortest=SHORTEST)
    return given


def _role(wished: object) -> Role:
    """Everybody's role can't be admin: that takes a name."""
    role = next((each for each in ROLES if each == (wished or "member")), None)
    if role is None or role == "admin":
        raise AccessConfigError("access_config_role")
    return role


def _flag(wished: object) -> bool:
    return wished is True or str(wished).strip().lower() in {"1", "yes", "on", "true"}


def _entries(given: object, setting: str, *, addresses_only: bool = False) -> tuple[str, ...]:
    """A list of TOML, or words between commas; "@b.org" is the domain b.org."""
    words = given.split(",") if isinstance(given, str) else given
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise AccessConfigError("access_config_list", setting=setting)
    found = [_entry(word) for word in words if word.strip()]
    if not all(found) or (addresses_only and any("@" not in entry for entry in found)):
        raise AccessConfigError("access_config_list", setting=setting)
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
