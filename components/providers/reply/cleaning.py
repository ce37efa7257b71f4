"""Words of an endpoint on their way in: whole characters only, and never the endpoint's key.

Every field of a reply that is shown, kept or logged goes through here, once.
"""

from components.providers.redact import MASK, has_part, without_key
from components.text import mended

MAX_NAME = 200  # characters of a name: a model, a request, a reason
SHORTEST_KEY = 8  # characters; a shorter one is a server's dummy and would mask ordinary words
_HIGH = ("\ud800", "\udbff")


def clean(text: str, key: str) -> str:
    """A whole text, mended, with the key masked."""
    text = mended(text)
    return without_key(text, key) if len(key) >= SHORTEST_KEY else text


def clean_name(text: str, key: str) -> str:
    """A name, at most MAX_NAME characters; masked whole where it has a good part of the key."""
    name = clean(text, key)
    return MASK if has_part(name, key) else name[:MAX_NAME]


class Pieces:
    """`clean` for a text that comes in pieces: what may be the first half of a pair, or of the
    key, waits for the next one."""

    def __init__(self, key: str) -> None:
        self._key = key if len(key) >= SHORTEST_KEY else ""
        self._low = self._key.lower()
        self._held = ""

    def feed(self, piece: str) -> str:
        """As much as is sure."""
        text = self._held + piece
        if not text:
            return ""
        half = text[-1:] if _HIGH[0] <= text[-1:] <= _HIGH[1] else ""
        text = clean(text[: len(text) - len(half)], self._key)
        sure = len(text) - self._begun(text)
        self._held = text[sure:] + half
        return text[:sure]

    def rest(self) -> str:
        """What still waits, at the end. Most of a key is masked like all of it."""
        rest = mended(self.held())
        begun = self._low and rest[:SHORTEST_KEY].lower() == self._low[:SHORTEST_KEY]
        return MASK if begun else rest

    def held(self) -> str:
        """What still waits, as it came: for another Pieces, in which it goes on."""
        held, self._held = self._held, ""
        return held

    def _begun(self, text: str) -> int:
        """How many of the last characters may be the beginning of the key."""
        key, end = self._low, text[1 - len(self._low) :].lower()
        if key[:1] not in end:
            return 0
        longest = min(len(key) - 1, len(end))
        return next((n for n in range(longest, 0, -1) if end.endswith(key[:n])), 0)
