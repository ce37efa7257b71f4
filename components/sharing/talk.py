"""A conversation on a shared page."""

from collections.abc import Iterator
from html import escape

from components.chat.store import StoredAttempt, StoredConversation, StoredMessage
from components.i18n import t
from components.markdown import answer_html
from components.pricing import format_money
from components.sharing.figures import figure
from components.sharing.resolve_share import Shown
from components.sharing.store import Share


def talk(conversation: StoredConversation, shown: Shown, token: str, lang: str) -> Iterator[str]:
    """Its messages with their images, in HTML."""
    count = 0
    for message in conversation.messages:
        yield f"<h2>{escape(t(lang, f'export.{message.role}'))}</h2>\n"
        if told := _facts(message, shown.share, lang):
            yield f'<p class="facts">{escape(told)}</p>\n'
        if message.images:
            yield '<div class="images">\n'
            for image in message.images:
                count += 1
                caption = t(lang, "sharing.page.image", n=count)
                if shown.share.with_names:
                    caption = f"{caption} · {image.name}"
                yield figure(shown, image.hash, caption, token, lang)
            yield "</div>\n"
        if message.role == "user":
            yield f'<div class="asked">{escape(message.text)}</div>\n'
        else:
            yield f'<div class="answer">{answer_html(message.text)}</div>\n'


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
