"""The usage object of a reply -> Usage. The one place where an endpoint's figures are judged."""

from collections.abc import Mapping

from components.providers.base import Reported, Usage

MOST = 10**9  # tokens of one call; a thousand times what any model takes in
_INPUT, _OUTPUT = "prompt_tokens_details", "completion_tokens_details"
# Field of Usage -> where endpoints have it, the first that says more than 0: the object within
# `usage` ("" for itself), and the key. The later ones are what gateways pass on from other APIs.
_PLACES = {
    "input": [("", "prompt_tokens")],
    "output": [("", "completion_tokens")],
    "cached": [
        (_INPUT, "cached_tokens"),
        ("", "cache_read_input_tokens"),
        ("", "prompt_cache_hit_tokens"),
    ],
    "written": [
        (_INPUT, "cache_write_tokens"),
        (_INPUT, "cache_creation_tokens"),
        ("", "cache_creation_input_tokens"),
    ],
    "images": [(_INPUT, "image_tokens")],
    "reasoning": [(_OUTPUT, "reasoning_tokens")],
}


def usage_of(reported: object) -> Reported:
    """What is reported; None when nothing is; "implausible" when any figure can't be one."""
    if not isinstance(reported, Mapping) or reported.get("prompt_tokens") is None:
        return None
    try:
        figures = {name: _first(reported, places) for name, places in _PLACES.items()}
    except ValueError:
        return "implausible"
    if max(figures["cached"] + figures["written"], figures["images"]) > figures["input"]:
        return "implausible"
    return Usage(**figures)


def _first(reported: Mapping[str, object], places: list[tuple[str, str]]) -> int:
    """The first that isn't 0; each must be a number of tokens."""
    return next(filter(None, [_count(reported, *place) for place in places]), 0)


def _count(reported: Mapping[str, object], within: str, key: str) -> int:
    """0 where it isn't reported. Raises ValueError for what can't be a number of tokens."""
    holder = reported.get(within) if within else reported
    value = holder.get(key) if isinstance(holder, Mapping) else None
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(key)
    if not 0 <= value <= MOST or value != int(value):  # never true of nan
        raise ValueError(key)
    return int(value)
