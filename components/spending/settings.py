"""Limits as the server is started with them, and the figures of settings.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from components.errors import ConfigError
from components.settings import Given, schema
from components.spending.store import Limits, Rules


@cache
def load() -> Mapping[str, Any]:
    """settings.toml, read once."""
    return tomllib.loads(Path(__file__).with_name("settings.toml").read_text("utf-8"))


def limits_from(
    env: Mapping[str, str], secrets: Mapping[str, object]
) -> tuple[Rules, list[ConfigError]]:
    """The limits that are set, for each person and for all together, and which settings can't be
    used. A limit that can't be read is 0: a typing error must not open the purse."""
    given = Given(env, secrets)
    person = Limits(
        given.read(schema.LIMIT_REQUESTS_MINUTE),
        given.read(schema.LIMIT_IMAGES_DAY),
        given.read(schema.LIMIT_USD_DAY),
        given.read(schema.LIMIT_USD_MONTH),
    )
    everybody = Limits(
        given.read(schema.LIMIT_ALL_REQUESTS_MINUTE),
        given.read(schema.LIMIT_ALL_IMAGES_DAY),
        given.read(schema.LIMIT_ALL_USD_DAY),
        given.read(schema.LIMIT_ALL_USD_MONTH),
    )
    table = secrets.get("limits")
    named = set(table) if isinstance(table, Mapping) else set()
    unknown = [
        ConfigError("config_limit_unknown", setting=f"limits.{name}")
        for name in named - schema.names_in("limits")
    ]
    return Rules(person, everybody), [*given.problems, *unknown]
