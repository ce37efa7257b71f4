"""Which answers of the log a person is asked to label: few, of all kinds, always the same ones."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from components.chat.store import StoredUse

SAMPLE = 30
"""Conversations."""

_SEED = "20261129"
_SMALL, _LARGE = 500_000, 2_000_000  # pixels of the largest image

Kind = tuple[str, str, str]
"""Model, tag ("" for none), size of the largest image: none, small, medium, large."""


def sampled(
    uses: Iterable[StoredUse],
    tags: Mapping[str, Sequence[str]],
    first: str = "",
    count: int = SAMPLE,
) -> list[StoredUse]:
    """One answer each of `count` conversations, across models, tags and image sizes: each kind has
    its turn before any has a second one. tags: by conversation. first: the model whose kinds begin.

    What is drawn depends on the conversations alone, not on the order in which they come; more of
    them change as little as can be.
    """
    by_talk: defaultdict[str, list[StoredUse]] = defaultdict(list)
    for use in uses:
        if use.attempt.result.outcome == "ok" and use.attempt.result.text.strip():
            by_talk[use.conversation_id].append(use)
    kinds: defaultdict[Kind, list[StoredUse]] = defaultdict(list)
    for talk, several in by_talk.items():
        use = max(several, key=lambda each: (each.attempt.model == first, _drawn(each.attempt.id)))
        named = sorted(tags.get(talk, ()))
        kinds[use.attempt.model, named[0] if named else "", size_of(use)].append(use)
    queues = [
        sorted(kinds[kind], key=lambda use: _drawn(use.conversation_id))
        for kind in sorted(kinds, key=lambda kind: (kind[0] != first, _drawn("/".join(kind))))
    ]
    turns = range(max(map(len, queues), default=0))
    return [queue[n] for n in turns for queue in queues if n < len(queue)][:count]


def size_of(use: StoredUse) -> str:
    """Of the largest image that was asked about."""
    sizes = [
        (image.original_width or image.width or 0) * (image.original_height or image.height or 0)
        for image in use.question.images
    ]
    if not sizes:
        return "none"
    largest = max(sizes)
    return "small" if largest < _SMALL else "medium" if largest < _LARGE else "large"


def _drawn(name: str) -> str:
    return hashlib.sha256(f"{_SEED} {name}".encode()).hexdigest()
