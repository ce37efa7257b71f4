"""The texts of the command's help, in the language of the console."""

from components.i18n import t
from components.i18n.console import language_of
from components.settings import environment


def word(name: str) -> str:
    """A text of the help, for argparse."""
    return t(language_of(environment), f"cases.command.{name}").replace("%", "%%")
