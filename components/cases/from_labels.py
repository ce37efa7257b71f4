"""Cases from labels: what was asked, as it went, and what the right answer is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.cases.case import Case, Image, Message, Part, Text
from components.cases.formats.pictures import image_name
from components.cases.proposal import proposed
from components.chat.context import carried
from components.chat.store import StoredAttempt, StoredConversation, StoredImage, StoredMessage
from components.chat.tree import before
from components.compare.store import ComparedImage, Comparison
from components.labels import Label

_ENDING = re.compile(r"\.([A-Za-z0-9]{2,5})$")


@dataclass
class Made:
    """cases: with an expectation where a rule was found. hashes: of their images, by name.
    attempts: the answers that were labelled in chats, by case. left_out: labels whose question or
    right answer isn't known (any more)."""

    cases: list[Case] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    attempts: dict[str, StoredAttempt] = field(default_factory=dict)
    left_out: int = 0

    @property
    def open(self) -> int:
        """How many cases expect nothing yet."""
        return sum(not case.expect for case in self.cases)


def from_labels(
    labels: Iterable[Label],
    conversations: Mapping[str, StoredConversation],
    comparisons: Mapping[str, Comparison],
    criterion: str = "",
) -> Made:
    """A case of each label. conversations, comparisons: those that the labels are about, by id.
    criterion: of a rubric for answers that no rule can tell, "" where no model can judge."""
    made = Made()
    for label in labels:
        asked = conversations.get(label.conversation_id or "")
        compared = comparisons.get(label.comparison_id or "")
        if compared is not None:
            found = list(_of_row(label, compared, made.hashes, criterion))
        else:
            found = list(_of_answer(label, asked, made, criterion)) if asked else []
        made.cases += found
        made.left_out += not found
    return made


def _of_answer(
    label: Label, conversation: StoredConversation, made: Made, criterion: str
) -> Iterator[Case]:
    """The question with all that went with it: system prompt, history, images as they were sent."""
    by_id = {message.id: message for message in conversation.messages}
    answer = by_id.get(label.message_id or "")
    question = by_id.get(answer.parent_id or "") if answer else None
    attempt = _attempt(answer, label.attempt_id) if answer else None
    if question is None or attempt is None:
        return
    said = attempt.result.text
    right, wrong = (said, "") if label.verdict == "right" else (label.corrected, said)
    choices = attempt.parameters.get("context")
    history = carried(
        before(conversation, question.id),
        attempt.model,
        choices if isinstance(choices, dict) else {},
        attempt.host,
    ).history
    messages = [_message(each, made.hashes) for each in (*history.messages, question)]
    made.attempts[label.id] = attempt
    if system := str(attempt.parameters.get("system") or ""):
        messages.insert(0, Message("system", (Text(system),)))
    yield Case(
        label.id,
        tuple(messages),
        expect=proposed(question.text, right, wrong, criterion),
        source=_source(label, attempt.model, said) | _settings(attempt),
    )


def _of_row(
    label: Label, comparison: Comparison, hashes: dict[str, str], criterion: str
) -> Iterator[Case]:
    """One case, or one for each image where each was asked about by itself."""
    question = comparison.questions[label.question or 0]
    system = str(comparison.parameters.get("system") or "")
    for letter, images in _shown(label, comparison):
        parts: list[Part] = [Text(question), *(_compared(image, hashes) for image in images)]
        messages = [Message("user", tuple(parts))]
        if system:
            messages.insert(0, Message("system", (Text(system),)))
        yield Case(
            f"{label.id}-{letter}" if letter else label.id,
            tuple(messages),
            expect=proposed(question, label.corrected, criterion=criterion),
            source=_source(label, "", label.corrected),
        )


def _shown(label: Label, comparison: Comparison) -> Iterator[tuple[str, tuple[ComparedImage, ...]]]:
    """The images of the row that a label is about. What is right of every image by itself holds
    for those that have no answer of their own; settings of one image are one."""
    if comparison.mode == "together":
        images = comparison.images
        yield "", images[::-1] if comparison.order == "reversed" else images
        return
    own = {each.letter for each in comparison.accepted if each.question == label.question}
    seen: set[str] = set()
    for image in comparison.images:
        mine = image.letter == label.letter if label.letter else image.letter not in own
        if mine and not (image.variant and image.hash in seen):
            seen.add(image.hash)
            yield image.letter, (image,)


def _attempt(answer: StoredMessage, attempt_id: str | None) -> StoredAttempt | None:
    tries = (*answer.earlier, *([answer.attempt] if answer.attempt else []))
    return next((each for each in tries if each.id == attempt_id), None)


def _message(message: StoredMessage, hashes: dict[str, str]) -> Message:
    parts: list[Part] = [Text(message.text)] if message.text else []
    parts += [_image(image, hashes) for image in message.images]
    return Message(message.role, tuple(parts))


def _image(image: StoredImage, hashes: dict[str, str]) -> Image:
    name = image.url or image.name
    if image.hash is not None:
        name = _named(image.hash, image.name)
        hashes[name] = image.hash
    return Image(name, None if image.detail == "auto" else image.detail, image.as_is or None)


def _compared(image: ComparedImage, hashes: dict[str, str]) -> Image:
    name = _named(image.hash, image.name)
    hashes[name] = image.hash
    detail = None if image.detail == "auto" else image.detail
    box = None if image.variant or image.box is None else list(image.box)
    return Image(name, detail, image.as_is or None, box)


def _named(digest: str, name: str) -> str:
    ending = _ENDING.search(name)
    return image_name(digest, ending[1].lower() if ending else "img")


def _source(label: Label, model: str, answer: str) -> dict[str, Any]:
    return {
        "kind": "label",
        "id": label.id,
        "model": model,
        "answer": answer,
        "marked": label.verdict,
        "corrected": label.corrected,
        "marked_at": label.at.isoformat(),
        "by": label.who,
    }


def _settings(attempt: StoredAttempt) -> dict[str, Any]:
    """What else the request said."""
    aside = ("system", "context", "lang")
    kept = {name: each for name, each in attempt.parameters.items() if name not in aside}
    return {"parameters": kept} if kept else {}
