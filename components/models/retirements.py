"""Announced last days by host, and what is recommended after them: data with sources."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from components.models.ids import readings

_FILE = Path(__file__).with_name("retirements.toml")
_HOSTS = {
    "openai": ("api.openai.com", "*.api.openai.com"),
    "azure": (
        "*.openai.azure.com",
        "*.services.ai.azure.com",
        "*.cognitiveservices.azure.com",
    ),
    "anthropic": ("api.anthropic.com",),
    "google": ("generativelanguage.googleapis.com", "*aiplatform.googleapis.com"),
}


@dataclass(frozen=True)
class Retirement:
    """day: None where no day is fixed. successors: as recommended, the likeliest first. official:
    the source is the vendor's own; copy: of which day it is, as that was given."""

    host: str
    day: date | None
    successors: tuple[str, ...]
    source: str
    official: bool
    copy: str


def retirement(model: str, host: str) -> Retirement | None:
    """What was announced for a model at a host ("host" or "host:port"); None where nothing is
    known. A name without a date stands for its latest version."""
    vendor = _vendor(host)
    if vendor is None:
        return None
    known = _known()[vendor]
    for name in readings(model):
        if name in known:
            return known[name]
    plain = model.strip().lower().rsplit("/", 1)[-1]
    versions = [each for name, each in known.items() if [*readings(name)][-1] == plain]
    return max(versions, key=lambda each: each.day or date.max, default=None)


def _vendor(host: str) -> str | None:
    name = host.lower().split(":")[0]
    return next(
        (vendor for vendor, at in _HOSTS.items() if any(fnmatch(name, each) for each in at)), None
    )


@cache
def _known() -> dict[str, dict[str, Retirement]]:
    found: dict[str, dict[str, Retirement]] = {vendor: {} for vendor in _HOSTS}
    for vendor, name, each in _rows():
        found[vendor][name] = each
    return found


def _rows() -> Iterator[tuple[str, str, Retirement]]:
    for row in tomllib.loads(_FILE.read_text("utf-8"))["retirements"]:
        each = Retirement(
            row["host"],
            row.get("retires"),
            tuple(row["successors"]),
            row["source"],
            row["official"],
            row["copy"],
        )
        for name in row["models"]:
            yield row["host"], name.lower(), each
