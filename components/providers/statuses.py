"""HTTP status and words of an error -> code of a ProviderError. The status is looked at first."""

import re

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
# What 400 and its like can mean, by the API's own codes first and by words where there are none.
_BAD_REQUEST = (
    (
        "too_long",
        r"context_length_exceeded|exceed_context_size|maximum context length|context (window|size)"
        r"|prompt is too long|too many (input )?tokens|input is too long",
    ),
    (
        "url_unreachable",
        r"invalid_image_url|(error|failed|timeout|unable) (while |to )?(download|fetch)",
    ),
    (
        "refused_image",
        r"invalid_image|image_parse_error|unsupported_image|invalid_base64|unsupported image"
        r"|valid image|image (type|format|data)|image input|support (for )?(images|image|vision)"
        r"|(decode|process|load|parse|identify) image",
    ),
    ("no_model", r"model_not_found|DeploymentNotFound|model `?\S+`? (does not|doesn't) exist"),
)
_BAD_REQUESTS = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _BAD_REQUEST)
_MODEL = re.compile(r"\bmodel|deployment", re.IGNORECASE)


def code_of_status(status: int, code: str, said: str, kind: str) -> str:
    """code, kind: the error's `code` and `type` fields; said: its message, "" for a web page."""
    if _QUOTA.search(f"{code} {kind}"):
        return "quota"
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status == 404:
        return "no_model" if _MODEL.search(f"{code} {said}") else "wrong_url"
    if 300 <= status < 400:
        return "redirect"
    if status >= 500:
        return "upstream"
    for found, words in _BAD_REQUESTS:
        if words.search(f"{code} {said}"):
            return found
    return "unprocessable" if status == 422 else "bad_request"
