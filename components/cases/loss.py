"""What reading or writing a file changes or leaves out: codes with data, counted by cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.i18n import t, texts
from components.text import one_line


@dataclass(frozen=True)
class Loss:
    """One line of a report. cases: how many it concerns; 0 for the set as a whole."""

    code: str
    data: Mapping[str, Any]
    cases: int = 0


class Tally:
    """Losses as they come up, equal ones together, in the order of the first."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, tuple[tuple[str, Any], ...]], int] = {}
        self._examples: dict[str, str] = {}

    def case(self, code: str, *, example: str = "", **data: str | int) -> None:
        """Of one case. example: the `name` in the line, of the first of them."""
        if example:
            data["name"] = self._examples.setdefault(code, one_line(example)[:80])
        self._add(code, data, 1)

    def whole(self, code: str, **data: str | int) -> None:
        """Of the set as a whole."""
        self._add(code, data, 0)

    def _add(self, code: str, data: Mapping[str, Any], cases: int) -> None:
        key = (code, tuple(sorted(data.items())))
        self._counts[key] = self._counts.get(key, 0) + cases

    def lines(self) -> tuple[Loss, ...]:
        return tuple(Loss(code, dict(data), n) for (code, data), n in self._counts.items())


def said(lang: str, loss: Loss) -> str:
    """The line in `lang`: `3 cases: iou has no counterpart in promptfoo.`"""
    names = {name: _named(lang, name, value) for name, value in loss.data.items()}
    sentence = t(lang, f"cases.loss.{loss.code}").format(**names)
    if not loss.cases:
        return sentence
    many = "one" if loss.cases == 1 else "many"
    return t(lang, f"cases.concerned.{many}", n=loss.cases, what=sentence)


def _named(lang: str, name: str, value: Any) -> Any:
    """Formats and fields have names of their own in each language."""
    return texts(lang).get(f"cases.{name}.{value}", value)
