"""What of a thing is shown: what was there when the link was made, without keys, and without
costs and names where they aren't to be seen."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from components.chat.store import AttemptResult, StoredAttempt, StoredConversation, StoredMessage
from components.chat.tree import along
from components.compare.export.formatting import without_keys as comparison_without_keys
from components.compare.store import Cell, ComparedModel, StoredComparison
from components.export.keys import without_keys
from components.sharing.store import Share


def seen_talk(
    conversation: StoredConversation, share: Share, keys: Collection[str]
) -> StoredConversation:
    """The branch that was written last when the link was made: what is asked later stays private.

    keys: to be masked wherever they stand.
    """
    until = share.created_at
    then = tuple(_then(m, until) for m in conversation.messages if m.created_at <= until)
    shown = along(replace(conversation, messages=then, tags=(), starred=False), None)
    return without_keys(shown, keys)


def _then(message: StoredMessage, until: datetime) -> StoredMessage:
    """An answer that was asked for anew since then is shown as it was."""
    if message.attempt is None:
        return message
    begun = [a for a in (*message.earlier, message.attempt) if a.started_at <= until]
    latest: StoredAttempt | None = begun[-1] if begun else None
    text = latest.result.text if latest else ""
    images = message.images if latest is message.attempt else ()
    return replace(message, attempt=latest, earlier=(), text=text, images=images)


def seen_comparison(
    logged: StoredComparison, share: Share, keys: Collection[str], model_name: str
) -> StoredComparison:
    """model_name: with `{n}` in it, for where names are hidden."""
    clean = comparison_without_keys(logged, keys)
    if share.with_names:
        return clean
    comparison = clean.comparison
    return replace(
        clean,
        comparison=replace(
            comparison,
            images=tuple(replace(image, name="") for image in comparison.images),
            models=tuple(
                ComparedModel("", "", model_name.format(n=n))
                for n in range(1, len(comparison.models) + 1)
            ),
        ),
        cells=tuple(_nameless(cell) for cell in clean.cells),
    )


def _nameless(cell: Cell) -> Cell:
    result: AttemptResult | None = cell.result
    if result is None:
        return cell
    return replace(
        cell, result=replace(result, model_answered=None, request_id=None, error_data={})
    )
