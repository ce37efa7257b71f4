"""Every text of the app, in Chinese and English, and one function.

Texts are TOML: `en/<area>.toml` and `zh/<area>.toml`, the file's name being the first part of
the key (`error.provider.toml` belongs to `error`). A test demands the same keys and the same
placeholders in both languages.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}  # as documents name them
_HERE = Path(__file__).parent


def texts(lang: str) -> Mapping[str, str]:
    """All texts of one language, flat: `area.section.name` -> text. Read from disk once."""
    return _load(lang if lang in LANGUAGES else "en")


def t(lang: str, key: str, **values: object) -> str:
    """The text `key` in `lang`, its `{placeholders}` filled.

    Raises KeyError for an unknown key or a placeholder without a value: a missing text is a
    bug that tests must see. Values are inserted as they are; formats (`{n:,}`) work.
    """
    text = texts(lang)[key]
    return text.format(**values) if values else text


def placeholders(text: str) -> frozenset[str]:
    """The names a text expects, e.g. {"name", "limit"}."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@cache
def _load(lang: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in sorted((_HERE / lang).glob("*.toml")):
        found.update(_flatten(tomllib.loads(path.read_text("utf-8")), path.stem.split(".")[0]))
    return found


def _flatten(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}.{key}")
        else:
            yield f"{prefix}.{key}", str(value)
