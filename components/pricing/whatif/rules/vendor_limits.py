"""Reads vendor_limits.toml: what vendors take in one request."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from components.models import Model

_FILE = Path(__file__).with_name("vendor_limits.toml")


@dataclass(frozen=True)
class Limits:
    """See vendor_limits.toml for what each means; None where nothing is written down."""

    vendor: str
    source: str
    checked: date
    context: int | None = None
    images: int | None = None
    image_bytes: int | None = None
    request_bytes: int | None = None
    likely_bytes: int | None = None
    side: int | None = None
    many: int = 0
    side_many: int | None = None
    firm: bool = True


def limits_of(model: Model) -> Limits | None:
    """The documented limits of a model's vendor, None where there are none."""
    for found in _limits():
        if found.vendor == model.vendor and found.context in (None, model.context):
            return found
    return None


def bytes_per_pixel() -> float:
    """A guess at a file's size where only its pixels are known."""
    return float(_data()["bytes_per_pixel"])


def least_cached() -> int:
    """Tokens that the beginning of a request needs to be kept in a prompt cache."""
    return int(_data()["least_cached"])


@cache
def _limits() -> tuple[Limits, ...]:
    return tuple(Limits(**row) for row in _data()["limits"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
