"""The command, from its arguments to its exit code."""

import argparse
from collections.abc import Sequence
from typing import NoReturn, TextIO

from components.cases.command import export, grade, import_, report, run
from components.cases.command.services import Open
from components.cases.command.words import word
from components.cases.errors import CaseError
from components.errors import AppError
from components.i18n.console import asked_language, language_of
from components.i18n.sentence import joined, sentence
from components.settings import environment

_BAD_INPUT = 2
_COMMANDS = (import_, export, grade, run, report)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong as a CaseError, so that it is said in one sentence and one place."""

    def error(self, message: str) -> NoReturn:
        raise CaseError("cases_arguments", message=message.rstrip("."))


def main(argv: Sequence[str], stdout: TextIO, stderr: TextIO, services: Open | None = None) -> int:
    """The exit code; 2 and one sentence on stderr for what can't be read. Prints the help and
    raises SystemExit for -h. services: opened by the commands that ask or read runs."""
    parser = _Parser(
        prog="python -m components.cases",
        description=word("description"),
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for each in _COMMANDS:
        each.add(commands)
    try:
        asked = parser.parse_args(argv)
        asked.open = services
        code: int = asked.run(asked, stdout)
    except AppError as error:
        lang = asked_language(argv, language_of(environment))
        print(joined(*sentence(lang, error.code, error.data)), file=stderr)
        return _BAD_INPUT
    return code
