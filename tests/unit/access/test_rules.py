"""The settings of access: what they mean, and with which a server must not start."""

import pytest

from components.access.errors import AccessConfigError
from components.access.rules import Rules, address, on_loopback, rules_from

AUTH = {
    "redirect_uri": "https://tuwen.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "tuwen",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
HERE = "127.0.0.1"
LONG = "correct horse battery"


def refused(
    env: dict[str, str] | None = None, host: str | None = HERE, **secrets: object
) -> AccessConfigError:
    with pytest.raises(AccessConfigError) as caught:
        rules_from(env or {}, secrets, host)
    return caught.value


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_on_its_own_machine_a_server_is_for_one_person(host: str) -> None:
    assert rules_from({}, {}, host) == Rules("local")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", None, "192.0.2.7", "tuwen.example"])
@pytest.mark.parametrize("mode", ["", "local"])
def test_off_loopback_nobody_may_come_in_unasked(host: str | None, mode: str) -> None:
    assert not on_loopback(host)
    error = refused({"ACCESS_MODE": mode}, host)
    assert error.code == "access_config_open"
    assert error.data["address"] == (host or "0.0.0.0")


def test_a_misspelt_mode_is_no_mode() -> None:
    assert refused({"ACCESS_MODE": "pasword"}).code == "access_config_mode"


@pytest.mark.parametrize("given", [None, "", 12345678901234])
def test_there_is_no_default_password(given: object) -> None:
    error = refused(access={"mode": "password", "password": given})
    assert error.code == "access_config_password"


def test_a_short_password_is_refused_and_a_long_one_taken() -> None:
    error = refused(access={"mode": "password", "password": "x" * 11})
    assert (error.code, error.data) == ("access_config_password_short", {"shortest": 12})
    found = rules_from({}, {"access": {"mode": "password", "password": "x" * 12}}, "0.0.0.0")
    assert (found.mode, found.role) == ("password", "member")


def test_a_password_is_in_no_message_and_no_repr() -> None:
    found = rules_from({"ACCESS_MODE": "password", "ACCESS_PASSWORD": LONG}, {}, HERE)
    assert found.password == LONG
    assert LONG not in repr(found)
    error = refused({"ACCESS_MODE": "password", "ACCESS_PASSWORD": "hunter2"})
    assert "hunter2" not in f"{error!r} {error.data}"


def test_the_environment_wins_over_the_file() -> None:
    table = {"mode": "local", "allow": ["file.example"]}
    env = {"ACCESS_MODE": "oidc", "ACCESS_ALLOW": "Env.example, @b.example,me@c.example"}
    found = rules_from(env, {"access": table, "auth": AUTH}, HERE)
    assert found.allow == ("env.example", "b.example", "me@c.example")
    assert found.providers == ("",)


@pytest.mark.parametrize("missing", AUTH)
def test_oidc_needs_all_of_a_provider(missing: str) -> None:
    auth = {key: value for key, value in AUTH.items() if key != missing}
    error = refused(access={"mode": "oidc", "allow": ["*"]}, auth=auth)
    assert error.code == "access_config_auth"


def test_oidc_without_a_list_of_who_may_come_in_is_refused() -> None:
    assert refused(access={"mode": "oidc"}, auth=AUTH).code == "access_config_allow"


def test_a_provider_that_nobody_would_be_sent_to_is_refused() -> None:
    assert refused(auth=AUTH).code == "access_config_auth_unused"


def test_providers_have_names() -> None:
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    own = {key: AUTH[key] for key in AUTH.keys() - shared.keys()}
    auth = {**shared, "google": own, "broken": {"client_id": "x"}}
    found = rules_from({}, {"access": {"mode": "oidc", "allow": "*"}, "auth": auth}, HERE)
    assert found.providers == ("google",)


@pytest.mark.parametrize("role", ["admin", "owner", "ADMIN"])
def test_everybody_cannot_be_admin(role: str) -> None:
    assert refused({"ACCESS_ROLE": role}).code == "access_config_role"


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("allow", [1]),
        ("allow", ["not an address"]),
        ("allow", "nodot"),
        ("allow", 7),
        ("admins", ["b.example"]),
        ("admins", ["*"]),
        ("viewers", ["a@b@c.example"]),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_its_name(key: str, given: object) -> None:
    error = refused(access={key: given})
    assert (error.code, error.data) == ("access_config_list", {"setting": f"access.{key}"})


def test_a_misspelt_setting_is_refused() -> None:
    error = refused(access={"alow": ["b.example"]})
    assert (error.code, error.data) == ("access_config_unknown", {"setting": "access.alow"})


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        (" Ann@B.Example ", "ann@b.example"),
        ("ann@b.example\n", "ann@b.example"),
        ("ann", ""),
        ("@b.example", ""),
        ("ann@", ""),
        ("ann@localhost", ""),
        ("ann@evil.example@b.example", ""),
        ("an n@b.example", ""),
        # U+212A lowers to an ASCII k: it must not become somebody's domain
        ("ann@\u212aelvin.example", "ann@\u212aelvin.example"),
    ],
)
def test_addresses_are_compared_by_what_they_are(written: str, compared: str) -> None:
    assert address(written) == compared
