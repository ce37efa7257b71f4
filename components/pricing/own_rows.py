"""The owner's own models, image rules and prices, in one file beside the settings.

It has [[models]] as models/catalogue.toml, [rules.NAME] as tokens/rules.toml and [[prices]] as
pricing/overrides.toml; reason, source, library and checked of a price may be left out.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from components.errors import ConfigError
from components.models import catalogue, find_model
from components.models.catalogue import use_own as use_models
from components.pricing.overrides import rows_to_overrides
from components.pricing.overrides import use_own as use_prices
from components.pricing.own_checks import check_model, check_price, try_out
from components.settings import Given, secrets_of_file
from components.settings.schema import MODELS_FILE
from components.tokens.rules import rules
from components.tokens.rules import use_own as use_rules

_PARTS = {"models", "rules", "prices"}


def file_of(
    environ: Mapping[str, str], root: Path, secrets: Mapping[str, object] | None = None
) -> Path | None:
    """Where MODELS_FILE says, else models.toml beside the settings, if it is there. root: of the
    app; secrets: of Streamlit, read from its usual file where they aren't given.
    Raises ConfigError for a file of them that can't be read."""
    given = Given(environ, secrets_of_file(root) if secrets is None else secrets)
    wished = given.read(MODELS_FILE)
    if wished:
        return Path(wished)
    usual = root / ".streamlit" / "models.toml"
    return usual if usual.exists() else None


def use_file(path: Path) -> None:
    """Use what the file says, all or nothing. Raises ConfigError naming the file and place."""
    name = path.name
    place = ""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        if odd := data.keys() - _PARTS:
            raise ValueError(f"unknown part {min(odd)}")
        place = "[rules]"
        use_rules(
            {key: {"evidence": "assumed", **row} for key, row in data.get("rules", {}).items()}
        )
        for n, row in enumerate(data.get("models", ()), 1):
            place = f"[[models]] {n}"
            _check(row, name)
        place = "[[models]]"
        _each_once(row["id"] for row in data.get("models", ()))
        use_models(data.get("models", []))
        for model in catalogue():
            for rule in (model.image_rule, *(rule for _, rule in model.image_rule_at)):
                if rule is not None and rule not in rules():
                    place = f"[[models]] {model.id}"
                    raise ValueError(f"image_rule {rule}")
        for row in data.get("models", ()):
            place = f"[[models]] {row['id']}"
            try_out(row["id"])
        for n, row in enumerate(data.get("prices", ()), 1):
            place = f"[[prices]] {n}"
            check_price(row)
            row["model"] = row["model"].strip().lower()
            for key, value in {"source": name, "reason": "", "library": ""}.items():
                row.setdefault(key, value)
            row["file"] = name
            row.setdefault("checked", date.fromtimestamp(path.stat().st_mtime))
            rows_to_overrides([row])
        place = "[[prices]]"
        _each_once(row["model"] for row in data.get("prices", ()))
        use_prices(rows_to_overrides(data.get("prices", ())))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        use_models([])
        use_rules({})
        use_prices({})
        why = f"{type(error).__name__}: {error}" if isinstance(error, KeyError) else str(error)
        where = f"{place}: {why}" if place else why
        raise ConfigError("config_models", setting=name, where=where[:300]) from None


def _check(row: dict[str, Any], file: str) -> None:
    check_model(row)
    row.setdefault("name", row["id"])
    row.setdefault("source", file)
    if "retires" in row:
        row.setdefault("retires_status", "announced")
    row["file"] = file
    use_models([row])
    if find_model(row["id"].strip().lower()).id != row["id"]:
        raise ValueError(f"id {row['id']}: write it in lower case")


def _each_once(ids: Iterable[str]) -> None:
    """Raises ValueError for an id that stands twice."""
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"{each} stands twice")
        seen.add(each)
