"""What the command takes."""

import argparse
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from components.i18n import LANGUAGES, t
from components.pricing.whatif.errors import CostError

_VALUES = {
    "model": "ID",
    "size": "WxH",
    "csv": "FILE",
    "detail": "LEVEL",
    "prompt": "TEXT",
    "prompt-tokens": "N",
    "system": "TEXT",
    "system-tokens": "N",
    "answer": "N",
    "turns": "N",
    "cached": "SHARE",
    "calls": "N",
    "days": "N",
    "currency": "CODE",
    "rate": "RATE",
    "link": "LINK",
    "csv-out": "FILE",
    "lang": "|".join(LANGUAGES),
}
_MORE: Mapping[str, Any] = {
    "size": {"action": "append", "default": []},
    "lang": {"choices": LANGUAGES},
}
_FLAGS = ("batch", "all-models", "json")
_NEGATIVE = re.compile(r"[-−–][0-9.０-９].*")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong as a CostError, so that it is said in one sentence and one place."""

    def error(self, message: str) -> NoReturn:
        raise CostError("command_arguments", message=message.rstrip("."))


def parse(argv: Sequence[str], lang: str) -> argparse.Namespace:
    """The arguments, as text; --size is a list. Prints the help and raises SystemExit for -h.

    Raises CostError command_arguments for what isn't an argument.
    """
    parser = _Parser(
        prog="python -m components.pricing",
        description=t(lang, "cost.command.description"),
        allow_abbrev=False,
    )
    for name, value in _VALUES.items():
        more = _MORE.get(name, {})
        parser.add_argument(f"--{name}", metavar=value, help=_help(lang, name), **more)
    for name in _FLAGS:
        parser.add_argument(f"--{name}", action="store_true", help=_help(lang, name))
    return parser.parse_args(_joined(argv))


def _joined(argv: Sequence[str]) -> list[str]:
    """`--size -5x5` as `--size=-5x5`: argparse would take -5x5 for an option of its own."""
    joined: list[str] = []
    for word in argv:
        before = joined[-1] if joined else ""
        if before.removeprefix("--") in _VALUES and _NEGATIVE.fullmatch(word):
            joined[-1] = f"{before}={word}"
        else:
            joined.append(word)
    return joined


def _help(lang: str, name: str) -> str:
    return t(lang, f"cost.command.help.{name.replace('-', '_')}").replace("%", "%%")
