"""The server around the pages: security headers, start-up work, collection of garbage."""

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.metering import served
from components.pricing import updating
from components.samples.covers import cover, version
from components.ui.app.navigation import ASSETS, ICON, LOGO, SHARED
from components.ui.server import answer_stream, health, shared_page, signing, thumbnails
from components.ui.server.door.uploads import UPLOADS
from components.ui.server.draining import draining
from components.ui.server.static_files import FOR_GOOD
from components.ui.streamlit_seam.sessions import let_go_of_left
from components.ui.streamlit_seam.static_page import inline_script_hashes

COLLECT_EVERY = 60.0  # seconds


def security_headers() -> list[tuple[bytes, bytes]]:
    """Headers of every response. No image, script or style comes from another host.

    Components (v2) load their JavaScript from `blob:`. Streamlit styles its elements inline.
    """
    scripts = " ".join(inline_script_hashes())
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {scripts}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data:",  # a photo of the camera is a data URL that is fetched
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    values = {
        "content-security-policy": "; ".join(f"{key} {value}" for key, value in policy.items()),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "same-origin",
        # Or the hosts of an answer's links are looked up before anybody clicks on one.
        "x-dns-prefetch-control": "off",
        "permissions-policy": "camera=(self), geolocation=(), microphone=()",
        "cross-origin-opener-policy": "same-origin",
    }
    return [(key.encode(), value.encode()) for key, value in values.items()]


async def sample_cover(request: Request) -> Response:
    """`/samples/ID.webp`: a picture of the gallery, the same for everybody."""
    sample = request.path_params["sample"]
    try:
        picture = await asyncio.to_thread(cover, sample)
        address = f"v={await asyncio.to_thread(version, sample)}"
    except KeyError:
        return Response(status_code=404)
    current = request.scope.get("query_string") == address.encode()
    kept = {"cache-control": FOR_GOOD if current else "public, max-age=86400"}
    return Response(picture, media_type="image/webp", headers=kept)


async def picture(request: Request) -> Response:
    """LOGO or ICON. Streamlit would read, hash and keep a file anew for each run; an address it
    passes on as it is."""
    kept = {"cache-control": "public, max-age=86400"}
    return FileResponse(ASSETS / request.url.path.rpartition("/")[2], headers=kept)


ROUTES = [
    Route(LOGO, picture),
    Route(ICON, picture),
    Route("/samples/{sample}.webp", sample_cover),
    *shared_page.ROUTES,
    *signing.ROUTES,
    *health.ROUTES,
    *answer_stream.ROUTES,
    *thumbnails.ROUTES,
]


_NO_PAGE = [(b"x-content-type-options", b"nosniff")]


def _for_good(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(
        name.lower() == b"cache-control" and b"immutable" in value for name, value in headers
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers.

    Everything under a shared link, errors included, gets the stricter headers of those. What is
    kept for good is a script, style, font or picture and never a page: a hundred of them come with
    a first visit, and the policies of pages would be 70 kB of it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()
        stricter = {key.encode(): value.encode() for key, value in shared_page.HEADERS.items()}
        self.shared = list((dict(self.headers) | stricter).items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        is_shared = f"{scope['path']}/".startswith(f"{SHARED}/")
        headers = self.shared if is_shared else self.headers
        names = {name for name, _ in headers}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [h for h in message.get("headers", []) if h[0].lower() not in names]
                message["headers"] = [*kept, *(_NO_PAGE if _for_good(kept) else headers)]
            await send(message)

        await self.app(scope, receive, with_headers)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Do what the first person would wait for, then keep collections out of the way; on SIGTERM
    let running answers end."""
    from components import services

    UPLOADS.watch()
    running = services.begin()
    await asyncio.to_thread(running.start)
    gc.collect()
    gc.freeze()
    collector = asyncio.create_task(_collect())
    config = running.settings()
    if config.update_prices:
        updating.start()
    try:
        with (
            served(running.meter().registry, config.metrics_address, config.metrics_port),
            draining(
                running.readiness().stop,
                running.busy,
                config.drain_seconds,
                answer_stream.STREAMS.close,
            ),
        ):
            yield {}
    finally:
        collector.cancel()
        with suppress(asyncio.CancelledError):
            await collector
        if config.update_prices:
            updating.stop()
        await asyncio.to_thread(running.stop)


async def _collect() -> None:
    """Once a minute: garbage, and conversations whose deletion can no longer be undone."""
    from components import services

    while True:
        await asyncio.sleep(COLLECT_EVERY)
        _let_go()
        await asyncio.to_thread(services.app().purge)


def _let_go() -> None:
    """Sessions that nobody comes back to end, and their memory goes back to the system: the C
    library keeps what is freed."""
    let_go_of_left()
    gc.collect()
    with suppress(AttributeError, OSError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)
