"""A visit to a Streamlit page by its websocket, without a browser: what comes is only kept, with
its time, and read when everything is over, so that the load generator is no load itself."""

import asyncio
import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

SMALL = 200  # bytes; an answer's text is larger, the end of a run smaller
PARTS = (Opcode.CONT, Opcode.BINARY)


class Visit(asyncio.Protocol):
    """received: (time.perf_counter, bytes of a ForwardMsg) in order. idle: no run is going on.

    lost: the connection was, with what there is to say of it.
    """

    def __init__(self, url: str) -> None:
        host = urlsplit(url).netloc
        uri = parse_uri(f"ws://{host}/_stcore/stream")
        self._wire = ClientProtocol(uri, subprotocols=[Subprotocol("streamlit")], max_size=None)
        self.received: list[tuple[float, bytes]] = []
        self.idle = asyncio.Event()
        self.lost = ""
        self._open = asyncio.Event()
        self._message = b""
        self._left = False

    @classmethod
    async def begin(cls, url: str) -> "Visit":
        """Connect and wait until the page is drawn. Raises OSError, TimeoutError."""
        at = urlsplit(url)
        _, visit = await asyncio.get_running_loop().create_connection(
            lambda: cls(url), at.hostname or "", at.port or 80
        )
        async with asyncio.timeout(60):
            await visit._open.wait()
            visit.run(BackMsg())
            await visit.idle.wait()
        return visit

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._wire.send_request(self._wire.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._wire.receive_data(data)
        for each in self._wire.events_received():
            if not isinstance(each, Frame):
                self._open.set()
            elif each.opcode in PARTS:
                self._message += each.data
                if each.fin:
                    self._take(now, self._message)
                    self._message = b""
        self._flush()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._left:
            self.lost = f"closed {self._wire.close_code} {error or ''}".strip()
        self.idle.set()

    def run(self, message: BackMsg) -> None:
        """Ask for a run of the page."""
        self.idle.clear()
        message.rerun_script.context_info.locale = "en-US"
        message.rerun_script.context_info.timezone = "UTC"
        self._wire.send_binary(message.SerializeToString())
        self._flush()

    def submit(self, text: str, chat_input: str, page: str, query: str) -> float:
        """Send a question; returns when it left. chat_input: the widget's id."""
        message = BackMsg()
        message.rerun_script.page_script_hash = page
        message.rerun_script.query_string = query
        widget = message.rerun_script.widget_states.widgets.add(id=chat_input)
        widget.chat_input_value.data = text
        left = time.perf_counter()
        self.run(message)
        return left

    def leave(self) -> None:
        self._left = True
        self._transport.close()

    def _take(self, now: float, data: bytes) -> None:
        self.received.append((now, data))
        if len(data) > SMALL:
            return
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "script_finished" and message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        ):
            self.idle.set()

    def _flush(self) -> None:
        for data in self._wire.data_to_send():
            if data:
                self._transport.write(data)
