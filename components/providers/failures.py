"""Whatever a call raised -> one ProviderError, without the request and its headers."""

import logging
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import anyio
import httpx2
from openai import APIConnectionError, APIStatusError

from components.errors import ProviderError
from components.providers.answer import error_words
from components.providers.endpoints import Endpoint
from components.providers.masking import fit_to_show
from components.providers.sse import Unreadable
from components.providers.statuses import code_of_status

_log = logging.getLogger(__name__)


@dataclass
class Situation:
    """How far a call had come when it failed. seconds: how long a read may take; began: when the
    call began, on the monotonic clock."""

    endpoint: Endpoint
    model: str
    seconds: float
    connect_seconds: float
    total_seconds: float
    heard: bool = False  # text came
    started: bool = False  # the body of a good answer began
    began: float = field(default_factory=time.monotonic)


def explain(error: Exception, at: Situation) -> ProviderError:
    """The ProviderError for `error`.

    Its data has host and model, and: seconds (timeout, stall, deadline; rate_limit when the
    endpoint says how long), location (redirect), megabytes (too_large), name (needs_upload).
    """
    if isinstance(error, ProviderError):
        return _make(at, error.code, status=error.status, detail=error.detail, **error.data)
    if isinstance(error, APIStatusError):
        return _of_status(error, at)
    if isinstance(error, Unreadable):
        return _make(at, error.code, status=200, detail=error.detail)
    if isinstance(error, TimeoutError):  # asyncio's: the client's own are wrapped
        return _make(at, "deadline", seconds=round(at.total_seconds))
    return _of_connection(error, at)


def _make(
    at: Situation, code: str, *, status: int | None = None, detail: str = "", **data: object
) -> ProviderError:
    shown = fit_to_show(detail, at.endpoint.api_key)
    told = {"host": at.endpoint.host, "model": at.model, **data}
    return ProviderError(code, status=status, detail=shown, **told)


def _of_status(error: APIStatusError, at: Situation) -> ProviderError:
    said = "" if _is_page(error) else error_words(error.body)
    code = code_of_status(error.status_code, error.code or "", said, _type_of(error))
    data: dict[str, object] = {}
    if code == "redirect":
        data["location"] = urlsplit(error.response.headers.get("location", "")).hostname or ""
    elif code == "too_large":
        sent = int(error.request.headers.get("content-length", "0"))
        data["megabytes"] = round(sent / 1e6, 1)
    elif code == "timeout":
        data["seconds"] = round(time.monotonic() - at.began, 1)
    elif code == "rate_limit" and (seconds := _retry_after(error)) is not None:
        data["seconds"] = seconds
    return _make(at, code, status=error.status_code, detail=said, **data)


def _type_of(error: APIStatusError) -> str:
    """The error's type field, "" without one."""
    return error.type if isinstance(error.type, str) else ""


def _is_page(error: APIStatusError) -> bool:
    kind = error.response.headers.get("content-type", "")
    return "html" in kind or (isinstance(error.body, str) and error.body.lstrip().startswith("<"))


def _retry_after(error: APIStatusError) -> int | None:
    try:
        return max(0, round(float(error.response.headers["retry-after"])))
    except (KeyError, ValueError):
        return None


def _of_connection(error: Exception, at: Situation) -> ProviderError:
    causes = list(_causes(error))
    if any(isinstance(each, httpx2.TimeoutException) for each in causes):
        connecting = any(isinstance(each, httpx2.ConnectTimeout) for each in causes)
        seconds = at.connect_seconds if connecting else at.seconds
        return _make(at, "stall" if at.heard else "timeout", seconds=round(seconds, 1))
    if any(isinstance(each, socket.gaierror) for each in causes):
        return _make(at, "dns")
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return _make(at, "refused")
    if at.started and isinstance(error, ValueError):  # broken JSON or UTF-8
        return _make(at, "bad_chunk")
    if at.heard:
        return _make(at, "interrupted")
    if any(isinstance(each, (*_NOT_HTTP, httpx2.DecodingError)) for each in causes):
        return _make(at, "conn" if _hung_up(causes) else "protocol")
    if isinstance(error, _CONNECTION):
        return _make(at, "conn", detail=_tls(causes))
    # A bug, ours or the package's. Its text and its request may hold the key: only its name.
    _log.error("unexpected %s while calling %s", type(error).__name__, at.endpoint.host)
    return _make(at, "protocol", detail=type(error).__name__)


_NOT_HTTP = (httpx2.RemoteProtocolError, httpx2.LocalProtocolError, httpx2.UnsupportedProtocol)


_CONNECTION = (APIConnectionError, httpx2.RequestError, ssl.SSLError, anyio.EndOfStream)


def _hung_up(causes: list[BaseException]) -> bool:
    return any("disconnected without" in str(each) for each in causes)


def _tls(causes: list[BaseException]) -> str:
    return next((str(each) for each in causes if isinstance(each, ssl.SSLError)), "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        if (each := waiting.pop()) is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
