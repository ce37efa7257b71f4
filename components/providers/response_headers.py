"""What the headers of a response tell. Values are the endpoint's: bounded, never trusted."""

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_REQUEST_ID = ("x-request-id", "request-id", "apim-request-id", "x-ms-request-id")


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """How the endpoint names the call, for its support and its own stores."""
    found = next((headers[name] for name in _REQUEST_ID if headers.get(name)), None)
    return found or None


def is_streamed(headers: Mapping[str, str]) -> bool:
    """The body is no single document. Servers that forget the type of a stream are many."""
    kind = headers.get("content-type", "").lower()
    return not ("json" in kind or "html" in kind) or "ndjson" in kind


def retry_after_of(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks to wait, in milliseconds, seconds or as a date."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return _sane(float(milliseconds) / 1000)
        said = headers.get("retry-after", "")
        if not said[:1].isalpha():
            return _sane(float(said))
        return _sane(parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _sane(seconds: float) -> float | None:
    return max(0.0, seconds) if seconds < 1e7 else None  # not even for "nan" and "inf"
