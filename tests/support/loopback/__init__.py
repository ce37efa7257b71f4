"""A real HTTP server on a real socket that speaks Chat Completions, for tests and benches.

In a test: the fixture `loopback` (tests/conftest.py), `.enqueue(Reply(...))`, `.history`.
For another process: `python -m tests.support.loopback --port 8399`, scripted by model name
(scripts.py).
"""

from tests.support.loopback.reply import (
    CLOSE,
    DONE,
    RESET,
    STALL,
    Reply,
    Wait,
    answer,
    chunk,
    error,
    event,
    page,
    usage_chunk,
    whole,
)
from tests.support.loopback.server import Loopback, Recorded

__all__ = [
    "CLOSE",
    "DONE",
    "RESET",
    "STALL",
    "Loopback",
    "Recorded",
    "Reply",
    "Wait",
    "answer",
    "chunk",
    "error",
    "event",
    "page",
    "usage_chunk",
    "whole",
]
