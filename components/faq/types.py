"""What the FAQ is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

RunningCell = Literal["tokens", "file_types", "models"]
Field = Literal["question", "words", "text"]


@dataclass(frozen=True)
class Group:
    """A heading over some answers. title: in the language that was asked for."""

    id: str
    title: str


@dataclass(frozen=True)
class Source:
    """Where an answer's facts are from. url: https, None for a text that isn't on the web."""

    key: str
    title: str
    url: str | None


@dataclass(frozen=True)
class Answer:
    """One question with its answer, in one language.

    text: Markdown with its figures filled in, drawn as answers of models are. checked: the day
    when somebody last compared it with its sources. related: slugs. live: the piece that the page
    may draw under it: "tokens" (tokens of the reader's own sizes), "file_types" (would this file be
    accepted?), "models" (the catalogue). words: what else people call it, in both languages.
    """

    slug: str
    group: str
    question: str
    text: str
    checked: date
    sources: tuple[Source, ...]
    related: tuple[str, ...]
    live: RunningCell | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """An answer that a query found.

    answer: in the reader's language. field: the best place where a word of the query stands.
    snippet: plain text to show under the question, in snippet_lang (the other language, where
    only that one has the words); spans: (start, end) of the query's words in it.
    """

    answer: Answer
    score: float
    field: Field
    snippet: str
    snippet_lang: str
    spans: tuple[tuple[int, int], ...]
