"""Reads rules.toml: names -> rules, with their evidence and earlier eras."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from components.tokens.kinds import KINDS, ImageRule
from components.tokens.types import Evidence

_FILE = Path(__file__).with_name("rules.toml")
ERAS = ("current", "2025")


@dataclass(frozen=True)
class RuleEntry:
    """A named rule. eras: what was true earlier, where it differs."""

    name: str
    evidence: Evidence
    current: ImageRule
    eras: Mapping[str, ImageRule]

    def at(self, era: str) -> ImageRule:
        return self.eras.get(era, self.current)


_own: dict[str, Any] = {}


def use_own(table: dict[str, Any]) -> None:
    """Add the owner's rules, or put them in place of ours. Raises KeyError or TypeError, and leaves
    all as it was, for one that can't be used."""
    global _own
    before, _own = _own, table
    rules.cache_clear()
    try:
        rules()
    except Exception:
        _own = before
        raise


@cache
def rules() -> Mapping[str, RuleEntry]:
    """Every rule by name."""
    table = tomllib.loads(_FILE.read_text("utf-8")) | _own
    return {name: _entry(name, _complete(table, name)) for name in table}


def _complete(table: dict[str, Any], name: str) -> dict[str, Any]:
    row = dict(table[name])
    base = row.pop("like", None)
    return {**_complete(table, base), **row} if base else row


def _entry(name: str, row: dict[str, Any]) -> RuleEntry:
    kind = KINDS[row.pop("kind")]
    evidence: Evidence = row.pop("evidence")
    eras = row.pop("eras", {})
    return RuleEntry(
        name=name,
        evidence=evidence,
        current=kind(**row),
        eras={era: kind(**{**row, **changes}) for era, changes in eras.items()},
    )
