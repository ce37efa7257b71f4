"""Words of an endpoint, fit to be shown: without keys, images and control characters."""

import re

MASK = "[…]"
MAX_WORDS = 1000  # characters
_KEYS = re.compile(
    r"\b(?:sk|gsk|xai|hf|nvapi|r8|pplx)[-_][\w*.\-]{4,}|\bBearer\s+\S+|\bAIza[\w-]{8,}"
)
_DATA_URL = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"\S+")
_ANY_CASE = re.IGNORECASE | re.ASCII
FRAGMENT = 8  # this much of a key in a word, at its start or end, gives the word away


def fit_to_show(text: str, key: str) -> str:
    """At most 1000 characters, with `key`, what looks like a key, and data URLs masked."""
    text = _DATA_URL.sub("data:" + MASK, text[: 20 * MAX_WORDS])
    text = without_key(text, key)
    # Endpoints echo keys with their middle starred out.
    text = _WORD.sub(lambda word: MASK if has_part(word[0], key) else word[0], text)
    text = _CONTROL.sub(" ", _KEYS.sub(MASK, text)).strip()
    return text if len(text) <= MAX_WORDS else text[:MAX_WORDS] + "…"


def without_key(text: str, key: str) -> str:
    """`text` with `key` masked, in large or small letters: a host or a header's name is written
    small by whoever passes it on."""
    # A look in small letters costs a twentieth of the search, and each token of an answer has one.
    if not key or (key.isascii() and key.lower() not in text.lower()):
        return text
    return re.sub(re.escape(key), MASK, text, flags=_ANY_CASE)


def has_part(text: str, key: str) -> bool:
    """Whether a good part of `key`, its start or its end, stands in `text`."""
    if len(key) < 2 * FRAGMENT:
        return False
    low = text.lower()
    return any(part.lower() in low for part in (key[:FRAGMENT], key[-FRAGMENT:]))
