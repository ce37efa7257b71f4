"""The server's own routes asked as a browser would, behind their middleware (no socket)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from starlette.applications import Starlette

from components.ui.server.routes import ROUTES, SecurityHeaders

APP = SecurityHeaders(Starlette(routes=ROUTES))


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def page(self) -> "Page":
        parsed = Page()
        parsed.feed(self.text)
        return parsed


class Page(HTMLParser):
    """tags: (name, attributes) of all of them; read: the text outside of style."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.read = ""
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in != "style":
            self.read += data

    @property
    def pictures(self) -> list[str]:
        return [str(attrs["src"]) for tag, attrs in self.tags if tag == "img"]


def get(
    path: str,
    query: str = "",
    *,
    method: str = "GET",
    language: str = "en",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> Answer:
    """One request to the server's routes."""
    sent: list[dict[str, object]] = []
    said = {"host": "localhost", "accept-language": language, **(headers or {})}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in said.items()],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(APP(scope, receive, send))  # type: ignore[arg-type]
    head = next(m for m in sent if m["type"] == "http.response.start")
    came = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")  # type: ignore[misc]
    told = {k.decode(): v.decode() for k, v in head["headers"]}  # type: ignore[attr-defined]
    return Answer(int(str(head["status"])), told, came)
