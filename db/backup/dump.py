"""What is in a copy that pg_dump made, found by reading all of it.

The list at its beginning says nothing of the rows behind it. They are compressed with a checksum,
so that whoever has read them all knows that they are whole.
"""

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from components.errors import BackupError
from db.backup.copies import KNOWN, TABLES, Held
from db.backup.postgres_programs import ENVIRONMENT, find, first_error

_VERSION = "tuwen_schema"  # the table whose one row is the schema's version
_BEGIN = re.compile(rb'COPY (?:"(?:[^"]|"")+"|[^ ."]+)\.(\w+) \(.*\) FROM stdin;\n')
_END = b"\\.\n"
_UNREADABLE = "unsupported version"  # said of a copy that a later pg_dump has made


def look(copy: Path) -> Held:
    """What a copy holds.

    Raises BackupError: backup_foreign, backup_newer, backup_damaged, backup_no_program, and
    backup_program where a later pg_restore is needed.
    """
    command = [find("pg_restore"), "--data-only", "--file=-", str(copy.resolve())]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            command,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        try:
            assert process.stdout
            rows, version = _count(process.stdout)
        except BaseException:
            process.kill()
            raise
        failed = process.wait()
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    if failed:
        if _UNREADABLE in said:
            raise BackupError("backup_program", program="pg_restore", detail=first_error(said))
        raise BackupError("backup_damaged", path=str(copy))
    if version < 1:
        raise BackupError("backup_foreign", path=str(copy))
    if version > KNOWN:
        raise BackupError("backup_newer", path=str(copy), found=version, known=KNOWN)
    return Held(**{name: rows[name] for name in TABLES})


def _count(lines: Iterable[bytes]) -> tuple[Counter[str], int]:
    """(rows by table, the schema's version or 0)."""
    rows: Counter[str] = Counter()
    version = 0
    for table, row in _rows(lines):
        rows[table] += 1
        if table == _VERSION and row.strip().isdigit():
            version = int(row)
    return rows, version


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """(table, row): a row is a line, as line ends in values are written as \\n."""
    table = None
    for line in lines:
        if table is None:
            begin = _BEGIN.fullmatch(line)
            table = begin[1].decode() if begin else None
        elif line == _END:
            table = None
        else:
            yield table, line
