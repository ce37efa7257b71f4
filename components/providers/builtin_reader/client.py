"""The built-in reader as a VisionClient: no key, no network, no language model."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from components.errors import ProviderError
from components.providers.base import Event, Finish, TextDelta, Usage, VisionRequest
from components.providers.builtin_reader import engine
from components.providers.builtin_reader.answer import answer
from components.providers.builtin_reader.telling import Pieces
from components.providers.builtin_reader.worker import Stop, Stopped, submit

MODEL = "builtin-reader"
_Item = str | Exception | None  # a piece, what went wrong, or the end


class BuiltinReader:
    """Reads text in pictures and measures them. All instances share one thread."""

    def __init__(self) -> None:
        self._closed = False

    async def stream(self, request: VisionRequest) -> AsyncIterator[Event]:
        """Text deltas, then one Finish. See `VisionClient.stream`.

        What needs no work comes at once; the rest waits until the reader is free. Ending the
        iteration or cancelling the task stops the work between two lines.
        """
        if self._closed:
            raise _failed("closed")
        stop = Stop()
        pieces = answer(request, stop)
        try:
            for piece in pieces:
                if piece is None:
                    break
                yield TextDelta(piece)
            # Closed here and not by the garbage collector, so that work ends with its listener.
            async with aclosing(_from_thread(pieces, stop)) as rest:
                async for piece in rest:
                    yield TextDelta(piece)
        except (Stopped, ProviderError):
            raise
        except Exception as error:
            raise _failed(type(error).__name__) from error
        yield Finish(reason="stop", usage=Usage(input=0, output=0), model=MODEL)

    async def list_models(self) -> list[str]:
        """The one model there is."""
        return [MODEL]

    async def close(self) -> None:
        """Further calls fail; other readers go on."""
        self._closed = True


def warm_up() -> None:
    """Load the models ahead of the first question; blocks for a second or two.

    Raises ProviderError when they can't be loaded.
    """
    submit(engine.load).result()


async def _from_thread(pieces: Pieces, stop: Stop) -> AsyncGenerator[str, None]:
    """The rest of `pieces`, made on the reader's thread."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[_Item] = asyncio.Queue()

    def hand_over(item: _Item) -> None:
        try:
            loop.call_soon_threadsafe(queue.put_nowait, item)
        except RuntimeError:  # the loop is gone, and with it everybody who could listen
            stop.set()

    def work() -> None:
        try:
            stop.check()
            for piece in pieces:
                stop.check()
                if piece:
                    hand_over(piece)
            hand_over(None)
        except Stopped:
            pass  # nobody listens
        except Exception as error:
            hand_over(error)
        finally:
            pieces.close()  # lets go of the pictures

    future = submit(work)
    try:
        while (item := await queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stop.set()
        future.cancel()


def _failed(detail: str) -> ProviderError:
    return ProviderError("reader_failed", host="", model=MODEL, detail=detail)
