"""A conversation on a shared page."""

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from components.chat.store import StoredAttempt, StoredConversation, StoredMessage
from components.i18n import t
from components.markdown import answer_text
from components.pricing import format_money
from components.sharing.figures import Picture, picture_of
from components.sharing.resolve_share import Shown
from components.sharing.store import Share

PREVIEWED = 200  # characters that a messenger is told


class ShownMessage(NamedTuple):
    """A message as it is shown. facts: "" for none."""

    role: str
    facts: str
    pictures: list[Picture]
    text: str


class Turn(NamedTuple):
    """What was asked and what was answered. pictures: those that were asked about."""

    pictures: list[Picture]
    said: list[ShownMessage]


def talk(
    conversation: StoredConversation, shown: Shown, token: str, lang: str
) -> dict[str, object]:
    """What talk.html is filled with."""
    turns: list[Turn] = []
    for message in _said(conversation, shown, token, lang):
        if message.role == "user" or not turns:
            turns.append(Turn(message.pictures if message.role == "user" else [], []))
        turns[-1].said.append(message)
    answers = (each.text for turn in turns for each in turn.said if each.role == "assistant")
    return {
        "turns": turns,
        "wide": any(turn.pictures for turn in turns),
        "preview": answer_text(next(answers, ""), PREVIEWED),
    }


def _said(
    conversation: StoredConversation, shown: Shown, token: str, lang: str
) -> Iterator[ShownMessage]:
    number = count(1)
    for message in conversation.messages:
        pictures = []
        for image in message.images:
            caption = t(lang, "sharing.page.image", n=next(number))
            if shown.share.with_names:
                caption = f"{caption} · {image.name}"
            pictures.append(picture_of(shown, image.hash, caption, token))
        yield ShownMessage(message.role, _facts(message, shown.share, lang), pictures, message.text)


def _facts(message: StoredMessage, share: Share, lang: str) -> str:
    return " · ".join(_told(message.attempt, share, lang)) if message.attempt else ""


def _told(attempt: StoredAttempt, share: Share, lang: str) -> Iterator[str]:
    result = attempt.result
    if share.with_names:
        yield result.model_answered or attempt.model
    if share.with_costs:
        if result.input_tokens is not None and result.output_tokens is not None:
            figures = {"input": f"{result.input_tokens:,}", "output": f"{result.output_tokens:,}"}
            yield t(lang, "export.tokens", **figures)
        yield format_money(result.cost, lang) or t(lang, "export.unknown_cost")
    if result.outcome != "ok":
        ended = "interrupted" if result.outcome == "running" else result.outcome
        yield t(lang, f"export.outcome.{ended}")
