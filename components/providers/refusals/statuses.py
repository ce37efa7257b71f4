"""HTTP status and words of an error -> code of a ProviderError. The status is looked at first."""

import re
from collections.abc import Iterable, Mapping

_BY_STATUS = {
    401: "auth",
    402: "no_credit",
    403: "forbidden",
    405: "wrong_url",
    408: "timeout",
    409: "conflict",
    413: "too_large",
    429: "rate_limit",
}
_QUOTA = re.compile(r"insufficient_quota|billing_(hard_limit|not_active)", re.IGNORECASE)
_FILTERED = (
    "filtered",
    r"content_filter|content_policy|content management policy|ResponsibleAIPolicy|safety system"
    r"|moderation|flagged|data_?inspection_?failed",
)
_NO_VISION = (
    "no_vision",
    r"(n.t|not|no \w+ found that) (currently )?support (the )?(images?|vision|multi-?modal)\b"
    r"(?!/| (types?|formats?|data|of|in|with|larger|bigger)\b)"
    r"|not a (vision|multi-?modal) model|image input is not|image_url.{0,40}not supported",
)
# What 400 and its like can mean, by the API's own codes first and by words where there are none.
_BAD_REQUEST = (
    _FILTERED,
    (
        "too_long",
        r"context_length_exceeded|exceed_context_size|maximum context length|context (window|size)"
        r"|prompt is too long|too many (input )?tokens|input is too long",
    ),
    (
        "url_unreachable",
        r"invalid_image_url|(error|failed|timeout|unable) (while |to )?(download|fetch)",
    ),
    _NO_VISION,
    (
        "refused_image",
        r"invalid_image|image_parse_error|unsupported_image|invalid_base64|unsupported image"
        r"|valid image|images? (of )?(type|format|data|input)"
        r"|(decode|process|load|parse|identify) image",
    ),
    (
        "no_model",
        r"model_not_found|DeploymentNotFound|model\W{0,2}\S{0,200} (does not|doesn't|not) exist"
        r"|(invalid|unknown|unsupported|no such) model\b|LLM Provider NOT provided"
        r"|model \S{1,200} is not (available|supported)\b(?! (for|with|in|when)\b)"
        r"|model \S{1,200} (is |was )?(not found|unknown)"
        r"|not a valid model( id| name|\b(?! (input|output)))",
    ),
)
_BAD_REQUESTS = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _BAD_REQUEST)
# Routers say these with 403 and 404.
_ANYWHERE = tuple(each for each in _BAD_REQUESTS if each[0] in ("filtered", "no_vision"))
# How errors within an answer call what would else be a status.
_NAMED = tuple(
    (status, re.compile(words, re.IGNORECASE))
    for status, words in (
        (429, r"rate.?limit|too.?many.?requests|throttl"),
        (503, r"overload|service.?unavailable|server.?is.?busy|at capacity"),
        (401, r"authentication_error|invalid_api_key|unauthorized|unauthenticated"),
        (403, r"permission_(error|denied)"),
    )
)
_MODEL = re.compile(r"\bmodel|deployment", re.IGNORECASE)


def code_of_status(status: int, code: str, said: str, kind: str) -> str:
    """code, kind: the error's `code` and `type` fields; said: its message, "" for a web page."""
    if _QUOTA.search(f"{code} {kind}"):
        return "quota"
    if status in (403, 404) and (found := _meant(f"{code} {kind} {said}", _ANYWHERE)):
        return found
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status == 404:
        return "no_model" if _MODEL.search(f"{code} {said}") else "wrong_url"
    if 300 <= status < 400:
        return "redirect"
    if status >= 500:
        return "upstream"
    found = _meant(f"{code} {kind} {said}", _BAD_REQUESTS)
    return found or ("unprocessable" if status == 422 else "bad_request")


def code_of_report(fields: Mapping[str, object], said: str) -> tuple[str | None, int | None]:
    """The same of an error that comes within an answer, and the status it names; None for what
    isn't known. fields: the error object; said: its words."""
    code, kind = str(fields.get("code") or ""), str(fields.get("type") or "")
    status = _status_in(fields)
    if status is None:
        told = f"{code} {kind} {said}"
        if _QUOTA.search(told):
            return "quota", None
        status = next((status for status, words in _NAMED if words.search(told)), None)
        if status is None:
            return _meant(told, _BAD_REQUESTS), None
    return code_of_status(status, code, said, kind), status


def _status_in(fields: Mapping[str, object]) -> int | None:
    named = (fields.get(key) for key in ("code", "status", "status_code", "http_code"))
    numbers = [int(str(each)) for each in named if re.fullmatch(r"[45]\d\d", str(each))]
    return numbers[0] if numbers else None


def _meant(said: str, known: Iterable[tuple[str, re.Pattern[str]]]) -> str | None:
    return next((code for code, words in known if words.search(said)), None)
