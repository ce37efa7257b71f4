"""Search as you type, over both languages at once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
_FEWER_PIECES = 0.25  # the same where nothing else is found
_MOST_WORDS = 0.6  # share of the words that an answer must have
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
    """The answers that have every word of `query`, in either language, the best first; then those
    that have most of the words.

    lang_first: the reader's language, in which the answers come. A Latin word is found by its
    beginning, Chinese anywhere; case and width don't matter. Words that every question has don't
    count. An empty query finds nothing.
    """
    lang = lang_first if lang_first in LANGUAGES else "en"
    wanted = words(query)
    if not wanted:
        return []
    for pieces in (_PIECES, _FEWER_PIECES):
        found = [hit for pages in _index(today()) if (hit := _hit(pages, lang, wanted, pieces))]
        if found:
            return [hit for _, hit in sorted(found, key=lambda each: (-each[0], -each[1].score))]
    return []


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


def _hit(
    pages: dict[str, Page], lang: str, wanted: tuple[Word, ...], pieces: float
) -> tuple[bool, Hit] | None:
    """An answer that has most of the words, and whether it has all of them."""
    found = [_best(word, pages, lang, pieces) for word in wanted]
    here = sum(worth > 0 for worth, _ in found) / len(found)
    if here < _MOST_WORDS:
        return None
    # The text that has the most of the words; the reader's own where it has as many.
    in_text = {
        of: sum(_worth(w, page.fields["text"], pieces) > 0 for w in wanted)
        for of, page in pages.items()
    }
    shown = max(in_text, key=lambda of: (in_text[of], of == lang))
    shown = shown if in_text[shown] else lang
    page = pages[shown]
    text, spans = snippet(page.plain, page.fields["text"], wanted, SNIPPET[shown])
    return here == 1, Hit(
        answer=pages[lang].answer,
        score=sum(worth for worth, _ in found),
        field=max(found)[1],
        snippet=text,
        snippet_lang=shown,
        spans=spans,
    )


def _best(word: Word, pages: dict[str, Page], lang: str, pieces: float) -> tuple[float, Field]:
    """The best place of `word` in an answer, over its fields and languages."""
    places: list[tuple[float, Field]] = []
    for of, page in pages.items():
        for field, text in page.fields.items():
            worth = _worth(word, text, pieces) * _WEIGHTS[field]
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
