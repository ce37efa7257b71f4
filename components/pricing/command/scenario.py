"""What was asked on the command line -> a scenario."""

import difflib
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from components.models import catalogue, find_model, priced_like, reference_model
from components.pricing.whatif.currency import parse_currency, parse_rate
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.csv_in import read_sizes
from components.pricing.whatif.files.link import from_link
from components.pricing.whatif.files.numbers import detail_level, share, shown, whole_between
from components.pricing.whatif.sizes import SizesRead, parse_sizes
from components.pricing.whatif.types import (
    ANSWER,
    CALLS,
    DAYS,
    MAX_CSV_MEGABYTES,
    MAX_ROWS,
    RENDERS,
    TOKENS,
    Scenario,
)
from components.text import one_line

_NUMBERS = {"answer": ANSWER, "turns": RENDERS, "calls": CALLS, "days": DAYS}
_CLOSE = 3
_SLIP = 0.85  # likeness from which on a name is taken for a slip


def asked(given: Namespace, stdin: TextIO) -> tuple[Scenario, SizesRead]:
    """The scenario and the sizes as they were read; what isn't given is as in --link, or else
    the default. Raises CostError, also for a model that is like none that is known."""
    scenario = from_link(given.link) if given.link is not None else Scenario(reference_model())
    sizes = _sizes(given, stdin)
    changes: dict[str, Any] = {"rows": sizes.rows} if given.size or given.csv else {}
    if given.model is not None:
        changes["model"] = one_line(given.model)
    if given.detail is not None:
        changes["detail"] = detail_level(given.detail)
    for name, limits in _NUMBERS.items():
        if (written := getattr(given, name)) is not None:
            changes[name] = whole_between(f"--{name}", written, limits)
    if given.cached is not None:
        changes["cached"] = share("--cached", given.cached)
    if given.batch:
        changes["batch"] = True
    changes |= _texts(given) | _currency(given)
    scenario = replace(scenario, **changes)
    _check_model(scenario.model)
    return scenario, sizes


def _texts(given: Namespace) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for name in ("prompt", "system"):
        text, tokens = getattr(given, name), getattr(given, f"{name}_tokens")
        if text is not None and tokens is not None:
            raise CostError("command_arguments", message=f"--{name} / --{name}-tokens")
        if text is not None:
            found[name] = text
        if tokens is not None:
            found[name] = whole_between(f"--{name}-tokens", tokens, TOKENS)
    return found


def _currency(given: Namespace) -> dict[str, object]:
    found: dict[str, object] = {}
    if given.currency is not None:
        found["currency"] = parse_currency(given.currency)
    if given.rate is not None:
        found["rate"] = parse_rate(given.rate)
    return found


def _sizes(given: Namespace, stdin: TextIO) -> SizesRead:
    """Sizes typed have to be right; of a CSV the good rows are kept, if there are any."""
    typed = parse_sizes("\n".join(given.size)) if given.size else SizesRead(())
    if typed.problems:
        raise typed.problems[0]
    if not given.csv:
        return typed
    read = read_sizes(_content(given.csv, stdin), shown(given.csv))
    if not read.rows:
        raise read.problems[0]
    if len(typed.rows) + len(read.rows) > MAX_ROWS:
        raise CostError("cost_rows", limit=MAX_ROWS)
    return replace(read, rows=typed.rows + read.rows)


def _content(name: str, stdin: TextIO) -> bytes:
    most = MAX_CSV_MEGABYTES * 1_000_000 + 1  # one byte more than is taken says that it's too many
    if name == "-":
        return stdin.buffer.read(most)
    try:
        with Path(name).open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise CostError("command_file", name=shown(name)) from error


def _check_model(name: str) -> None:
    model = find_model(name)
    if not model.known and (not model.like or _is_slip(name)):
        raise CostError("cost_model", model=shown(name), close=", ".join(close_to(name)))


def _is_slip(name: str) -> bool:
    """Whether an unknown name is rather mistyped ("gpt-4oo") than newer ("gpt-6.3-sol")."""
    return not priced_like(name) and bool(close_to(name, _SLIP))


def close_to(name: str, cutoff: float = 0.6) -> list[str]:
    """Ids like a name that no row has."""
    names = [each for model in catalogue() for each in (model.id, *model.examples)]
    return difflib.get_close_matches(name.lower(), names, _CLOSE, cutoff)
