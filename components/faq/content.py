"""Reads the questions and answers."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from components.faq.figures import with_figures
from components.faq.types import Answer, Group, Source
from components.i18n import LANGUAGES

_HERE = Path(__file__).parent
_HEADING = re.compile(r"^## (.+) \{#([a-z0-9-]+)\}$", re.MULTILINE)
_KEYS = {"checked", "sources", "related", "live", "words", "aliases"}


def groups(lang: str) -> tuple[Group, ...]:
    """The groups in the order in which they are shown."""
    return tuple(Group(id, head["title"][_known(lang)]) for id, head, _ in _index())


def faq(lang: str) -> tuple[Answer, ...]:
    """Every answer, group after group, in the order of the Markdown files."""
    return _faq(_known(lang), today())


def top(lang: str) -> tuple[Answer, ...]:
    """The questions that come first, whatever their group: what people ask most."""
    by_slug = {answer.slug: answer for answer in faq(lang)}
    return tuple(by_slug[slug] for slug in _top())


def find(lang: str, slug: str) -> Answer | None:
    """The answer with this slug or older slug; None when there is none."""
    slug = slug.strip().lower()
    slug = _aliases().get(slug, slug)
    return next((answer for answer in faq(lang) if answer.slug == slug), None)


def today() -> date:
    """Some prices change on a known day, so what is read is kept for a day and no longer."""
    return datetime.now(UTC).date()


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else "en"


@lru_cache(maxsize=2 * len(LANGUAGES))
def _faq(lang: str, day: date) -> tuple[Answer, ...]:
    return tuple(
        _answer(lang, group, slug, question, text, facts)
        for group, _, entries in _index()
        for slug, question, text in _sections(lang, group)
        for facts in (entries[slug],)
    )


def _answer(
    lang: str, group: str, slug: str, question: str, text: str, facts: Mapping[str, Any]
) -> Answer:
    return Answer(
        slug=slug,
        group=group,
        question=question,
        text=with_figures(text, lang),
        checked=facts["checked"],
        sources=tuple(_source(lang, key) for key in facts["sources"]),
        related=tuple(facts.get("related", ())),
        live=facts.get("live"),
        words=tuple(facts.get("words", ())),
    )


def _source(lang: str, key: str) -> Source:
    found = _sources()[key]
    return Source(key, found["title"][lang], found.get("url"))


def _sections(lang: str, group: str) -> list[tuple[str, str, str]]:
    """(slug, question, Markdown) of a file."""
    parts = _HEADING.split((_HERE / lang / f"{group}.md").read_text("utf-8"))
    return [
        (slug, question, text.strip())
        for question, slug, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]


@cache
def _index() -> tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...]:
    """(group, its head, slug -> facts), as the groups are ordered."""
    found = []
    for path in (_HERE / "index").glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        head = data.pop("group")
        for slug, facts in data.items():
            if extra := facts.keys() - _KEYS:
                raise ValueError(f"{path.name}: {slug} has unknown keys {sorted(extra)}")
        found.append((path.stem, head, data))
    return tuple(sorted(found, key=lambda each: each[1]["order"]))


@cache
def _top() -> tuple[str, ...]:
    return tuple(tomllib.loads((_HERE / "top.toml").read_text("utf-8"))["slugs"])


@cache
def _sources() -> Mapping[str, Any]:
    return tomllib.loads((_HERE / "sources.toml").read_text("utf-8"))


@cache
def _aliases() -> Mapping[str, str]:
    return {
        alias: slug
        for _, _, entries in _index()
        for slug, facts in entries.items()
        for alias in facts.get("aliases", ())
    }
