"""The command's texts, in the language of the console or the one asked for."""

from collections.abc import Sequence

from components.i18n import LANGUAGES, t
from components.i18n.console import language_of
from components.settings import environment


def word(name: str) -> str:
    """A text of the help, for argparse."""
    return t(language_of(environment), f"cases.command.{name}").replace("%", "%%")


def asked_language(argv: Sequence[str]) -> str:
    """What follows `--lang`, before anything else is looked at: errors are said in it."""
    for each, following in zip(argv, [*argv[1:], ""], strict=False):
        asked = following if each == "--lang" else each.removeprefix("--lang=")
        if each.startswith("--lang") and asked in LANGUAGES:
            return asked
    return language_of(environment)
