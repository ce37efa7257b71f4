"""A stranger's, and a member's, way to the real server without a browser."""

import http.client
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from components.access.passes import Passes
from components.ui.server.cookies import COOKIE
from tests.e2e.browser.running import RunningApp

PASSWORD = "a password for the tests"
SECRET = "a secret for the tests' cookies"


@contextmanager
def server(folder: Path, **env: str) -> Iterator[RunningApp]:
    """The app with a shared password."""
    settings = {
        "ACCESS_MODE": "password",
        "ACCESS_PASSWORD": PASSWORD,
        "STREAMLIT_SERVER_COOKIE_SECRET": SECRET,
    }
    with RunningApp(folder, env=settings | env) as app:
        yield app


def cookie() -> str:
    """Of a browser that has signed in."""
    return f"{COOKIE}={Passes(PASSWORD, SECRET).issue()}"


@dataclass
class Visit:
    """A page that is open, or just its socket."""

    app: RunningApp
    cookie: str = ""
    resume: str = ""
    socket: ClientConnection = field(init=False)
    session_id: str = ""

    def open(self, seconds: float = 30.0, **headers: str) -> "Visit":
        given = {"Cookie": self.cookie} if self.cookie else {}
        protocol = ["streamlit"] + (["token", self.resume] if self.resume else [])
        self.socket = connect(
            f"ws://127.0.0.1:{self.app.port}/_stcore/stream",
            subprotocols=[Subprotocol(each) for each in protocol],
            additional_headers=given | headers,
            max_size=None,
            legacy=True,
        )
        run = BackMsg()
        run.rerun_script.context_info.locale = "en-US"
        self.socket.send(run.SerializeToString())
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            message = self.next(seconds)
            if message.WhichOneof("type") == "new_session":
                self.session_id = message.new_session.initialize.session_id
                return self
        raise AssertionError("no session")

    def next(self, seconds: float = 30.0) -> ForwardMsg:
        data = self.socket.recv(seconds)
        assert isinstance(data, bytes)
        return ForwardMsg.FromString(data)

    def ids(self, count: int = 1) -> list[str]:
        """As a page asks for them before it sends files."""
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid.uuid4().hex
        asked.file_urls_request.session_id = self.session_id
        asked.file_urls_request.file_names.extend(["a.png"] * count)
        self.socket.send(asked.SerializeToString())
        while True:
            message = self.next()
            if message.WhichOneof("type") == "file_urls_response":
                return [each.file_id for each in message.file_urls_response.file_urls]

    def put(self, file_id: str, size: int, cookie: str | None = None) -> int:
        return put(self.app, self.session_id, file_id, size, self.cookie if cookie is None else "")


def put(app: RunningApp, session_id: str, file_id: str, size: int, cookie: str) -> int:
    """Send a file; the answer's status, 0 where the server hung up."""
    xsrf = request(app, "/_stcore/health")[1].get("xsrf", "")
    cookies = "; ".join(each for each in (xsrf, cookie) if each)
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n'
    body = head + b"x" * size + b"\r\n--b--\r\n"
    headers = {
        "Cookie": cookies,
        "X-Xsrftoken": xsrf.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=b",
    }
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=60)
    path = f"/_stcore/upload_file/{session_id}/{file_id}"
    # Refused before it was read; the answer may have come all the same.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request("PUT", path, body, headers)
    try:
        return connection.getresponse().status
    except (http.client.HTTPException, OSError):
        return 0
    finally:
        connection.close()


def request(
    app: RunningApp, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        answer = connection.getresponse()
        answer.read()
        found = {key.lower(): value for key, value in answer.getheaders()}
        cookies = [value for key, value in answer.getheaders() if key.lower() == "set-cookie"]
        # A proxy has a cookie of its own.
        found["xsrf"] = next((c.split(";")[0] for c in cookies if "_xsrf=" in c), "")
        return answer.status, found
    finally:
        connection.close()
