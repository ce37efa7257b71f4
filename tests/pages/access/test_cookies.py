"""Cookies are Secure where people come by HTTPS, and usable where they don't."""

import asyncio

from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from components.ui.server.cookies import SecureCookies


async def two_cookies(scope: Scope, receive: Receive, send: Send) -> None:
    response: Response = PlainTextResponse("secure")
    response.set_cookie("first", "secure", httponly=True, samesite="lax")
    response.set_cookie("second", "2", secure=True)
    await response(scope, receive, send)


def cookies(*, https: bool) -> list[str]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(SecureCookies(two_cookies, https=https)(scope, receive, send))
    headers = sent[0]["headers"]
    return [value.decode() for name, value in headers if name == b"set-cookie"]


def test_behind_https_every_cookie_is_marked_once() -> None:
    found = cookies(https=True)
    assert len(found) == 2
    assert all(each.lower().count("; secure") == 1 for each in found)
    assert "HttpOnly" in found[0]


def test_without_https_they_stay_as_they_are_or_a_browser_would_drop_them() -> None:
    assert ["; secure" in each.lower() for each in cookies(https=False)] == [False, True]
