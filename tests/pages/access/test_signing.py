"""The cookie of the shared password: given for a ticket, to our own pages alone."""

from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest

from components import services
from components.access.passes import VALID
from components.ui.server.cookies import COOKIE
from components.ui.server.signing import PATH
from tests.pages.access.test_access import AUTH, PASSWORD, secrets
from tests.pages.chat.asking_routes import Answer, get

OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def demo(tmp_path: Path) -> None:
    secrets(tmp_path, f'[access]\nmode = "password"\npassword = "{PASSWORD}"\n')


def give(ticket: str | None = None, headers: dict[str, str] = OURS) -> Answer:
    body = services.app().passes().ticket() if ticket is None else ticket
    return get(PATH, method="POST", headers=headers, body=body.encode())


def cookie(answer: Answer) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])[COOKIE]


def test_a_ticket_is_changed_into_a_cookie_that_no_script_can_read() -> None:
    answer = give()
    assert (answer.status, answer.body) == (204, b"")
    found = cookie(answer)
    assert services.app().passes().holds(found.value)
    assert found["httponly"]
    assert found["samesite"].lower() == "lax"
    assert (found["path"], int(found["max-age"])) == ("/", VALID)
    assert not found["secure"], "over plain HTTP a browser would drop it"
    assert answer.headers["cache-control"] == "no-store"


def test_over_https_it_is_secure_whatever_the_proxy_speaks_to_us() -> None:
    assert cookie(give(headers=OURS | {"origin": "https://localhost"}))["secure"]


@pytest.mark.parametrize("ticket", ["", "x", "9999999999.abc", "1" * 5000])
def test_without_a_good_ticket_there_is_none(ticket: str) -> None:
    answer = give(ticket)
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_a_pass_itself_is_no_ticket() -> None:
    assert give(services.app().passes().issue()).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:8502"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://[localhost"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
        {"origin": "http://localhost", "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_pages_of_other_addresses_neither_give_nor_take_it(headers: dict[str, str]) -> None:
    for answer in (give(headers=headers), get(PATH, method="DELETE", headers=headers)):
        assert answer.status == 403
        assert "set-cookie" not in answer.headers


def test_browsers_that_dont_say_where_a_request_is_from_name_the_origin() -> None:
    assert give(headers={"origin": "http://localhost"}).status == 204


def test_signing_out_takes_it_away() -> None:
    answer = get(PATH, method="DELETE", headers=OURS)
    assert answer.status == 204
    found = cookie(answer)
    assert (found.value, found["max-age"], found["path"]) == ("", "0", "/")


def test_it_takes_nothing_out_of_an_address() -> None:
    ticket = services.app().passes().ticket()
    assert get(PATH, f"ticket={ticket}", headers=OURS).status == 405
    assert get(PATH, f"ticket={ticket}", method="POST", headers=OURS).status == 403


def test_where_people_sign_in_otherwise_there_is_no_such_address(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text("")
    secrets(tmp_path, '[access]\nmode = "oidc"\nallow = ["example.org"]\n' + AUTH)
    assert get(PATH, method="POST", headers=OURS).status == 404
