"""The routes of shared links: pages of plain HTML outside of Streamlit, for whoever has the link.

No visit, no cookie, no sign-in and no socket is involved, so there is nothing to write through;
each request looks the link up anew, so it is closed from the next one on.
"""

import asyncio
import re
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components import services
from components.errors import AppError
from components.i18n import LANGUAGES
from components.images.pool import shared_pool
from components.services.settings import public_address
from components.sharing.page import look, nothing_page, shared_page
from components.sharing.pictures import media_type, picture
from components.sharing.resolve_share import Shown, look_up
from components.ui.app.navigation import SHARED
from components.ui.history.export import known_keys
from components.ui.history.team import is_off
from components.ui.streamlit_seam.static_page import font_faces

PICTURE = f"{SHARED}/picture"
LOOK = look(font_faces())
_HOST = re.compile(r"[a-z0-9._-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?", re.IGNORECASE)
HEADERS = {
    "content-security-policy": LOOK.policy,
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cache-control": "no-store",
}


async def page(request: Request) -> Response:
    """`/shared?t=TOKEN`, also with `lang`. Malformed, unknown, withdrawn, over: all the same."""
    lang, token = _language(request), request.query_params.get("t", "")
    made = await asyncio.to_thread(_page, token, lang, _home(request))
    status = 404 if made is None else 200
    body = nothing_page(lang, LOOK) if made is None else made
    return Response(
        body.encode("utf-8", "replace"), status, media_type="text/html", headers=HEADERS
    )


async def image(request: Request) -> Response:
    """`/shared/picture?t=TOKEN&n=NUMBER`: an image of what the link shows."""
    asked = request.query_params.get("n", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else -1
    work = shared_pool().run(_picture, request.query_params.get("t", ""), number)
    found = await asyncio.wrap_future(work)
    if found is None:
        return Response(status_code=404, headers=HEADERS)
    return Response(found, media_type=media_type(found), headers=HEADERS)


ROUTES = [Route(SHARED, page), Route(PICTURE, image)]


def _home(request: Request) -> str:
    """Where the app is reached: as it is configured, else by the host of this request, which the
    list of hosts (TrustedHosts) has let through. A messenger takes whole addresses only."""
    if address := public_address():
        return address
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""


def _page(token: str, lang: str, home: str) -> str | None:
    try:
        shown = _look_up(token, known_keys(()), lang)
    except AppError:  # a store that can't be read has nothing to show
        return None
    return shared_page(shown, token, lang, LOOK, home) if shown else None


def _look_up(token: str, keys: Collection[str], lang: str) -> Shown | None:
    shown = look_up(services.app().store().shares, token, keys, lang)
    return None if shown is None or is_off(shown.share.owner) else shown


def _picture(token: str, number: int) -> bytes | None:
    try:
        shown = _look_up(token, (), "en")
        return picture(services.app().store().conversations.image, shown, number) if shown else None
    except AppError:
        return None


def _language(request: Request) -> str:
    """As the reader asks for it in the address, else as their browser does."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    wished = request.headers.get("accept-language", "").split(",")[0].strip().lower()
    return "zh" if wished.startswith("zh") else "en"
