"""The route that gives and takes the cookie of the shared password.

A page's script can't set one that scripts can't read; so the page hands the browser a ticket, and
the browser changes it here.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components import services
from components.access.passes import VALID
from components.ui.server.cookies import COOKIE

PATH = "/signed-in"
_MOST = 300  # bytes that a ticket may have
_HEADERS = {"cache-control": "no-store"}


async def signed_in(request: Request) -> Response:
    """POST: the body is a ticket, the answer sets the cookie. DELETE: the cookie goes."""
    if services.app().access().mode != "password":
        return Response(status_code=404, headers=_HEADERS)
    if not from_our_page(request):
        return Response(status_code=403, headers=_HEADERS)
    given = None
    if request.method == "POST":
        given = services.app().passes().redeem(await _body(request))
        if given is None:
            return Response(status_code=403, headers=_HEADERS)
    response = Response(status_code=204, headers=_HEADERS)
    response.set_cookie(
        COOKIE,
        given or "",
        max_age=VALID if given else 0,
        httponly=True,
        samesite="lax",
        secure=_by_https(request),
    )
    return response


def from_our_page(request: Request) -> bool:
    """Whether a page of this very address asks. Browsers say it themselves, where they are new
    and the address is HTTPS or of this machine; all of them name the asking page's origin."""
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said == "same-origin"
    origin, host = _origin(request), request.headers.get("host", "")
    return bool(host) and origin.lower() == host.lower()


def _origin(request: Request) -> str:
    """Host and port of the asking page, "" for none."""
    try:
        return urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:
        return ""


def _by_https(request: Request) -> bool:
    """As the browser sees it: what comes through a reverse proxy is plain HTTP here."""
    return request.headers.get("origin", "").lower().startswith("https://")


async def _body(request: Request) -> str:
    found = b""
    async for piece in request.stream():
        found += piece
        if len(found) > _MOST:
            return ""
    return found.decode("ascii", "replace")


ROUTES = [Route(PATH, signed_in, methods=["POST", "DELETE"])]
