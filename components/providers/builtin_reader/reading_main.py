"""The process of reading_process.py: `python -I reading_main.py`.

Both ways go messages: eight bytes with a length, then so many bytes of pickle. In come ("read",
content, longest side or None), ("hold", whether to stand still) and ("stop",); of each picture goes
out (key, lines), an AppError, or None where it was stopped. It ends with its parent, and when
nothing came for IDLE seconds.
"""

import os
import pickle
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

HEAD = 8  # bytes that tell a message's length
IDLE = 120.0  # seconds; it holds 300 MB
MEMORY = 4_000_000_000  # bytes of address space, most of it never used


def packed(message: object) -> bytes:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(content).to_bytes(HEAD, "big") + content


def messages(source: IO[bytes]) -> Iterator[Any]:
    """Until the other side ends."""
    while len(head := source.read(HEAD)) == HEAD:
        size = int.from_bytes(head, "big")
        content = source.read(size)
        if len(content) < size:
            return
        yield pickle.loads(content)  # written by our own code, at the other end


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from components.errors import AppError
    from components.images import decode_upright
    from components.providers.builtin_reader.reading import key_of, lines_of
    from components.providers.builtin_reader.worker import Stop, Stopped
    from components.worker.main import limit

    class Held(Stop):
        """Between two steps it also waits for as long as something else is to go first."""

        def check(self) -> None:
            go.wait()
            super().check()

    def listen() -> None:
        for what, *said in messages(sys.stdin.buffer):
            if what == "read":
                stop = stops[0] = Held()
                waiting.put((stop, *said))
            elif what == "hold":
                go.clear() if said[0] else go.set()
            else:
                stops[0].set()
        os._exit(0)  # its parent has ended

    limit(MEMORY)
    # What libraries print would be taken for a message.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    go, stops = threading.Event(), [Held()]
    go.set()
    waiting: queue.Queue[tuple[Stop, bytes, int | None]] = queue.Queue()
    threading.Thread(target=listen, daemon=True).start()
    while True:
        try:
            stop, content, side = waiting.get(timeout=IDLE)
        except queue.Empty:
            os._exit(0)
        told: object = None
        try:
            picture = decode_upright(content, side)
            told = key_of(picture), tuple(lines_of(picture, stop))
        except Stopped:
            pass
        except AppError as error:
            told = error
        out.write(packed(told))
        out.flush()


if __name__ == "__main__":
    main()
