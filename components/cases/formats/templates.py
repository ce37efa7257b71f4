"""Templates of strangers: `{{name}}` and `{{name | dump}}` are replaced; all else stays as it is.
And what a row of values asks, where no template says it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from components.cases.case import Message, Part, Text
from components.cases.formats.pictures import Pictures
from components.cases.formats.values import dumped, written_text

_FIELD = re.compile(r"\{\{\s*([A-Za-z_][\w.-]*)\s*(\|\s*dump\s*)?\}\}")
_MORE = re.compile(r"\{\{|\{%|\{#")
_ASKS = ("question", "prompt", "input", "query", "text", "instruction")
_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".heic")

Lookup = Callable[[str], Any]


def filled(template: str, lookup: Lookup) -> str:
    """lookup: a value by its dotted name. Raises KeyError for none, which leaves it as written."""

    def value(found: re.Match[str]) -> str:
        try:
            known = lookup(found[1])
        except KeyError:
            return found[0]
        return dumped(known) if found[2] else written_text(known)

    return _FIELD.sub(value, template)


def alone(template: str, lookup: Lookup) -> Any:
    """The value, of whatever kind, of a template that is one field and nothing else; else text."""
    found = _FIELD.fullmatch(template.strip())
    if found and not found[2]:
        try:
            return lookup(found[1])
        except KeyError:
            return template
    return filled(template, lookup)


def asks_for_more(text: str) -> bool:
    """Whether something of a template is left that isn't replaced here."""
    return _MORE.search(text) is not None


def by_name(values: Mapping[str, Any], root: str = "") -> Lookup:
    """Dotted names below `root` (`item`)."""

    def lookup(name: str) -> Any:
        steps = name.split(".")
        if root:
            if steps[0] != root:
                raise KeyError(name)
            steps = steps[1:]
        at: Any = values
        for step in steps:
            if not isinstance(at, Mapping) or step not in at:
                raise KeyError(name)
            at = at[step]
        return at

    return lookup


def looks_like_image(value: Any) -> bool:
    """A data URL, a path of an image or a long base64 that begins as one does."""
    if not isinstance(value, str) or "\n" in value[:200]:
        return False
    if value.startswith(("data:image/", "file://")):
        return True
    path = value.partition("?")[0].lower() if len(value) < 2_000 else ""
    return path.endswith(_ENDINGS) or (
        len(value) > 64 and value.startswith(("iVBORw0KGgo", "/9j/", "UklGR", "R0lGOD"))
    )


def guessed(
    values: Mapping[str, Any], pictures: Pictures, base: str, *, without: frozenset[str]
) -> tuple[Message, ...]:
    """One message of what a row has: its images, then its question, or all its texts by name.
    without: names that belong to the answer."""
    parts: list[Part] = []
    texts: dict[str, str] = {}
    for name, value in values.items():
        if name in without or value in ("", None):
            continue
        if looks_like_image(value):
            parts.append(pictures.image(value, base))
        else:
            texts[name] = written_text(value)
    asked = next((name for name in _ASKS if name in texts), None)
    if asked is None and len(texts) == 1:
        asked = next(iter(texts))
    if asked is not None:
        text = texts[asked]
    else:
        text = "\n".join(f"{name}: {value}" for name, value in texts.items())
    if text or not parts:
        parts.append(Text(text))
    return (Message("user", tuple(parts)),)
