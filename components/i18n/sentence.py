"""An error code with its values -> what happened, and what to do next."""

from collections.abc import Mapping

from components.i18n import texts


def sentence(lang: str, code: str, data: Mapping[str, object]) -> tuple[str, str]:
    """(what happened, what to do next).

    `error.<code>.text_<value>` is said instead of `error.<code>.text` when that value is known,
    and so for `next`: `text_seconds` tells the seconds, `text` does without them. Raises KeyError
    for an unknown code or a placeholder without a value.
    """
    return _part(lang, f"error.{code}.text", data), _part(lang, f"error.{code}.next", data)


def joined(first: str, then: str) -> str:
    """One after the other: a full stop or a colon of Chinese has its space in itself."""
    return f"{first}{then}" if first.endswith(("。", "！", "？", "：")) else f"{first} {then}"


def _part(lang: str, key: str, data: Mapping[str, object]) -> str:
    known = texts(lang)
    exact = (f"{key}_{name}" for name, value in data.items() if str(value))
    return known[next((each for each in exact if each in known), key)].format(**data)
