"""Addresses in answers: which stay links, and where one without brackets ends."""

import re

# ASCII only, since in Chinese what follows an address needs no space.
_BARE = re.compile(r"https?://(?=[A-Za-z0-9])[A-Za-z0-9\-._~:/?#@!&'()*+,;=%]+", re.IGNORECASE)
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_KEPT = re.compile(r"(?:https?://|mailto:)(?=[^/])|#", re.IGNORECASE)
_SHOWN = 100  # characters of an address that isn't a link; data: addresses can be very long


def is_kept(address: str) -> bool:
    """Whether an answer may lead there: to the web, to mail, and to the page itself."""
    return _KEPT.match(address) is not None


def shortened(address: str) -> str:
    """An address to be read and not to be followed."""
    return address if len(address) <= _SHOWN else address[:_SHOWN] + "…"


def scheme_before(text: str, colon: int) -> int:
    """How many characters of a scheme stand before a colon."""
    found = _SCHEME.search(text, max(0, colon - 6), colon)
    return len(found[0]) if found else 0


def bare(text: str, start: int, stop: int) -> str:
    """The address that begins there, "" for none: the sentence's own punctuation isn't part of
    it."""
    found = _BARE.match(text, start, stop)
    end = found.end() if found else start
    while end > start:
        last = text[end - 1]
        unopened = last == ")" and text.count(")", start, end) > text.count("(", start, end)
        if not unopened and last not in "?!.,:;*_~'\"&":
            break
        end -= 1
    return text[start:end]
