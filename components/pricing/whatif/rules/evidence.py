"""What a model's rule rests on: documents, bills, and both figures where sources disagree."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from components import tokens
from components.i18n import t
from components.models import find_model
from components.tokens.cases import cases
from components.tokens.rules import rules
from components.tokens.types import Evidence

_FILE = Path(tokens.__file__).with_name("evidence.toml")


@dataclass(frozen=True)
class Disagreement:
    """Two sources that say different things. ours, theirs: figures (tokens, unless its text,
    `cost.evidence.disagree.<code>`, says otherwise); sources: URLs. example: the image that the
    figures are of (model, width, height, detail), {} for none. facts: further numbers in the text.
    """

    code: str
    ours: int
    theirs: int
    our_source: str
    their_source: str
    rules: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    example: Mapping[str, int | str] = field(default_factory=dict)
    facts: Mapping[str, int | str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Both figures and why ours is ours, as a sentence or two."""
        data = {**self.example, **self.facts, "ours": self.ours, "theirs": self.theirs}
        return t(lang, f"cost.evidence.disagree.{self.code}", **data)


@dataclass(frozen=True)
class RuleEvidence:
    """What a rule rests on. tolerance: its figures are right within +- this many tokens.

    checked: when the documents were last looked at; None for the built-in reader, which has none.
    documents, bills: URLs. disagreements: () when all agree.
    """

    rule: str
    evidence: Evidence
    tolerance: int
    checked: date | None
    documents: tuple[str, ...]
    bills: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]


def evidence_of(model: str) -> RuleEvidence | None:
    """What the image rule of `model` rests on; None for models without one."""
    name = find_model(model).image_rule
    if name is None:
        return None
    entry = rules()[name]
    documents = [row for row in _data()["documents"] if name in row["rules"]]
    return RuleEvidence(
        rule=name,
        evidence=entry.evidence,
        tolerance=entry.current.tolerance,
        checked=min((row["checked"] for row in documents), default=None),
        documents=tuple(row["url"] for row in documents),
        bills=_bills().get(name, ()),
        disagreements=disagreements_of(model),
    )


def disagreements_of(model: str) -> tuple[Disagreement, ...]:
    """Where sources disagree about `model` or its image rule; also of models that take no images
    (gpt-4-32k's context)."""
    known = find_model(model)
    # GPT-4 with vision goes by many names, so an alias is looked up as the model it stands for.
    return tuple(
        found
        for found in disagreements()
        if known.image_rule in found.rules or known.id in found.models
    )


@cache
def disagreements() -> tuple[Disagreement, ...]:
    """Every one that is known."""
    return tuple(_disagreement(row) for row in _data()["disagreements"])


def _disagreement(row: dict[str, Any]) -> Disagreement:
    about = {name: tuple(row.get(name, ())) for name in ("rules", "models")}
    return Disagreement(**{**row, **about})


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _bills() -> Mapping[str, tuple[str, ...]]:
    """rule -> where its bills are."""
    found: dict[str, dict[str, None]] = {}
    for case in cases():
        rule = case.count().rule
        if case.kind == "billed" and not case.anomaly and rule:
            found.setdefault(rule, {})[case.source] = None
    return {rule: tuple(urls) for rule, urls in found.items()}
