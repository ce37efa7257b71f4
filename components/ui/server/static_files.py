"""Streamlit's own files as a browser wants them: compressed, and kept for good where names are
hashed. Streamlit sends them as they lie on disk, three megabytes for a first visit.

They are the same for everybody and hold no secret, so nothing is told by how long they are when
compressed. What may hold one (media, shared links, the socket) isn't touched here.
"""

import asyncio
import gzip
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from components.i18n import LANGUAGES, TAGS, t
from components.ui.app.navigation import ICON, PATHS, PRODUCT
from components.ui.streamlit_seam import static_page

# As Streamlit's build names them: NAME.HASH.js. What is in them never changes.
_HASHED = re.compile(r"\.([\w-]{8})\.\w+$")
FOR_GOOD, _ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
_TEXTS = {".css", ".html", ".js", ".json", ".svg"}
_AHEAD = ("ChatInput", "Button")  # as Streamlit calls its parts
_WORTH_IT = 500  # bytes; less doesn't get smaller


class StreamlitFiles:
    """ASGI middleware: answers GET and HEAD for the files that Streamlit came with, and passes
    everything else on.

    A text is compressed when it is first asked for, by a thread, and kept: 6 MB for all of them.
    A range is one of the file as it lies on disk.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        at, root = f"/{base}/" if base else "/", static_page.static_root()
        files = [path for path in root.rglob("*") if path.is_file()]
        # An address is looked up here, and never becomes a path.
        self._paths = {at + path.relative_to(root).as_posix(): path for path in files}
        index = self._paths[at] = root / "index.html"
        self._paths |= dict.fromkeys((at + name for name in PATHS), index)
        self._index = index
        self._hints = ", ".join(f"<{at}{name}>; rel=modulepreload" for name in ahead(root))
        self._pages = {lang: _page(lang) for lang in LANGUAGES}
        self._not_modified = StaticFiles(directory=root).is_not_modified
        self._compressed: dict[Path, tuple[int, asyncio.Task[bytes]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        path = self._paths.get(scope["path"]) if asked else None
        answer = self.app if path is None else await self._answer(path, Headers(scope=scope))
        await answer(scope, receive, send)

    async def _answer(self, path: Path, asked: Headers) -> ASGIApp:
        if path == self._index:
            return self._page(asked)
        try:
            stat = await asyncio.to_thread(path.stat)
        except OSError:  # Streamlit was changed under the running server
            return self.app
        response: Response = FileResponse(path, stat_result=stat)
        headers, hashed = response.headers, _HASHED.search(path.name)
        headers["cache-control"] = FOR_GOOD if hashed else _ASK_AGAIN
        if hashed:
            headers["etag"] = f'"{hashed[1]}"'
            del headers["last-modified"]  # differs from one machine to the next
        if path.suffix in _TEXTS and stat.st_size >= _WORTH_IT:
            headers["vary"] = "Accept-Encoding"
            if "range" not in asked and takes_gzip(asked.get("accept-encoding", "")):
                content = await self._text(path, stat)
                headers["content-encoding"] = "gzip"
                # Other bytes are another entity.
                headers["etag"] = f'{headers["etag"][:-1]}-gzip"'
                del headers["content-length"], headers["accept-ranges"]
                response = Response(content, headers=dict(headers))
        if self._not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response

    def _page(self, asked: Headers) -> Response:
        """The page that loads the rest, in the language that the browser wants first."""
        first = asked.get("accept-language", "").strip().lower()
        plain, packed = self._pages["zh" if first.startswith("zh") else "en"]
        zipped = takes_gzip(asked.get("accept-encoding", ""))
        headers = {
            "cache-control": _ASK_AGAIN,
            "etag": f'"{hashlib.sha256(plain).hexdigest()[:16]}{"-gzip" if zipped else ""}"',
            "vary": "Accept-Encoding, Accept-Language",
        }
        if self._hints:
            headers["link"] = self._hints
        if zipped:
            headers["content-encoding"] = "gzip"
        response = Response(packed if zipped else plain, headers=headers, media_type="text/html")
        if self._not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response

    async def _text(self, path: Path, stat: os.stat_result) -> bytes:
        """Compressed. Who asks meanwhile waits for the same."""
        changed, task = self._compressed.get(path, (None, None))
        if task is None or changed != stat.st_mtime_ns:
            task = asyncio.create_task(asyncio.to_thread(_compress, path))
            self._compressed[path] = (stat.st_mtime_ns, task)
        return await asyncio.shield(task)


def ahead(root: Path) -> list[str]:
    """Scripts that the chat's input and buttons need beside those that the page names itself: a
    browser that is told has them when they are to be drawn, instead of asking for them then. Of
    `root`, with a manifest as Vite writes it; none where it says nothing of them."""
    try:
        manifest: dict[str, dict[str, Any]] = json.loads((root / "manifest.json").read_bytes())
        named = _imports(manifest, ["index.html"])
        parts = [key for key, part in manifest.items() if part.get("name") in _AHEAD]
        found = _imports(manifest, parts)
    except (OSError, ValueError, KeyError):
        return []
    return [name for key, name in found.items() if key not in named]


def _imports(manifest: dict[str, dict[str, Any]], parts: list[str]) -> dict[str, str]:
    """`parts` and all that they import, with the file of each."""
    found: dict[str, str] = {}
    waiting = list(parts)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = manifest[key]["file"]
            waiting += manifest[key].get("imports", ())
    return found


def takes_gzip(accepted: str) -> bool:
    """accepted: an Accept-Encoding header."""
    rules = {}
    for rule in accepted.lower().split(","):
        name, _, weight = rule.partition(";")
        rules[name.strip()] = weight.replace(" ", "")
    return not re.fullmatch(r"q=0(\.0*)?", rules.get("gzip", rules.get("*", "q=0")))


def _page(lang: str) -> tuple[bytes, bytes]:
    """(as it is, compressed)"""
    about, no_script = t(lang, "ui.window.description"), t(lang, "ui.window.no_script")
    html = static_page.page(TAGS[lang], PRODUCT, about, no_script, ICON.lstrip("/"))
    plain = html.encode()
    return plain, gzip.compress(plain, mtime=0)


def _compress(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
