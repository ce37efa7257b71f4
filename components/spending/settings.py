"""Limits as the server is started with them, and the figures of settings.toml."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from components.spending.errors import LimitError
from components.spending.store import Limits, Rules

_MOST_DAYS = 36_500
_WHOLE = ("requests_minute", "images_day")
_MONEY = ("usd_day", "usd_month")


@cache
def load() -> Mapping[str, Any]:
    """settings.toml, read once."""
    return tomllib.loads(Path(__file__).with_name("settings.toml").read_text("utf-8"))


def limits_from(
    env: Mapping[str, str], secrets: Mapping[str, object]
) -> tuple[Rules, list[LimitError]]:
    """The limits that are set, and which settings can't be used.

    LIMIT_REQUESTS_MINUTE, LIMIT_IMAGES_DAY, LIMIT_USD_DAY and LIMIT_USD_MONTH are for each
    person, LIMIT_ALL_... for all together; so are requests_minute and all_requests_minute ... in
    the table `[limits]` of secrets. The environment goes first; empty means none. A limit that
    can't be read is 0: a typing error must not open the purse.
    """
    table = secrets.get("limits", {})
    if not isinstance(table, Mapping):
        nothing = Limits(0, 0, Decimal(0), Decimal(0))
        return Rules(nothing, nothing), [LimitError("config_limit", setting="limits")]
    known = {f"{who}{name}" for who in ("", "all_") for name in _WHOLE + _MONEY}
    unknown = [
        LimitError("config_limit_unknown", setting=f"limits.{name}")
        for name in table.keys() - known
    ]
    errors: list[LimitError] = []

    def read(who: str) -> Limits:
        def value(name: str, parse: Callable[[str], Any]) -> Any:
            return _value(f"{who}{name}", env, table, parse, errors)

        return Limits(*(value(n, _whole) for n in _WHOLE), *(value(n, _money) for n in _MONEY))

    return Rules(read(""), read("all_")), [*errors, *unknown]


def number_from(
    env: Mapping[str, str],
    secrets: Mapping[str, object],
    name: str,
    most: int = _MOST_DAYS,
    least: int = 1,
) -> tuple[int | None, list[LimitError]]:
    """A whole number from `least` to `most` (days, MB) by its name in the environment, e.g.
    RETENTION_DAYS, or in lower case in secrets; None when it isn't set or can't be used."""
    raw = env.get(name) or secrets.get(name.lower(), "")
    written = "" if isinstance(raw, bool) else str(raw).strip()
    if not written and not isinstance(raw, bool):
        return None, []
    if written.isascii() and written.isdecimal() and least <= int(written) <= most:
        return int(written), []
    return None, [LimitError("config_number", setting=name)]


def _value(
    name: str,
    env: Mapping[str, str],
    table: Mapping[str, object],
    parse: Callable[[str], Any],
    errors: list[LimitError],
) -> Any:
    setting = f"LIMIT_{name.upper()}"
    raw: object = env.get(setting, "").strip()
    if not raw:
        raw, setting = table.get(name, ""), f"limits.{name}"
    if raw == "" and not isinstance(raw, bool):
        return None
    try:
        # True would be 1.
        return parse("" if isinstance(raw, bool) else str(raw).strip())
    except (ValueError, InvalidOperation):
        errors.append(LimitError("config_limit", setting=setting))
        return parse("0")


def _whole(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) <= 9):
        raise ValueError
    return int(written)


def _money(written: str) -> Decimal:
    amount = Decimal(written)
    if not amount.is_finite() or not 0 <= amount <= 1_000_000:
        raise ValueError
    return amount
