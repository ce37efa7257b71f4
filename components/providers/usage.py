"""The usage object of a reply -> Usage. The one place where an endpoint's figures are judged."""

from collections.abc import Mapping

from components.providers.base import Reported, Usage

MOST = 10**9  # tokens of one call; a thousand times what any model takes in
# Field of Usage -> where the API has it: the object within `usage` ("" for itself), and the key.
_PLACES = {
    "input": ("", "prompt_tokens"),
    "output": ("", "completion_tokens"),
    "cached": ("prompt_tokens_details", "cached_tokens"),
    "reasoning": ("completion_tokens_details", "reasoning_tokens"),
}


def usage_of(reported: object) -> Reported:
    """What is reported; None when nothing is; "implausible" when any figure can't be one."""
    if not isinstance(reported, Mapping) or reported.get("prompt_tokens") is None:
        return None
    try:
        figures = {name: _count(reported, *place) for name, place in _PLACES.items()}
    except ValueError:
        return "implausible"
    if figures["cached"] > figures["input"]:
        return "implausible"
    return Usage(**figures)


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
