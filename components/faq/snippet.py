"""The part of an answer that shows why it was found."""

from components.faq.query import Word

_BEFORE = 0.25  # share of a snippet, at most, before the first word that was found
_LAST_BREAK = 0.2  # share of it that may be left out so that it ends at a break
_BREAKS = " ,.;:，。；：、！？"

Spans = tuple[tuple[int, int], ...]


def snippet(plain: str, text: str, words: tuple[Word, ...], length: int) -> tuple[str, Spans]:
    """About `length` characters of `plain` around the first of `words`, and where they stand in it.

    text: `plain` folded. Where no word is found it is the beginning.
    """
    places = sorted(place for word in words for place in _places(word, text))
    start = _start(plain, places[0][0], length) if places else 0
    end = _end(plain, start, length)
    before, after = ("…" if start else ""), ("…" if end < len(plain) else "")
    shift = len(before) - start
    spans = [(a + shift, b + shift) for a, b in places if a >= start and b <= end]
    return before + plain[start:end] + after, _merged(spans)


def _places(word: Word, text: str) -> list[tuple[int, int]]:
    whole = [place for f in word.forms for place in places_of(f, text, latin=not word.chinese)]
    return whole or [p for piece in word.pieces for p in places_of(piece, text, latin=False)]


def places_of(word: str, text: str, *, latin: bool) -> list[tuple[int, int]]:
    """(start, end) of every `word` in `text`; a Latin one at the beginning of a word only."""
    found, at = [], text.find(word)
    while at >= 0:
        # Chinese is written without spaces, so a Latin word may follow it at once.
        inside = at > 0 and text[at - 1].isalnum() and text[at - 1] < "\u3000"
        if not (latin and inside):
            found.append((at, at + len(word)))
        at = text.find(word, at + len(word))
    return found


def _start(plain: str, hit: int, length: int) -> int:
    """Where to begin so that the hit is in sight: after a break where there is one."""
    earliest = max(0, min(hit - int(length * _BEFORE), len(plain) - length))
    if earliest == 0:
        return 0
    return next((at + 1 for at in range(earliest, hit) if plain[at] in _BREAKS), earliest)


def _end(plain: str, start: int, length: int) -> int:
    """Where to stop: at a break, so that no word is cut."""
    last = start + length
    if last >= len(plain):
        return len(plain)
    return next(
        (at for at in range(last, last - int(length * _LAST_BREAK), -1) if plain[at] in _BREAKS),
        last,
    )


def _merged(spans: list[tuple[int, int]]) -> Spans:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
