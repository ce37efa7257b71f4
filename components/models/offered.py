"""Which of the models that an endpoint lists are worth offering, in which order."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from components.models.catalogue import default_order, find_model
from components.models.ending import Ends, leaving_last

_DATA = Path(__file__).with_name("offered.toml")


def offered(
    listed: Iterable[str], ends: Ends | None = None, today: date | None = None
) -> tuple[str, ...]:
    """Chat models of a list, preferred ones first, then those known to take images, then others,
    and those that leave soon last of all; among equals the list's own order stays.

    listed: ids as an endpoint names them; ends: their last days, as far as it gives them. A model
    that the catalogue doesn't know is offered unless its name says that it does something else
    (speech, embeddings, ...).
    """
    preferred = {model: place for place, model in enumerate(default_order())}

    def rank(model: str) -> tuple[int, int]:
        info = find_model(model)
        kind = 0 if info.known and info.vision else 1 if not info.known else 2
        return preferred.get(model, len(preferred)), kind

    ranked = sorted((m for m in dict.fromkeys(listed) if _is_chat(m)), key=rank)
    return leaving_last(ranked, ends, today)


def _is_chat(model: str) -> bool:
    info = find_model(model)
    return info.chat and not any(part in model.lower() for part in _not_chat())


@cache
def _not_chat() -> tuple[str, ...]:
    return tuple(tomllib.loads(_DATA.read_text("utf-8"))["not_chat"])
