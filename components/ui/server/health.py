"""Two addresses for a load balancer. They need no sign-in and tell nothing."""

import json

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from components import services

ALIVE, READY = "/healthz", "/readyz"
_HEADERS = {"cache-control": "no-store"}


async def alive(request: Request) -> Response:
    """`/healthz`: the process answers. Looks at nothing: a database that is away is no reason to
    start this process anew."""
    return PlainTextResponse("ok", headers=_HEADERS)


async def ready(request: Request) -> Response:
    """`/readyz`: 200 `ok`, or 503 with the reason's code where nobody should be sent here."""
    why = await services.app().readiness().why()
    if why is None:
        return PlainTextResponse("ok", headers=_HEADERS)
    line = json.dumps({"ready": False, "why": why})
    return Response(line + "\n", 503, media_type="application/json", headers=_HEADERS)


ROUTES = [Route(ALIVE, alive), Route(READY, ready)]


class TrustedHosts(TrustedHostMiddleware):
    """Refuses foreign Host headers, but not of the load balancer's probes.

    Those come with this machine's address as host, which changes with every container. A page of
    another origin that resolves its name to this machine, against which the list is, would learn
    from them that something is listening, which it learns from a refusal as well.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in (ALIVE, READY):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)
