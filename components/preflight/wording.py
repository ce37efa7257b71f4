"""Findings and fixes in words."""

from components.i18n import t
from components.preflight.types import Finding, Fix

_LEVELS = ("detail", "lower", "used")


def sentence(finding: Finding, lang: str) -> str:
    """The finding in one sentence. Words from a picture or file stand in it as they are: escape
    them where they are shown as Markdown."""
    return t(lang, f"preflight.{finding.code}", **_named(dict(finding.data), lang))


def label(fix: Fix, lang: str) -> str:
    """What the fix's button says."""
    many = fix.kind in ("crop", "split", "cover") and len(fix.boxes) > 1
    key = f"preflight.fix.{fix.kind}{'_many' if many else ''}"
    return t(lang, key, **_named(fix.data, lang))


def _named(data: dict[str, object], lang: str) -> dict[str, object]:
    """Detail levels by their names."""
    levels = {key: data[key] for key in _LEVELS if data.get(key)}
    return {**data, **{key: t(lang, f"preflight.level.{level}") for key, level in levels.items()}}
