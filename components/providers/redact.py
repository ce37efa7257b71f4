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
FRAGMENT = 8  # this much of a key in a word, at its start or end, gives the word away


def fit_to_show(text: str, key: str) -> str:
    """At most 1000 characters, with `key`, what looks like a key, and data URLs masked."""
    text = _DATA_URL.sub("data:" + MASK, text[: 20 * MAX_WORDS])
    if key:
        text = text.replace(key, MASK)
    if len(key) >= 2 * FRAGMENT:  # endpoints echo keys with their middle starred out
        parts = (key[:FRAGMENT], key[-FRAGMENT:])
        text = _WORD.sub(lambda word: MASK if any(p in word[0] for p in parts) else word[0], text)
    text = _CONTROL.sub(" ", _KEYS.sub(MASK, text)).strip()
    return text if len(text) <= MAX_WORDS else text[:MAX_WORDS] + "…"
