"""What both languages agreed on: one word for one thing, and marks as people write them."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from components.i18n import texts
from tests.support.paths import ROOT

_HAN = "[\u4e00-\u9fff]"

# What no text says, and what it says instead.
RULES = {
    "zh": {
        "您": "你",
        "精度": "细节级别",
        "比较": "对比",
        "端点": "接口",
        "批处理": "批量",
        "识读器": "内置 OCR",
        r"[。：！？；，、] ": "no space after a mark",
        rf"{_HAN} +{_HAN}": "no space between characters",
        rf"{_HAN}[,;!?]|{_HAN}:(?!/)|[,;:!?]{_HAN}": "full-width marks",
        r"(?<!…)…(?!…)|\.\.\.": "……",
    },
    "en": {
        r"(?i)\bpictures?\b": "image",
        r"(?i)\bpick(s|ed|ing)?\b": "select",
        r"(?i)\bgo(es)? again\b|\bsent again\b": "resent",
        r"(?i)\btakes? no\b": "doesn't support",
        r"[\d}] %": "no space before %",
        r"\.\.\.": "…",
    },
}
# A word that is right where it stands, with what it means there.
ALLOWED = {
    ("zh", "比较", "presets.question"): "asks a model to weigh things up; no name of the page",
    ("en", r"(?i)\bpick(s|ed|ing)?\b", "faq/sending"): "the service picks a level by itself",
    ("en", r"(?i)\bpick(s|ed|ing)?\b", "faq/tuning"): "the model picks up a pattern",
    ("en", r"(?i)\bpictures?\b", "samples.sample.9"): "quotes the drawn paper",
}


def _leaves(table: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(table, str):
        yield name, table
    elif isinstance(table, dict | list):
        for key, value in table.items() if isinstance(table, dict) else enumerate(table):
            yield from _leaves(value, f"{name}.{key}")


def _all(lang: str) -> Iterator[tuple[str, str]]:
    """Where it stands, and the text without code and what is filled in."""
    said = list(texts(lang).items())
    for path in sorted((ROOT / "components/faq" / lang).glob("*.md")):
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            said.append((f"faq/{path.stem}:{n}", line.partition(" {#")[0]))
    for data in ("presets/presets", "presets/systems", "samples/samples", "faq/index"):
        path = ROOT / "components" / data
        for file in sorted(path.glob("*.toml")) or [path.with_suffix(".toml")]:
            for key, text in _leaves(tomllib.loads(file.read_text("utf-8")), file.stem):
                if key.endswith(f".{lang}"):
                    said.append((key, text))
    for where, text in said:
        yield where, re.sub(r"`[^`]*`|\{[^}]*[a-z_]:[a-z][^}]*\}", "·", text)


@pytest.mark.parametrize("lang", RULES)
def test_every_text_keeps_to_the_words(lang: str) -> None:
    found = list(_all(lang))
    assert len(found) > 1500
    allowed = [(rule, where) for of, rule, where in ALLOWED if of == lang]
    broken = {
        (where, instead): text
        for where, text in found
        for rule, instead in RULES[lang].items()
        if re.search(rule, re.sub(r"\{\w+[^}]*\}", "{}", text))
        and not any(rule == one and where.startswith(place) for one, place in allowed)
    }
    assert broken == {}


def test_what_is_allowed_is_still_said() -> None:
    for lang, rule, place in ALLOWED:
        assert any(w.startswith(place) and re.search(rule, t) for w, t in _all(lang)), place
