"""The password in DATABASE_URL reaches the server, and nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import make_url

from tests.support.postgres import Postgres, make, shared
from tests.unit.db.backup.backing_up import fill_large, programs_of, ran, start

# With what means something in a passfile, a connection string and a URL.
PASSWORD = r"hunter2:ca\na'ry @/%"
WRONG = "hunter3:canary"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Postgres]:
    """A server that lets `keeper` in by the password alone."""
    shared()  # skips where there can be none
    server = make()
    rules = Path(server.server.pgdata) / "pg_hba.conf"
    rules.write_text(f"local all keeper scram-sha-256\n{rules.read_text()}")
    quoted = PASSWORD.replace("'", "''")
    server.execute(
        f"CREATE ROLE keeper LOGIN PASSWORD '{quoted}'",
        "CREATE DATABASE old OWNER keeper",
        "CREATE DATABASE new OWNER keeper",
        "SELECT pg_reload_conf()",
    )
    yield server
    server.close()


def url_of(server: Postgres, database: str, password: str) -> str:
    url = make_url(server.url(database)).set(username="keeper", password=password)
    return url.render_as_string(hide_password=False)


def seen_of(process, found: dict[str, bytes]) -> None:  # type: ignore[no-untyped-def]
    """Arguments and environments of the programs that a command runs, by their names.

    Between fork and exec a child is the command itself once more, and has what that was given.
    """
    for each in programs_of(process):
        try:
            name, place = each.name(), Path(f"/proc/{each.pid}")
            if name == psutil.Process(process.pid).name():
                continue
            found[name] = found.get(name, b"") + b"".join(
                (place / part).read_bytes() for part in ("cmdline", "environ")
            )
        except (psutil.Error, OSError):
            continue


def files_of(folder: Path) -> bytes:
    raw = b""
    for path in folder.rglob("*"):
        try:
            raw += path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue
    return raw


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_a_password_is_in_no_argument_environment_output_or_file(
    guarded: Postgres, tmp_path: Path
) -> None:
    old, new = (url_of(guarded, name, PASSWORD) for name in ("old", "new"))
    fill_large(old, 4, 2_000_000)
    for folder in ("temporary", "backups"):
        (tmp_path / folder).mkdir()
    path = f"{guarded.programs}{os.pathsep}{os.environ['PATH']}"
    seen: dict[str, bytes] = {}
    written = b""

    def watched(url: str, *arguments: str) -> str:
        nonlocal written
        temporary = str(tmp_path / "temporary")
        process = start(url, *arguments, path=path, TMPDIR=temporary)
        while process.poll() is None:
            seen_of(process, seen)
            written += files_of(tmp_path / "temporary")
        done = ran(process)
        assert done.code == 0, done
        return done.out + done.errors

    said = watched(old, "backup", "--to", str(tmp_path / "backups"))
    (copy,) = (tmp_path / "backups").iterdir()
    said += watched(new, "restore", str(copy))
    assert {"pg_dump", "pg_restore"} <= seen.keys()
    assert b"passfile=" in seen["pg_dump"]
    assert b"--single-transaction" in seen["pg_restore"]
    everything = b"".join(seen.values()) + written + said.encode() + files_of(tmp_path)
    assert b"hunter2" not in everything
    assert b"DATABASE_URL" not in b"".join(seen.values())
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_wrong_password_is_refused_and_not_repeated(guarded: Postgres, tmp_path: Path) -> None:
    url = url_of(guarded, "old", WRONG)
    path = f"{guarded.programs}{os.pathsep}{os.environ['PATH']}"
    place = f"{make_url(url).query['host']}/old"
    done = ran(start(url, "backup", "--to", str(tmp_path / "backups"), path=path))
    assert done.code == 1
    assert place in done.errors
    assert "hunter" not in done.errors + done.out
    assert list((tmp_path / "backups").iterdir()) == []
