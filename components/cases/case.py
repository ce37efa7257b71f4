"""A case: what is asked, and what must hold of the answer. A set of them, with its finished runs.

Values are immutable by agreement: tables inside are never changed after they were made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Grader = Mapping[str, Any]
"""`{"grader": "number", "value": "7"}`. `kept` is one of a foreign program that isn't run here:
`kind` is its own name for it, `format` whose it is, `verbatim` what stood there."""


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Image:
    """image: a name in the set's images (`images/x.png`), a data URL, an address (http, https), or
    what a foreign file said and could not be had. detail, as_is, box: as they are sent."""

    image: str
    detail: str | None = None
    as_is: bool | None = None
    box: Any = None


Part = Text | Image


@dataclass(frozen=True)
class Message:
    role: str
    content: tuple[Part, ...]


@dataclass(frozen=True)
class Case:
    """id: unique in its set. expect: all must pass. group: same image or document, the unit that
    statistics resample. repeats: None for the set's. source: where it is from (kind, id, model,
    answer, marked, ...). extra: by format, what only that format can say, verbatim."""

    id: str
    input: tuple[Message, ...]
    choices: tuple[str, ...] = ()
    expect: tuple[Grader, ...] = ()
    group: str | None = None
    tags: tuple[str, ...] = ()
    repeats: int | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def images(self) -> Iterator[Image]:
        parts = (part for message in self.input for part in message.content)
        return (part for part in parts if isinstance(part, Image))


Verdict = Literal["right", "wrong", "unsure"]


@dataclass(frozen=True)
class Graded:
    """What one grader said of an answer, when it was given. name: the grader's."""

    name: str
    verdict: Verdict
    score: float | None = None


@dataclass(frozen=True)
class FinishedAnswer:
    """case: its id. model: what answered. usage: tokens as the endpoint told them. error: its
    words, "" for none. created_at: seconds since 1970."""

    case: str
    text: str
    graded: tuple[Graded, ...] = ()
    model: str = ""
    finish: str = ""
    usage: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    created_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict | Literal["error"]:
        """Of all graders together; unsure where there was none."""
        if self.error:
            return "error"
        verdicts = {each.verdict for each in self.graded}
        if "wrong" in verdicts:
            return "wrong"
        return "right" if verdicts == {"right"} else "unsure"


@dataclass(frozen=True)
class FinishedRun:
    """A run that came with the file: a baseline without paying again. settings: as sent."""

    id: str
    name: str
    model: str
    answers: tuple[FinishedAnswer, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseSet:
    """defaults: settings for all cases. expect: graders for all of them. images: by name, the
    bytes as they came."""

    name: str
    cases: tuple[Case, ...]
    lang: str | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    expect: tuple[Grader, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    runs: tuple[FinishedRun, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
