"""Running PostgreSQL's own programs, which get the password by a file without a name.

Arguments can be read by everybody on the machine, the environment by whoever is the same user, and
a file with a name is left behind by a kill.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg import Connection
from psycopg.conninfo import make_conninfo

from components.errors import BackupError

# Nothing of our environment, which has DATABASE_URL and keys; messages in English.
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
_DETAIL = 300  # characters


@dataclass(frozen=True)
class Access:
    """How a connection was made. parameters: libpq's, without any secret. major: the server's."""

    parameters: dict[str, str]
    major: int
    password: str = field(repr=False)


def access_of(connection: Connection[object]) -> Access:
    """As `connection` was made, whatever part of that came from the environment."""
    parameters = {
        option.keyword.decode(): option.val.decode()
        for option in connection.pgconn.info
        # A dispchar marks secrets and what is for debugging.
        if option.val is not None and option.val != option.compiled and not option.dispchar
    }
    if parameters.get("sslcertmode") == "allow":  # the default, unknown before PostgreSQL 16
        del parameters["sslcertmode"]
    parameters.pop("passfile", None)
    info = connection.info
    return Access(parameters, info.server_version // 10_000, info.password)


def find(name: str, least: int = 0) -> str:
    """The path of a program of PostgreSQL `least` or later.

    Raises BackupError: backup_no_program, backup_old_program.
    """
    path = shutil.which(name)
    if path is None:
        raise BackupError("backup_no_program", program=name)
    asked = [path, "--version"]
    said = subprocess.run(asked, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", said.stdout)
    if version is None:
        raise BackupError("backup_program", program=name, detail=first_error(said.stderr))
    if int(version[1]) < least:
        raise BackupError("backup_old_program", program=name, found=version[1], needed=least)
    return path


def run(program: str, arguments: Sequence[str], access: Access) -> None:
    """Run a program on a database. Raises BackupError: backup_program with what it said."""
    with _passfile(access.password) as file:
        given = {"passfile": f"/dev/fd/{file}"} if access.password else {}
        where = make_conninfo("", **access.parameters, **given)
        done = subprocess.run(
            [program, f"--dbname={where}", "--no-password", *arguments],
            env=ENVIRONMENT,
            pass_fds=(file,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        if access.password:
            said = said.replace(access.password, "***")
        name = os.path.basename(program)
        raise BackupError("backup_program", program=name, detail=first_error(said))


def first_error(said: str) -> str:
    """Of what a program said, the line that tells why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line.partition("error: ")[2] for line in lines if "error: " in line]
    return (errors or lines or ["?"])[0][:_DETAIL].rstrip(".")


@contextmanager
def _passfile(password: str) -> Iterator[int]:
    """https://www.postgresql.org/docs/current/libpq-pgpass.html: of every host and user, as
    the program is told just one. It is 0600, or libpq wouldn't read it."""
    escaped = re.sub(r"([\\:])", r"\\\1", password)
    with tempfile.TemporaryFile() as file:
        file.write(f"*:*:*:*:{escaped}\n".encode())
        file.flush()
        yield file.fileno()
