"""`export FILE --format NAME [--out PATH]`: says what another format loses, then writes it."""

from argparse import Namespace
from typing import Any, TextIO

from components.cases.command.output import put
from components.cases.command.reading import all_losses, parser_of, read_asked, tell, tell_written
from components.cases.command.words import word
from components.cases.formats import READ, WRITTEN, write


def add(subparsers: Any) -> None:
    """Its arguments."""
    parser = parser_of(subparsers, "export")
    parser.add_argument("--from", choices=READ, dest="came", help=word("from"))
    parser.add_argument("--format", choices=WRITTEN, required=True, help=word("format_out"))
    parser.set_defaults(run=run)


def run(asked: Namespace, out: TextIO) -> int:
    """0. Raises CaseError."""
    found = read_asked(asked, asked.came)
    made = write(found.cases, asked.format)
    tell(asked, found, all_losses(found, made), out)
    if asked.out:
        put(asked.out, made, asked.force)
        tell_written(asked, out)
    return 0
