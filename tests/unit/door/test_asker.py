"""Who a picture or a file is asked for by: the cookies of a sign-in, as Streamlit makes them."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
import streamlit as st
from itsdangerous import TimestampSigner
from starlette.responses import Response
from streamlit import config
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette import starlette_auth_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components import services
from components.access.errors import AccessError
from components.access.passes import VALID, Passes
from components.access.person import LOCAL
from components.services.settings import cookie_secret
from components.ui.server.cookies import COOKIE
from components.ui.server.door.asker import person_of
from tests.pages.access.test_access import AUTH, PASSWORD, secrets
from tests.pages.conftest import fresh_server as fresh_server

DAY = 24 * 3600


@pytest.fixture
def team(tmp_path: Path) -> None:
    """Ann is admin, Vic a viewer, everybody else of example.org a member."""
    people = 'mode = "oidc"\nallow = ["example.org"]\nadmins = ["ann@example.org"]\n'
    secrets(tmp_path, f'[access]\n{people}viewers = ["vic@example.org"]\n{AUTH}')


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[None]:
    usual = config.get_option("server.cookieSecret")
    config.set_option("server.cookieSecret", "a secret that all processes have")
    secrets(tmp_path, f'[access]\nmode = "password"\npassword = "{PASSWORD}"\n')
    yield
    config.set_option("server.cookieSecret", usual)


def claims(name: str, **more: object) -> dict[str, object]:
    return {
        "iss": "http://localhost:1",
        "sub": f"sub-{name}",
        "name": name.title(),
        "email": f"{name}@example.org",
        "email_verified": True,
        "iat": int(time.time()) - 60,
        "is_logged_in": True,
        **more,
    }


def given(user: dict[str, object]) -> dict[str, str]:
    """The cookies that Streamlit gives a browser after its sign-in."""
    response = Response()
    asyncio.run(starlette_auth_routes._set_auth_cookie(response, user, {}))
    set_ = [v.decode().split(";")[0] for k, v in response.raw_headers if k == b"set-cookie"]
    found = dict(each.split("=", 1) for each in set_)
    return {name: value for name, value in found.items() if value.strip('"')}


def refused(cookies: dict[str, str]) -> str:
    with pytest.raises(AccessError) as raised:
        person_of(cookies)
    return raised.value.code


def test_who_signed_in_is_known_by_the_cookie(team: None) -> None:
    ann, bob, vic = [person_of(given(claims(n))) for n in ("ann", "bob", "vic")]
    assert (ann.role, bob.role, vic.role) == ("admin", "member", "viewer")
    assert ann.email == "ann@example.org"
    assert len({ann.owner, bob.owner, vic.owner}) == 3
    assert all(each.owner.startswith("oidc-") for each in (ann, bob, vic))
    bob.must_ask()
    with pytest.raises(AccessError):
        vic.must_ask()


def test_a_long_cookie_comes_in_parts_and_counts_when_all_are_there(team: None) -> None:
    cookies = given(claims("bob", groups=[token_hex(40) for _ in range(120)]))
    parts = [name for name in cookies if re.fullmatch(rf"{USER_COOKIE_NAME}_\d+", name)]
    assert len(parts) > 1
    assert person_of(cookies).name == "Bob"
    for name in parts:
        assert refused({k: v for k, v in cookies.items() if k != name}) == "access_sign_in"
    first, second = parts[:2]
    swapped = cookies | {first: cookies[second], second: cookies[first]}
    assert refused(swapped) == "access_sign_in"


@pytest.mark.parametrize("cookies", [{}, {"_streamlit_user": ""}, {"_streamlit_user": "{}"}])
def test_no_cookie_is_nobody(team: None, cookies: dict[str, str]) -> None:
    assert refused(cookies) == "access_sign_in"


def test_what_was_not_signed_here_is_nobody(team: None) -> None:
    whole = given(claims("ann"))
    text = whole[USER_COOKIE_NAME]
    ann = json.dumps(claims("ann"))
    forged = [
        create_signed_value("another secret, of somebody else", USER_COOKIE_NAME, ann).decode(),
        # Signed by us, for a cookie of another name.
        create_signed_value(get_cookie_secret(), "_streamlit_xsrf", ann).decode(),
        text[:-3],
        text[:20] + "A" + text[21:],
        ann,
        "é" * 50,
        "\u2603",
        "." * 5000,
    ]
    assert {refused({USER_COOKIE_NAME: each}) for each in forged} == {"access_sign_in"}
    signed_other = [
        create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, each).decode()
        for each in ("[1]", "null", "no json", '{"is_logged_in": false}', "chunks-2", "chunks-x")
    ]
    assert {refused({USER_COOKIE_NAME: each}) for each in signed_other} == {"access_sign_in"}


def test_a_cookie_ends_with_its_time(team: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for days in (25, 45):
        then = int(time.time() - days * DAY)
        with monkeypatch.context() as patch:
            patch.setattr(TimestampSigner, "get_timestamp", lambda self, then=then: then)
            made.append(given(claims("bob")))
    recent, old = made
    assert person_of(recent).name == "Bob"
    assert refused(old) == "access_sign_in"


def test_access_that_ended_since_counts_at_once(team: None) -> None:
    cookies = given(claims("bob"))
    owner = person_of(cookies).owner
    services.app().people().switch(owner, off=True)
    assert refused(cookies) == "access_off"
    services.app().people().switch(owner, off=False)
    assert person_of(cookies).owner == owner
    services.app().people().sign_out(owner)
    assert refused(cookies) == "access_signed_out"
    again = given(claims("bob", iat=int(time.time()) + 5))
    assert person_of(again).owner == owner


def test_a_role_that_was_given_counts_and_others_are_not_let_in(team: None) -> None:
    bob = person_of(given(claims("bob")))
    services.app().people().give_role(bob.owner, "viewer")
    assert person_of(given(claims("bob"))).role == "viewer"
    stranger = given(claims("eve", email="eve@evil.example"))
    assert refused(stranger) == "access_not_allowed"
    unverified = given(claims("ann", email_verified=False))
    assert refused(unverified) == "access_unverified"
    assert refused(given(claims("ann", sub=""))) == "access_no_identity"


def test_a_shared_password_is_proved_by_a_pass(shared: None) -> None:
    passes = services.app().passes()
    assert person_of({COOKIE: passes.issue()}).role == "member"
    other = Passes("another password", cookie_secret() or "x")
    for forged in ("", "x", other.issue(), passes.issue()[:-2], passes.ticket(), "é" * 20):
        assert refused({COOKIE: forged}) == "access_sign_in"
    assert refused({}) == "access_sign_in"
    before = Passes(PASSWORD, cookie_secret(), clock=lambda: time.time() - VALID - 60)
    assert refused({COOKIE: before.issue()}) == "access_sign_in"
    recent = Passes(PASSWORD, cookie_secret(), clock=lambda: time.time() - VALID + 600)
    assert person_of({COOKIE: recent.issue()}).role == "member"


def test_the_role_of_all_counts_with_a_password(
    shared: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCESS_ROLE", "viewer")
    viewer = person_of({COOKIE: services.app().passes().issue()})
    assert viewer.role == "viewer"
    with pytest.raises(AccessError):
        viewer.must_ask()


def test_the_cookie_of_an_oidc_sign_in_proves_nothing_where_a_password_is_asked(
    shared: None,
) -> None:
    assert refused(given(claims("ann"))) == "access_sign_in"


def test_locally_there_is_one_person_and_no_cookie() -> None:
    assert person_of({}) == LOCAL
    assert st.get_option("server.address") in (None, "localhost", "127.0.0.1")
