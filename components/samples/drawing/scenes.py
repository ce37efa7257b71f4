"""What the pictures contain: the facts of scenes.toml, one table per picture."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _scenes() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parents[1] / "scenes.toml").read_text("utf-8")
    return tomllib.loads(text)


def scene(name: str) -> dict[str, Any]:
    """The facts of one picture. Raises KeyError for an unknown name."""
    return _scenes()[name]
