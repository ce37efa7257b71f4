"""Two processes of the app on one database, nginx in front of them."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import Page

from tests.e2e.browser.running import RunningApp, free_port
from tests.e2e.cluster.proxy import Nginx

SECRET = "one secret for the cookies of both"


@dataclass
class Cluster:
    """`with Cluster(folder, database_url, base_url) as cluster:`

    database_url: what both get as DATABASE_URL. base_url: of the endpoint of both; tables: further
    tables of their secrets.toml. Nodes are counted from 1, as nginx's cookie does.
    """

    folder: Path
    database_url: str
    base_url: str = ""
    tables: str = ""
    count: int = 2
    nodes: list[RunningApp] = field(default_factory=list)
    proxy: Nginx = field(init=False)
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def url(self) -> str:
        """Where visitors come in."""
        return self.proxy.url

    def node(self, n: int) -> RunningApp:
        return self.nodes[n - 1]

    def other(self, n: int) -> int:
        return 3 - n

    def kill(self, n: int) -> None:
        """End a node without a word, as a crash would."""
        self.node(n).kill()

    def stop(self, n: int) -> None:
        """End a node as a new version of it would be put in: SIGTERM, and time to finish."""
        self.node(n).__exit__()

    def restart(self, n: int) -> None:
        """Start a node that has ended, at its old address."""
        self.node(n).__enter__()

    def address(self, n: int) -> str:
        """As nginx's log names a node."""
        return f"127.0.0.1:{self.node(n).port}"

    def __enter__(self) -> Self:
        env = {
            "DATABASE_URL": self.database_url,
            "STREAMLIT_SERVER_COOKIE_SECRET": SECRET,
        }
        for n in range(1, self.count + 1):
            app = RunningApp(
                self.folder / f"node{n}",
                self.base_url,
                tables=self.tables,
                env=env,
                port=free_port(),
            )
            self.nodes.append(app)
            app.__enter__()
            self._stack.callback(self._end, app)
        self.proxy = Nginx(self.folder / "nginx", [app.port for app in self.nodes])
        self._stack.enter_context(self.proxy)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @staticmethod
    def _end(app: RunningApp) -> None:
        if app.process is not None and app.process.poll() is None:
            app.__exit__()


def node_of(page: Page) -> int:
    """The node that a visitor's browser is bound to, by its cookie; 0 without one."""
    found = [c["value"] for c in page.context.cookies() if c["name"] == "tuwen_node"]
    return int(found[0]) if found else 0


def wait_for_node(page: Page, n: int, seconds: float = 30.0) -> None:
    """Wait until the visitor's browser is bound to a node."""
    deadline = time.monotonic() + seconds
    while node_of(page) != n:
        assert time.monotonic() < deadline, f"still at node {node_of(page)}"
        page.wait_for_timeout(100)
