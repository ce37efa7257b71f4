"""Whatever a call raised -> one ProviderError, without the request and its headers."""

import logging
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import anyio
import httpx2
from openai import APIConnectionError, APIStatusError

from components.errors import ProviderError
from components.network.resolver import NotPublic
from components.providers.base import VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.facts import facts_of
from components.providers.redact import fit_to_show
from components.providers.refusals.rejected_image import refused_image
from components.providers.refusals.statuses import code_of_status
from components.providers.reply.answer import error_words
from components.providers.reply.cleaning import clean, clean_name
from components.providers.reply.sse import Unreadable
from components.providers.response_headers import request_id_of, retry_after_of

_store = logging.getLogger(__name__)
# What the middle of an answer breaks with, when it was its very beginning.
_AT_THE_START = {"stream_error": "error_200", "bad_chunk": "bad_json"}


@dataclass
class Situation:
    """How far a call had come when it failed. seconds: how long a read may take; status and
    request_id: of the response, once its head is there."""

    endpoint: Endpoint
    model: str
    seconds: float
    connect_seconds: float
    total_seconds: float
    heard: bool = False  # text came
    started: bool = False  # the body of a good answer began
    status: int | None = None
    request_id: str | None = None
    request: VisionRequest | None = field(default=None, repr=False)


def explain(error: Exception, at: Situation) -> ProviderError:
    """The ProviderError for `error`.

    Its data has host and model, and, where they are known: seconds (timeout, stall, deadline),
    seconds or minutes (rate_limit), http (upstream), location (redirect), megabytes (too_large),
    name (needs_upload, refused_image), models (no_model; the caller adds them).
    """
    if isinstance(error, ProviderError):
        return _make(at, error.code, error.data, detail=error.detail)
    if isinstance(error, APIStatusError):
        return _of_status(error, at)
    if isinstance(error, Unreadable):
        return _of_body(error, at)
    if isinstance(error, TimeoutError):  # asyncio's: the client's own are wrapped
        return _make(at, "deadline", {"seconds": round(at.total_seconds)})
    return _of_connection(error, at)


def _make(
    at: Situation,
    code: str,
    data: Mapping[str, object] | None = None,
    *,
    detail: str = "",
    retry_after: float | None = None,
) -> ProviderError:
    key = at.endpoint.api_key
    safe = {k: clean(v, key) if isinstance(v, str) else v for k, v in (data or {}).items()}
    told = {"host": at.endpoint.host, "model": at.model} | safe
    if at.endpoint.own:
        told["own"] = True
    made = ProviderError(code, status=at.status, detail=fit_to_show(detail, key))
    made.data.update(told)
    made.request_id, made.retry_after = at.request_id, retry_after
    return made


def _of_body(error: Unreadable, at: Situation) -> ProviderError:
    """What an error within an answer means counts as long as nothing else came."""
    if at.heard:
        return _make(at, error.code, detail=error.detail)
    if not error.means:
        code = _AT_THE_START.get(error.code, error.code)
        return _make(at, code, error.data, detail=error.detail)
    data = dict(error.data) if error.means == "upstream" else {}
    if error.means == "refused_image" and at.request:
        data["name"] = refused_image((error.detail,), at.request) or ""
    return _make(at, error.means, data, detail=error.detail)


def _of_status(error: APIStatusError, at: Situation) -> ProviderError:
    said = "" if _is_page(error) else error_words(error.body)
    code = code_of_status(error.status_code, error.code or "", said, _type_of(error))
    if code == "redirect" and not error.response.headers.get("location"):
        code = "protocol"  # such as 304, which answers what nobody asked
    told = request_id_of(error.response.headers)
    at.status, at.request_id = error.status_code, told and clean_name(told, at.endpoint.api_key)
    wait = retry_after_of(error.response.headers)
    facts = facts_of(code, error, said, wait, at.request)
    return _make(at, code, facts, detail=said, retry_after=wait)


def _type_of(error: APIStatusError) -> str:
    """The error's type field, "" without one."""
    return error.type if isinstance(error.type, str) else ""


def _is_page(error: APIStatusError) -> bool:
    kind = error.response.headers.get("content-type", "")
    return "html" in kind or (isinstance(error.body, str) and error.body.lstrip().startswith("<"))


def _of_connection(error: Exception, at: Situation) -> ProviderError:
    causes = list(_causes(error))
    if any(isinstance(each, NotPublic) for each in causes):
        return _make(at, "not_public")
    if any(isinstance(each, httpx2.TimeoutException) for each in causes):
        connecting = any(isinstance(each, httpx2.ConnectTimeout) for each in causes)
        seconds = at.connect_seconds if connecting else at.seconds
        return _make(at, "stall" if at.heard else "timeout", {"seconds": round(seconds, 1)})
    if any(isinstance(each, socket.gaierror) for each in causes):
        return _make(at, "dns")
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return _make(at, "refused")
    if at.started and isinstance(error, ValueError):  # broken JSON or UTF-8
        return _make(at, "bad_chunk" if at.heard else "bad_json")
    if at.heard:
        return _make(at, "interrupted")
    if any(isinstance(each, (*_NOT_HTTP, httpx2.DecodingError)) for each in causes):
        return _make(at, "conn" if _hung_up(causes) else "protocol")
    if tls := _tls(causes):
        return _make(at, "tls", detail=tls)
    if isinstance(error, _CONNECTION):
        return _make(at, "conn")
    # A bug, ours or the package's. Its text and its request may hold the key: only its name.
    _store.error("unexpected %s while calling %s", type(error).__name__, at.endpoint.host)
    return _make(at, "protocol", detail=type(error).__name__)


_NOT_HTTP = (httpx2.RemoteProtocolError, httpx2.LocalProtocolError, httpx2.UnsupportedProtocol)


_CONNECTION = (APIConnectionError, httpx2.RequestError, ssl.SSLError, anyio.EndOfStream)


def _hung_up(causes: list[BaseException]) -> bool:
    return any("disconnected without" in str(each) for each in causes)


def _tls(causes: list[BaseException]) -> str:
    """Why no safe connection came about; "" for one that was merely lost."""
    lost = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
    told = (each for each in causes if isinstance(each, ssl.SSLError))
    return next((str(each) or "TLS" for each in told if not isinstance(each, lost)), "")


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
