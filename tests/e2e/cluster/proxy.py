"""nginx with deploy/nginx.conf, as a process of its own."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.e2e.browser.running import ROOT, free_port
from tests.support.waiting import until

CONF = ROOT / "deploy" / "nginx.conf"
NODES = ("172.28.7.11:8501", "172.28.7.12:8501")  # as the file names them
MISSING = (
    "no nginx on this machine: the tests of two processes behind it are left out "
    "(Debian or Ubuntu: sudo apt-get install nginx)"
)


def nginx() -> str | None:
    """Path of an nginx, None without one. Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def configured(conf: str, port: int, nodes: Sequence[int], folder: Path) -> str:
    """The file's text with addresses and paths of this machine; nothing else is another.

    port: where nginx listens; nodes: ports of the app's processes; folder: for its files.
    """
    changes = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "/tmp/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
        **{address: f"127.0.0.1:{node}" for address, node in zip(NODES, nodes, strict=True)},
    }
    for old, new in changes.items():
        assert old in conf, f"{old} is not in {CONF.name}"
        conf = conf.replace(old, new)
    return conf


@dataclass
class Nginx:
    """`with Nginx(folder, ports) as proxy:` serves in front of these ports until the block ends."""

    folder: Path
    nodes: Sequence[int]
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def access_log(self) -> str:
        return (self.folder / "access.log").read_text("utf-8")

    def served(self, path: str) -> list[str]:
        """Of each request to `path` so far: the address of the node that answered it."""
        lines = [json.loads(line) for line in self.access_log.splitlines()]
        return [line["node"].split(", ")[-1] for line in lines if line["path"] == path]

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        conf = self.folder / "nginx.conf"
        conf.write_text(
            configured(CONF.read_text("utf-8"), self.port, self.nodes, self.folder), "utf-8"
        )
        program = nginx()
        assert program is not None
        # As root it would leave its workers to a user who can't enter a test's folder.
        user = " user root;" if os.getuid() == 0 else ""
        command = [program, "-p", str(self.folder), "-c", str(conf), "-g", f"daemon off;{user}"]
        with (self.folder / "nginx.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(10)

    def _wait(self) -> None:
        until(self._listens, 10, "nginx did not start")

    def _listens(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "nginx.log").read_text("utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False
