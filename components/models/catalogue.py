"""Reads catalogue.toml once and finds models in it."""

import re
import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from components.models.ids import readings
from components.models.nearest import nearest
from components.models.types import Model

_FILE = Path(__file__).with_name("catalogue.toml")
_FIELDS = {field.name for field in fields(Model)}
_own: list[dict[str, Any]] = []


@dataclass(frozen=True)
class _Catalogue:
    models: tuple[Model, ...]
    by_name: dict[str, Model]
    patterns: tuple[tuple[re.Pattern[str], Model], ...]
    names: tuple[tuple[str, Model], ...]
    default_order: tuple[str, ...]
    reference: str
    unknown_efforts: tuple[str, ...]


def catalogue() -> tuple[Model, ...]:
    """Every model of the catalogue, in its order: newest OpenAI models first."""
    return _catalogue().models


def default_order() -> tuple[str, ...]:
    """Ids of the models to prefer when nothing is chosen, best first."""
    return _catalogue().default_order


def reference_model() -> str:
    """Id of the model that estimates use when nothing is chosen."""
    return _catalogue().reference


@lru_cache(maxsize=1024)
def find_model(model_id: str) -> Model:
    """The model an endpoint calls `model_id`; never fails.

    An exact id or alias wins, then the id without owner, date and the like (see ids.py), then a
    family of open models by pattern. Anything else gives a Model with known=False that may take
    images: with the facts of the one that its name is nearest to, which `like` names, or, where
    there is none, without a rule to count them by.
    """
    known = _catalogue()
    for name in readings(model_id):
        if name in known.by_name:
            return known.by_name[name]
    plain = model_id.strip().lower().rsplit("/", 1)[-1]
    for pattern, model in known.patterns:
        if pattern.search(plain):
            return model
    unknown = Model(id=model_id, name=model_id, known=False, efforts=known.unknown_efforts)
    found = nearest(_plainest(model_id), known.names)
    return _like(unknown, *found) if found else unknown


def shown_name(model_id: str) -> str:
    """A model's name for people; the id where only the family that it is of is known."""
    model = find_model(model_id)
    return model.name if model.id == model_id and not model.examples else model_id


def priced_like(model_id: str) -> str:
    """Id of the model whose price is worth assuming for `model_id`: one that differs by its version
    alone. "" where there is none, and for models that have an entry of their own."""
    model = find_model(model_id)
    if model_id.startswith("ft:") or (model.known and not model.examples):
        return ""
    found = nearest(_plainest(model_id), _catalogue().names)
    return found[0] if found and found[2] else ""


def _plainest(model_id: str) -> str:
    return [*readings(model_id)][-1].rsplit("/", 1)[-1]


def _like(unknown: Model, name: str, model: Model, _: bool) -> Model:
    """An unknown model with another one's facts; its own dates and sources are nobody's guess."""
    return replace(
        model,
        id=unknown.id,
        name=unknown.name,
        known=False,
        like=name,
        efforts=model.efforts or unknown.efforts,
        examples=(),
        chat=True,
        retires=None,
        retires_status=None,
        data_until=None,
        reference=None,
    )


@cache
def _catalogue() -> _Catalogue:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    models: list[Model] = []
    by_name: dict[str, Model] = {}
    patterns: list[tuple[re.Pattern[str], Model]] = []
    for row in _with_own(data["models"]):
        row = {"family": row["id"], **data["families"].get(row.get("family"), {}), **row}
        model = _model(row)
        models.append(model)
        for name in (model.id, *row.get("aliases", ())):
            if by_name.setdefault(name, model) is not model and not _own:
                raise ValueError(f"{_FILE.name}: {name} stands for two models")
        if "pattern" in row:
            patterns.append((re.compile(row["pattern"]), model))
    return _Catalogue(
        models=tuple(models),
        by_name=by_name,
        patterns=tuple(patterns),
        names=tuple(
            (name.lower().rsplit("/", 1)[-1], model)
            for model in models
            for name in (model.id, *model.examples)
        ),
        default_order=tuple(data["default_order"]),
        reference=data["reference"],
        unknown_efforts=tuple(data["unknown_efforts"]),
    )


def use_own(rows: list[dict[str, Any]]) -> None:
    """Put the owner's rows before the catalogue's; one of the same id betters that one. Raises
    ValueError or TypeError, and leaves all as it was, for rows that can't be used."""
    global _own
    before, _own = _own, rows
    for kept in (_catalogue, find_model):
        kept.cache_clear()
    try:
        _catalogue()
    except Exception:
        _own = before
        raise


def _with_own(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {row["id"]: row for row in rows}
    mine = [{**known.get(row["id"], {}), **row} for row in _own]
    return mine + [row for row in rows if row["id"] not in {own["id"] for own in mine}]


def _model(row: dict[str, Any]) -> Model:
    extra = row.keys() - _FIELDS - {"aliases", "pattern"}
    if extra:
        raise ValueError(f"{_FILE.name}: {row['id']} has unknown keys {sorted(extra)}")
    values = {key: value for key, value in row.items() if key in _FIELDS}
    values["details"] = tuple(row.get("details", Model.details))
    values["efforts"] = tuple(row.get("efforts", ()))
    values["examples"] = tuple(row.get("examples", ()))
    values["refuses"] = frozenset(row.get("refuses", ()))
    values["image_rule_at"] = tuple(row.get("image_rule_at", {}).items())
    return Model(**values)
