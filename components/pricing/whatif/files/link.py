"""A scenario as a link: short, versioned, readable, and nothing in it is ever executed.

    v=1&m=gpt-4o&s=1024x1024*3@low,2048x4096&d=high&p=20

Keys: v version, m model, s sizes, d detail, p prompt tokens, y system tokens, a answer tokens,
t turns, c cached share, b batch, n calls a day, k days a month, u currency, r its rate. Only
what differs from version 1's defaults is written. Texts, names and bytes of files stay out:
texts are there as their token counts, rows of the same size and detail as one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from components.models import reference_model
from components.pricing.whatif.currency import parse_currency, parse_rate
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.numbers import (
    DETAILS,
    checked_row,
    detail_level,
    share,
    shown,
    whole_between,
)
from components.pricing.whatif.types import (
    ANSWER,
    CALLS,
    DAYS,
    MAX_COUNT,
    MAX_LINK_CHARACTERS,
    MAX_LINK_READ,
    MAX_LINK_SIZES,
    MAX_MODEL_CHARACTERS,
    RENDERS,
    TOKENS,
    Row,
    Scenario,
)
from components.text import one_line
from components.tokens import count_text_tokens

VERSION = "1"
_SIZE = re.compile(rf"([0-9]+)x([0-9]+)(?:\*([0-9]+))?(?:@({'|'.join(DETAILS)}))?")
_SAFE = ",*@:/"  # as they are, so that people can read a link


def to_params(scenario: Scenario) -> dict[str, str]:
    """The scenario as query parameters; what isn't in a link is left out (see above).

    Raises CostError link_too_long when it has too many sizes, and as from_params does for
    numbers that no link may have.
    """
    default = Scenario(scenario.model)
    values = {key: write(scenario) for key, (write, _) in _PARTS.items()}
    left_out = {key for key, (write, _) in _PARTS.items() if write(default) == values[key]}
    params = {"v": VERSION, "m": scenario.model}
    params |= {key: value for key, value in values.items() if key not in left_out}
    length = len(_query(params))
    sizes = params["s"].count(",") + 1 if params.get("s") else 0
    if length > MAX_LINK_CHARACTERS or sizes > MAX_LINK_SIZES:
        raise CostError("link_too_long", sizes=sizes, characters=length, limit=MAX_LINK_CHARACTERS)
    from_params(params)
    return params


def from_params(params: Mapping[str, str]) -> Scenario:
    """The scenario of query parameters; keys of others are left alone, what is missing is the
    default. Raises CostError link_version, link_value, cost_number, size_* and the like."""
    version = params.get("v", VERSION)
    if version != VERSION:
        raise CostError("link_version", written=shown(version), known=VERSION)
    scenario = Scenario(_model(params["m"]) if "m" in params else reference_model())
    changes: dict[str, Any] = {}
    for key, (_, read) in _PARTS.items():
        if key in params:
            changes |= read(params[key])
    scenario = replace(scenario, **changes)
    return replace(scenario, rate=Scenario.rate) if scenario.currency == "USD" else scenario


def to_link(scenario: Scenario) -> str:
    """The query of a link, without "?". Raises as to_params does."""
    return _query(to_params(scenario))


def from_link(text: str) -> Scenario:
    """The scenario of a whole link or its query; "" is the default. Raises CostError
    link_unreadable for what is no link of ours, otherwise as from_params does."""
    query = text.strip().rpartition("?")[2].partition("#")[0]
    params = dict(parse_qsl(query, keep_blank_values=True)) if len(query) <= MAX_LINK_READ else {}
    if query and not params.keys() & {"v", "m", *_PARTS}:
        raise CostError("link_unreadable", written=shown(query))
    return from_params(params)


def _query(params: Mapping[str, str]) -> str:
    return urlencode(params, safe=_SAFE, quote_via=quote, errors="replace")


def _tokens(prompt: str | int, scenario: Scenario) -> str:
    counted = count_text_tokens(prompt, scenario.model) if isinstance(prompt, str) else prompt
    return str(counted)


def _sizes(scenario: Scenario) -> str:
    merged: dict[tuple[int, int, str | None], int] = {}
    written = []
    for row in scenario.rows:
        size = (row.width, row.height, row.detail)
        count = merged.get(size, 0) + row.count
        if count > MAX_COUNT:  # then the rest of them follows as a row of its own
            written.append((size, merged.pop(size)))
            count = row.count
        merged[size] = count
    return ",".join(_size(*each) for each in (*written, *merged.items()))


def _size(size: tuple[int, int, str | None], count: int) -> str:
    width, height, detail = size
    times = f"*{count}" if count != 1 else ""
    return f"{width}x{height}{times}" + (f"@{detail}" if detail else "")


def _read_sizes(text: str) -> Iterator[Row]:
    pieces = text.split(",") if text else []
    if len(pieces) > MAX_LINK_SIZES:
        raise CostError("link_value", name="s", written=shown(text))
    for number, piece in enumerate(pieces, 1):
        found = _SIZE.fullmatch(piece)
        if found is None:
            raise CostError("link_value", name="s", written=shown(piece))
        width, height, count, detail = found.groups()
        yield checked_row((width, height), count or "1", piece, number, detail)


def _model(text: str) -> str:
    if not text or len(text) > MAX_MODEL_CHARACTERS or one_line(text) != text:
        raise CostError("link_value", name="m", written=shown(one_line(text)))
    return text


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise CostError("link_value", name="b", written=shown(text))
    return text == "1"


_Write = Callable[[Scenario], str]
_Read = Callable[[str], dict[str, Any]]


def _number(key: str, field: str, limits: tuple[int, int]) -> tuple[_Write, _Read]:
    return (
        lambda s: str(getattr(s, field)),
        lambda text: {field: whole_between(key, text, limits)},
    )


_PARTS: Mapping[str, tuple[_Write, _Read]] = {
    "s": (_sizes, lambda text: {"rows": tuple(_read_sizes(text))}),
    "d": (lambda s: s.detail, lambda text: {"detail": detail_level(text)}),
    "p": (
        lambda s: _tokens(s.prompt, s),
        lambda text: {"prompt": whole_between("p", text, TOKENS)},
    ),
    "y": (
        lambda s: _tokens(s.system, s),
        lambda text: {"system": whole_between("y", text, TOKENS)},
    ),
    "a": _number("a", "answer", ANSWER),
    "t": _number("t", "turns", RENDERS),
    "c": (
        # Four decimals: a link that is longer would say no more.
        lambda s: f"{s.cached:.4f}".rstrip("0").rstrip("."),
        lambda text: {"cached": share("c", text)},
    ),
    "b": (lambda s: str(int(s.batch)), lambda text: {"batch": _flag(text)}),
    "n": _number("n", "calls", CALLS),
    "k": _number("k", "days", DAYS),
    "u": (lambda s: s.currency, lambda text: {"currency": parse_currency(text)}),
    "r": (
        lambda s: "1" if s.currency == "USD" else f"{s.rate:f}",
        lambda text: {"rate": parse_rate(text)},
    ),
}
