"""Search as you type, over both languages at once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from components.faq.content import faq, today
from components.faq.plain import plain_text
from components.faq.query import Word, folded, words
from components.faq.snippet import places_of, snippet
from components.faq.types import Answer, Field, Hit
from components.i18n import LANGUAGES

# A question that has the word counts more than any number of texts that have it.
_WEIGHTS: dict[Field, float] = {"question": 9.0, "words": 5.0, "text": 1.0}
_OWN_LANGUAGE = 1.2  # a hit in the reader's language, against one in the other
_PIECES = 0.6  # share of a Chinese run's two-character pieces that must be there
_FEWER_PIECES = 0.25  # the same where no answer has that many
_IN_PIECES = 0.4  # what such a hit is worth
_BEGINNING = 0.9  # what the beginning of a longer word is worth
_ENTRY = 1.6  # the word is a whole entry of an answer's words
SNIPPET = {"en": 130, "zh": 70}  # characters; Chinese ones are twice as wide


@dataclass(frozen=True)
class Page:
    """One answer in one language, as it is searched. plain: its text without Markdown."""

    answer: Answer
    plain: str
    fields: dict[Field, str]


Index = tuple[dict[str, Page], ...]


def search(lang_first: str, query: str) -> list[Hit]:
    """The answers that have a word of `query`, in either language, the best first: those that have
    every word that any answer has, then by how much the words say that they have, so that a rare
    one counts more than a common one.

    lang_first: the reader's language, in which the answers come. A Latin word is found by its
    beginning, Chinese anywhere; case and width don't matter. Words that every question has don't
    count. An empty query finds nothing.
    """
    lang = lang_first if lang_first in LANGUAGES else "en"
    index = _index(today())
    looked_up = [_Look.up(word, index, lang) for word in words(query)]
    known = [look for look in looked_up if look.weight]
    found = [_hit(n, pages, lang, known) for n, pages in enumerate(index)]
    hits = [hit for hit in found if hit]
    return [hit for _, hit in sorted(hits, key=lambda each: (-each[0], -each[1].score))]


@dataclass(frozen=True)
class _Look:
    """A word, looked up in every answer.

    pieces: share of its two-character pieces that must be there. places: its best place in each
    answer, worth 0 where it has none. weight: how much it says, 0 for a word that no answer has.
    """

    word: Word
    pieces: float
    places: tuple[tuple[float, Field], ...]
    weight: float

    @classmethod
    def up(cls, word: Word, index: Index, lang: str) -> "_Look":
        for pieces in (_PIECES, _FEWER_PIECES):
            places = tuple(_best(word, pages, lang, pieces) for pages in index)
            having = sum(worth > 0 for worth, _ in places)
            if having:
                return cls(word, pieces, places, 1 + log(len(index) / having))
        return cls(word, _FEWER_PIECES, places, 0.0)


@lru_cache(maxsize=2)
def _index(day: date) -> Index:
    pages: dict[str, dict[str, Page]] = {}
    for lang in LANGUAGES:
        for answer in faq(lang):
            pages.setdefault(answer.slug, {})[lang] = _page(answer)
    return tuple(pages.values())


def _page(answer: Answer) -> Page:
    plain = plain_text(answer.text)
    return Page(
        answer,
        plain,
        {
            "question": folded(answer.question),
            "words": folded("\n".join(answer.words)),
            "text": folded(plain),
        },
    )


def _hit(n: int, pages: dict[str, Page], lang: str, known: list[_Look]) -> tuple[bool, Hit] | None:
    """The n-th answer, and whether it has all the words; None where it has none."""
    found = [(look.places[n][0] * look.weight, look.places[n][1]) for look in known]
    if not any(worth for worth, _ in found):
        return None
    # The text that has the most of the words; the reader's own where it has as many.
    in_text = {
        of: sum(_worth(look.word, page.fields["text"], look.pieces) > 0 for look in known)
        for of, page in pages.items()
    }
    shown = max(in_text, key=lambda of: (in_text[of], of == lang))
    shown = shown if in_text[shown] else lang
    page = pages[shown]
    wanted = tuple(look.word for look in known)
    text, spans = snippet(page.plain, page.fields["text"], wanted, SNIPPET[shown])
    return all(worth for worth, _ in found), Hit(
        answer=pages[lang].answer,
        score=sum(worth for worth, _ in found),
        field=max(found)[1],
        snippet=text,
        snippet_lang=shown,
        spans=spans,
    )


def _best(word: Word, pages: dict[str, Page], lang: str, pieces: float) -> tuple[float, Field]:
    """The best place of `word` in an answer, over its fields and languages; the pieces of a
    Chinese run may be in several of them."""
    if word.chinese:
        everything = "\n".join(text for page in pages.values() for text in page.fields.values())
        if not _worth(word, everything, pieces):
            return 0.0, "text"
    places: list[tuple[float, Field]] = []
    for of, page in pages.items():
        for field, text in page.fields.items():
            worth = _worth(word, text, 0) * _WEIGHTS[field]
            if field != "words":
                worth *= _OWN_LANGUAGE if of == lang else 1.0
            elif worth and _is_entry(word, text):
                worth *= _ENTRY
            places.append((worth, field))
    return max(places)


def _worth(word: Word, text: str, pieces: float) -> float:
    """0 where `word` isn't in `text`, up to 1 where it stands there as it was typed."""
    return _chinese_worth(word, text, pieces) if word.chinese else _latin_worth(word, text)


def _chinese_worth(word: Word, text: str, pieces: float) -> float:
    if word.forms[0] in text:
        return 1.0
    here = sum(piece in text for piece in word.pieces)
    share = here / len(word.pieces) if here else 0.0
    return _IN_PIECES * share if share >= pieces else 0.0


def _latin_worth(word: Word, text: str) -> float:
    for form in word.forms:
        if places := places_of(form, text, latin=True):
            end = places[0][1]
            whole = not text[end : end + 1].isalnum() or text[end] == "s"
            return 1.0 if whole else _BEGINNING
    return 0.0


def _is_entry(word: Word, text: str) -> bool:
    """Whether the word is one of those by which the answer is to be found, all of it."""
    text = f"\n{text}\n"
    return any(f"\n{form}\n" in text or f"\n{form}s\n" in text for form in word.forms)
