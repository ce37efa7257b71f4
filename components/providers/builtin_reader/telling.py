"""What an answer will say, in which order, and what is known so far."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from components.errors import AppError
from components.i18n import t
from components.providers.base import ImagePart, VisionRequest
from components.providers.builtin_reader.compare import Shot
from components.providers.builtin_reader.page import Page
from components.providers.builtin_reader.questions import TOPICS, Asked
from components.providers.builtin_reader.reading import TextLine
from components.providers.builtin_reader.worker import Stop

# Markdown to be shown; None stands for "from here on it takes time".
Pieces = Generator[str | None, None, None]
NEED_TEXT = ("text", "direction", "legibility")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class QuestionImage:
    """A picture of the question and what is known of it so far."""

    part: ImagePart
    letter: str
    shot: Shot | None = None
    lines: list[TextLine] | None = None
    error: AppError | None = None


@dataclass
class Telling:
    """Everything one answer needs."""

    lang: str
    stop: Stop
    sections: tuple[str, ...]
    compared_first: bool
    reads: bool
    pictures: list[QuestionImage]
    page: Page = field(default_factory=Page)

    def say(self, key: str, **values: object) -> str:
        return t(self.lang, f"reader.say.{key}", **values)


def subject(request: VisionRequest) -> tuple[str, Sequence[ImagePart]]:
    """The last question, and the pictures that it is about: the latest ones."""
    own = [message for message in request.messages if message.role == "user"]
    pictures = [message.images for message in own if message.images]
    return (own[-1].text if own else ""), (pictures[-1] if pictures else ())


def plan(lang: str, wanted: Asked, parts: Sequence[ImagePart], stop: Stop) -> Telling:
    """Which sections, in which order: what was asked comes first.

    A question that is answered completely isn't followed by what takes long and wasn't asked.
    """
    everything = not wanted.understood or not wanted.topics
    reads = everything or any(topic in (*NEED_TEXT, "differences") for topic in wanted.topics)
    rest = [topic for topic in TOPICS if topic not in wanted.topics]
    if not everything and "text" not in wanted.topics:
        rest = [topic for topic in rest if topic not in NEED_TEXT]
    return Telling(
        lang=lang,
        stop=stop,
        sections=tuple(topic for topic in (*wanted.topics, *rest) if topic != "differences"),
        compared_first="differences" in wanted.topics,
        reads=reads,
        pictures=[QuestionImage(part, part.letter or _letter(at)) for at, part in enumerate(parts)],
    )


def _letter(position: int) -> str:
    return _LETTERS[position] if position < len(_LETTERS) else str(position + 1)
