"""`import FILE [--out BUNDLE.zip]`: reads a file of any format, and writes our own."""

from argparse import Namespace
from typing import Any, TextIO

from components.cases.command.output import put
from components.cases.command.reading import parser_of, read_asked, tell, tell_written
from components.cases.command.words import word
from components.cases.formats import READ, write


def add(subparsers: Any) -> None:
    """Its arguments."""
    parser = parser_of(subparsers, "import")
    parser.add_argument("--format", choices=READ, help=word("format"))
    parser.set_defaults(run=run)


def run(asked: Namespace, out: TextIO) -> int:
    """0. Raises CaseError."""
    found = read_asked(asked, asked.format)
    tell(asked, found, found.losses, out)
    if asked.out:
        put(asked.out, write(found.cases, "tuwen"), asked.force)
        tell_written(asked, out)
    return 0
