"""Findings and fixes in words."""

from collections.abc import Iterable, Sequence
from datetime import date

from components.i18n import t
from components.i18n.days import dated
from components.preflight.types import Finding, Fix

_LEVELS = ("detail", "lower", "used")


def sentence(finding: Finding, lang: str) -> str:
    """The finding in one sentence. Words from a picture or file stand in it as they are: escape
    them where they are shown as Markdown."""
    return t(lang, f"preflight.{finding.code}", **_named(dict(finding.data), lang))


def by_kind(found: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """Findings of the same kind about different images together, in the order of their first ones.
    What is about the whole question stands alone."""
    kinds: dict[tuple[str, int | None], list[Finding]] = {}
    for n, finding in enumerate(found):
        alone = n if finding.image is None else None
        kinds.setdefault((finding.code, alone), []).append(finding)
    return [tuple(kind) for kind in kinds.values()]


def merged(kind: Sequence[Finding], lang: str) -> str:
    """Findings of one kind in one sentence: `preflight.merged.<code>`; one alone as `sentence`."""
    if len(kind) == 1:
        return sentence(kind[0], lang)
    return t(lang, f"preflight.merged.{kind[0].code}", n=len({each.image for each in kind}))


def label(fix: Fix, lang: str) -> str:
    """What the fix's button says."""
    many = fix.kind in ("crop", "split", "cover") and len(fix.boxes) > 1
    key = f"preflight.fix.{fix.kind}{'_many' if many else ''}"
    return t(lang, key, **_named(fix.data, lang))


def _named(data: dict[str, object], lang: str) -> dict[str, object]:
    """Detail levels by their names, a day as people write it."""
    levels = {key: data[key] for key in _LEVELS if data.get(key)}
    named = {key: t(lang, f"preflight.level.{level}") for key, level in levels.items()}
    if day := data.get("date"):
        named["date"] = dated(date.fromisoformat(str(day)), lang)
    return {**data, **named}
