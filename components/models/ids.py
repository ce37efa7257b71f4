"""The many names of one model: what a catalogue id may be wrapped in.

Only decorations that are known to mean "the same model" are taken off, one step at a time. A
suffix such as -mini, -nano or -pro names another model and is never touched.
"""

import re
from collections.abc import Iterator

_FINE_TUNE = re.compile(r"^ft:([^:]+)(:.*)?$")
_VARIANT = re.compile(r":(free|batch|extended|floor|nitro|thinking|online|exacto)$")
_DATE = re.compile(r"([-@]\d{4}-\d{2}-\d{2}|[-@]20\d{6})(-v\d+)?$")
_MONTH_DAY = re.compile(r"-(0[1-9]|1[0-2])[0-3]\d$")
_LATEST = re.compile(r"-latest$")
_DASHED_VERSION = re.compile(r"^gpt-([4-9])-(\d)(?=-[a-z]|$)")


def readings(model_id: str) -> Iterator[str]:
    """What `model_id` may be called in the catalogue, the closest reading first, lower case.

    "openai/gpt-4o-2024-08-06" -> itself, "gpt-4o-2024-08-06", "gpt-4o". "ft:gpt-4o:org::x" ends
    at "gpt-4o", Azure's "gpt-5-4-mini" at "gpt-5.4-mini".
    """
    name = model_id.strip().lower()
    yield name
    for step in (_unwrapped, _undated, _dotted):
        plain = step(name)
        if plain != name:
            yield plain
            name = plain


def _unwrapped(name: str) -> str:
    name = _FINE_TUNE.sub(r"\1", name)
    name = name.rsplit("/", 1)[-1]
    return _VARIANT.sub("", name)


def _undated(name: str) -> str:
    for pattern in (_DATE, _MONTH_DAY, _LATEST):
        name = pattern.sub("", name)
    return name


def _dotted(name: str) -> str:
    return _DASHED_VERSION.sub(r"gpt-\1.\2", name)
