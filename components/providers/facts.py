"""What the text of an error status can tell beyond host and model."""

import math
from collections.abc import Iterator
from urllib.parse import urlsplit

from openai import APIStatusError

from components.providers.base import VisionRequest
from components.providers.refusals.parameter_fallback import places
from components.providers.refusals.rejected_image import refused_image

MINUTES_FROM = 120.0  # seconds that are told as minutes


def facts_of(
    code: str, error: APIStatusError, said: str, wait: float | None, request: VisionRequest | None
) -> dict[str, object]:
    """Values for the text of `code`, only those that are known.

    said: the endpoint's words. wait: seconds it asks to wait. request: what was asked.
    """
    facts = dict(_facts(code, error, wait))
    if code == "refused_image" and request:
        facts["name"] = refused_image((error.param or "", places(error.body), said), request)
    return {name: value for name, value in facts.items() if value}


def _facts(code: str, error: APIStatusError, wait: float | None) -> Iterator[tuple[str, object]]:
    if code == "redirect":
        yield "location", _host_of(error.response.headers.get("location", ""))
    elif code == "too_large":
        yield "megabytes", round(int(error.request.headers.get("content-length", "0")) / 1e6, 1)
    elif code in ("upstream", "protocol"):
        yield "http", error.status_code
    elif code == "rate_limit" and wait and wait >= MINUTES_FROM:
        yield "minutes", math.ceil(wait / 60)
    elif code == "rate_limit" and wait:
        yield "seconds", math.ceil(wait)


def _host_of(location: str) -> str:
    """Alone: a query can hold a token."""
    try:
        return urlsplit(location).hostname or ""
    except ValueError:
        return ""
