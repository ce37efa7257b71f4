"""`/tuwen/thumbnails/HASH`: tiny pictures for the list beside every page.

The browser asks for those in sight and keeps them; a page that is drawn reads none of them.
"""

import asyncio
from io import BytesIO

from PIL import Image, ImageOps
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components import services
from components.access.errors import AccessError
from components.errors import StoreError
from components.ui.server.door.asker import asker

PATH = "/tuwen/thumbnails"
SIDE = 40  # px: 20 on a screen of twice as many
_KEPT = {"cache-control": "private, max-age=86400"}


async def thumbnail(request: Request) -> Response:
    """Of an image of whoever asks. 403 for whoever isn't let in, 404 for what isn't theirs."""
    try:
        found = await asyncio.to_thread(_made, request)
    except AccessError:
        return Response(status_code=403)
    except StoreError:
        return Response(status_code=503)
    if found is None:
        return Response(status_code=404)
    return Response(found, media_type="image/webp", headers=_KEPT)


def _made(request: Request) -> bytes | None:
    owner = asker(request).owner
    digest = request.path_params["digest"]
    kept = services.app().store().conversations.thumbnail(owner, digest)
    if kept is None:
        return None
    with Image.open(BytesIO(kept)) as picture:  # one that was made here
        small = ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE))
    out = BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()


ROUTES = [Route(f"{PATH}/{{digest}}", thumbnail)]
