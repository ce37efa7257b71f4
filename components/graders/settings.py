"""A grader's settings, read with their types."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from components.graders.types import GraderError, short

_LONGEST = 100_000  # characters of a text that answers are compared with


class Settings:
    """Raises GraderError grader_missing and grader_setting for what isn't there or of no use."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.grader = str(given.get("grader", ""))

    def has(self, key: str) -> bool:
        return self.given.get(key) is not None

    def missing(self, key: str) -> GraderError:
        return GraderError("grader_missing", grader=self.grader, setting=key)

    def bad(self, key: str) -> GraderError:
        return GraderError(
            "grader_setting", grader=self.grader, setting=key, value=short(self.given.get(key))
        )

    def text(self, key: str) -> str:
        """A text; a number is one as well."""
        if not self.has(key):
            raise self.missing(key)
        return self._text(key, self.given[key])

    def texts(self, *keys: str) -> tuple[str, ...]:
        """One text or a list of them, at least one, of the first key that there is."""
        key = next((each for each in keys if self.has(each)), None)
        if key is None:
            raise self.missing(keys[0])
        value = self.given[key]
        if not isinstance(value, list):
            return (self._text(key, value),)
        if not value:
            raise self.bad(key)
        return tuple(self._text(key, each) for each in value)

    def _text(self, key: str, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise self.bad(key)
        text = str(value)
        if len(text) > _LONGEST:
            raise self.bad(key)
        return text

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """A finite number, also as text; default None: it has to be there."""
        if not self.has(key):
            if default is None:
                raise self.missing(key)
            return default
        try:
            value = Decimal(self._text(key, self.given[key]).strip())
        except InvalidOperation as error:
            raise self.bad(key) from error
        if not value.is_finite() or abs(value.adjusted()) > 300:
            raise self.bad(key)
        return value

    def share(self, key: str, default: str) -> float:
        """A number from 0 on."""
        value = self.decimal(key, Decimal(default))
        if value < 0:
            raise self.bad(key)
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.given.get(key, False)
        if not isinstance(value, bool):
            raise self.bad(key)
        return value

    def one_of(self, key: str, options: tuple[str, ...], default: str) -> str:
        value = self.given.get(key, default)
        if value not in options:
            raise self.bad(key)
        return str(value)

    def table(self, key: str) -> Mapping[str, Any]:
        """An object of JSON."""
        value = self.given.get(key)
        if not isinstance(value, Mapping):
            raise self.bad(key) if self.has(key) else self.missing(key)
        return value
