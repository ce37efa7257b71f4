"""Backup and restore on the command line; see db.backup.copying.

python -m components.backup_command backup --to folder
python -m components.backup_command restore file

Starts at once: what serves the pages isn't loaded.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, TextIO

from components.errors import AppError
from components.i18n import t
from components.i18n.console import language_of
from components.i18n.sentence import joined, sentence
from components.settings import Given, environment, secrets_of_file
from components.settings.schema import DATABASE_URL
from db.backup.copies import Copy
from db.backup.copying import back_up, restore
from db.place import ROOT, database_url

REFUSED, WRONG_USAGE = 1, 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, in the language of whoever asks."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE)


def main(argv: Sequence[str], out: TextIO, errors: TextIO) -> int:
    """Exit code: 0, 1 where it was refused. Raises SystemExit with 2 for wrong usage."""
    lang = language_of(environment)
    asked = _parse(argv, lang)
    try:
        url = database_url(Given(environment, secrets_of_file(ROOT)).read(DATABASE_URL))
        if asked.what == "backup":
            made = back_up(url, asked.to, datetime.now(UTC))
        else:
            made = restore(url, asked.copy)
    except AppError as error:
        # command: some next steps are others here than on a page.
        what, then = sentence(lang, error.code, {**error.data, "command": "yes"})
        print(joined(what, then), file=errors)
        return REFUSED
    print(_said(lang, f"ui.backup.{asked.what}", made), file=out)
    return 0


def _parse(argv: Sequence[str], lang: str) -> argparse.Namespace:
    parser = _Parser(prog="backup_command", usage=t(lang, "ui.backup.usage"), allow_abbrev=False)
    commands = parser.add_subparsers(dest="what", required=True)
    one = commands.add_parser("backup", usage=t(lang, "ui.backup.usage"), allow_abbrev=False)
    one.add_argument("--to", type=Path, default=ROOT / "backups")
    other = commands.add_parser("restore", usage=t(lang, "ui.backup.usage"), allow_abbrev=False)
    other.add_argument("copy", type=Path)
    return parser.parse_args(argv)


def _said(lang: str, key: str, made: Copy) -> str:
    held = made.held
    return t(
        lang,
        key,
        place=made.place,
        mb=made.size / 1e6,
        conversations=held.conversations,
        messages=held.messages,
        images=held.images,
        comparisons=held.comparisons,
    )


def _stopped(number: int, _frame: object) -> NoReturn:
    """As an exception, so that what isn't whole is removed and pg_dump ends as well."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stopped)
    sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
