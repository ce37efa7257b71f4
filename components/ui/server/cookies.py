"""The cookie of the shared password; and cookies marked Secure where people come by HTTPS.

Streamlit sees plain HTTP from the reverse proxy and leaves the mark out, so a browser would send
the sign-in over plain HTTP as well when somebody is lured to such an address.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "tuwen_signed_in"  # holds a pass: see components.access.passes


class SecureCookies:
    """ASGI middleware. https: whether to mark them; without TLS a browser would drop them."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_secure(*each) for each in message.get("headers", [])]
            await send(message)

        await self.app(scope, receive, marked if self.https else send)


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() != b"set-cookie":
        return name, value
    attributes = {part.strip().lower() for part in value.split(b";")[1:]}
    return name, value if b"secure" in attributes else value + b"; Secure"
