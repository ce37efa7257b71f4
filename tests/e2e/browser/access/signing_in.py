"""A sign-in provider on this machine, and people who sign in with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, Visitor

PASSWORD = "correct horse battery"
DEMO = f'[access]\nmode = "password"\npassword = "{PASSWORD}"\n'
NAMES = ("ann", "bob", "eve")


def users() -> list[User]:
    """Ann and Bob are on the list, Eve isn't; the provider vouches for all three addresses."""
    hosts = {"ann": "example.org", "bob": "example.org", "eve": "evil.example"}
    return [
        User(
            sub=name,
            claims={
                "email": f"{name}@{hosts[name]}",
                "email_verified": True,
                "name": name.title(),
            },
        )
        for name in NAMES
    ]


def tables(issuer: str) -> str:
    """Settings of a server whose people sign in there; Ann is admin."""
    return f"""
[access]
mode = "oidc"
allow = ["example.org"]
admins = ["ann@example.org"]

[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a long enough secret of a cookie"
client_id = "tuwen"
client_secret = "secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@contextmanager
def team_app(folder: Path, base_url: str) -> Iterator[RunningApp]:
    """The app and its provider."""
    with run_server_in_thread(user_claims=users()) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        with RunningApp(folder, base_url, tables=tables(issuer)) as app:
            yield app


def sign_in(person: Visitor, name: str) -> Visitor:
    """From the sign-in page through the provider's, and back."""
    person.key("sign_in_go").get_by_role("button").click()
    person.page.get_by_role("button", name=name).click()
    person.page.wait_for_url(f"{person.app.url}/**")
    expect(person.page.get_by_test_id("stApp")).to_be_visible()
    person.idle()
    return person


def type_password(person: Visitor, typed: str) -> None:
    person.key("login_password").locator("input").fill(typed)
    person.key("login").get_by_role("button").click()
    person.idle()
