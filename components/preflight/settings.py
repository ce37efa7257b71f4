"""The data files of this folder, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load(name: str) -> Mapping[str, Any]:
    """A TOML file of this folder, by its name without ending."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


def number(section: str, key: str) -> float:
    """A number of settings.toml. Raises KeyError when there is none."""
    return float(load("settings")[section][key])


def whole(section: str, key: str) -> int:
    """A whole number of settings.toml."""
    return int(number(section, key))
