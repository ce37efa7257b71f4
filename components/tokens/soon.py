"""Tokens of a text that is still being written: about at once, exact as soon as it is counted.

Counting is pure Python and holds its lock, so a long text is counted by one thread, part by part:
who types, and everybody else, goes on meanwhile.
"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from components.tokens.text import count_text_tokens, uncounted

AT_ONCE = 6_000  # characters that are counted on the spot: a hundredth of a second
_SAMPLE, _SAMPLES = 400, 6  # characters, and places, that a guess is made from
_lock = threading.Lock()
_begun: dict[tuple[str, str], Future[int]] = {}


@dataclass(frozen=True)
class Count:
    """tokens: exact unless `pending` is there, which gives the exact number when it is done."""

    tokens: int
    pending: Future[int] | None = None

    @property
    def exact(self) -> bool:
        return self.pending is None


def count_soon(text: str, model: str) -> Count:
    """The tokens of `text`, as components.tokens.count_text_tokens; never takes long."""
    if uncounted(text, model) <= AT_ONCE:
        return Count(count_text_tokens(text, model))
    return Count(_guess(text, model), _begin(text, model))


def _begin(text: str, model: str) -> Future[int]:
    """Counting it, once however often it is asked for."""
    key = (text, model)
    with _lock:
        running = _begun.get(key)
        if running is None:
            running = _begun[key] = _worker().submit(count_text_tokens, text, model)
            running.add_done_callback(lambda _: _forget(key))
        return running


def _forget(key: tuple[str, str]) -> None:
    # Not under the lock: what is done already calls back within _begin.
    _begun.pop(key, None)


def _guess(text: str, model: str) -> int:
    """From a few places of the text, by their share of it."""
    step = max(1, (len(text) - _SAMPLE) // (_SAMPLES - 1))
    places = [text[n * step : n * step + _SAMPLE] for n in range(_SAMPLES)]
    counted = sum(count_text_tokens(place, model) for place in places)
    return round(counted * len(text) / max(1, sum(map(len, places))))


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="tokens")
