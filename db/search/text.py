"""Text as words that a plain word index finds: Chinese as pairs of characters, the rest as words.

Indexes split text at spaces, and Chinese has none. So a run of Chinese (or Japanese) characters
is written as its overlapping pairs, and its last character by itself: "图像识别" becomes
"图像 像识 识别 别". A word of two characters is then a token, a longer one tokens in a row, and
a single character the beginning of a token. What comes out is letters, digits and spaces only,
so SQLite's FTS5 and PostgreSQL's tsvector can take the same.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_INDEXED = 200_000  # characters of one message; what follows isn't searched
MAX_TERMS = 16
MAX_PHRASE = 64  # tokens of a term; a longer one is found by its beginning
PART_BITS = 20  # a conversation's messages beyond the first million aren't searched
_MAX_TOKEN = 64  # characters; longer ones (base64, hashes) are cut, in texts as in queries
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>[^\W_{_CJK}]+)")
_ACCENT = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters


@dataclass(frozen=True)
class Term:
    """Tokens that must follow each other. prefix: the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool


def searchable(text: str) -> str:
    """The tokens of `text`, in its order, each after a space but the first."""
    return " ".join(
        token for run, cjk in _runs(text[:MAX_INDEXED]) for token in (_pairs(run) if cjk else [run])
    )


def query_terms(query: str) -> tuple[Term, ...]:
    """What a text must contain, all of it, to be found by `query`: at most 16 terms.

    Everything that isn't a letter or a digit only separates, so a query has no operators. Words
    and single Chinese characters are found by their beginning.
    """
    terms = [_cjk_term(run) if cjk else Term((run,), True) for run, cjk in _runs(query[:1000])]
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


def _cjk_term(run: str) -> Term:
    if len(run) == 1:
        return Term((run,), True)
    return Term(tuple(_pairs(run)[:-1][:MAX_PHRASE]), False)


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run))]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """(run, whether it is Chinese) in normal form: full width, case and accents don't matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", folded)))
    for found in _RUN.finditer(plain):
        cjk = found["cjk"]
        yield (cjk, True) if cjk else (found[0][:_MAX_TOKEN], False)


def scope_of(owner: str) -> str:
    """An owner as one word, whatever is in their name."""
    return "o" + hashlib.sha256(owner.encode("utf-8", "surrogatepass")).hexdigest()[:24]
