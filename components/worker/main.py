"""The process itself: `python -I main.py MODULE FUNCTION MEMORY SECONDS`.

On stdin a pickled tuple of arguments, then the file. Calls FUNCTION(file, *arguments), which
yields results, and writes each to stdout: its length in eight bytes, then the pickle.
"""

import importlib
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

NICE = 5  # a third of what others get, and not nothing on a busy machine
REFUSED, NO_MEMORY = 3, 4  # ways to end: an AppError on stderr, pickled; nothing


def main() -> int:
    module, function, memory, seconds = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    limit(int(memory), int(seconds))
    from components.errors import AppError

    source, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        work = getattr(importlib.import_module(module), function)
        arguments = pickle.load(source)
        for each in work(source.read(), *arguments):
            packed = pickle.dumps(each, pickle.HIGHEST_PROTOCOL)
            out.write(len(packed).to_bytes(8, "big"))
            out.write(packed)
            del packed
        out.flush()
    except AppError as error:
        sys.stderr.buffer.write(pickle.dumps(error))
        return REFUSED
    except MemoryError:
        return NO_MEMORY
    return 0


def limit(memory: int, seconds: int | None = None) -> None:
    """What the system may enforce, where it does (not on Windows). Others go first.

    memory: bytes of address space; seconds: of the processor, None for as long as it takes.
    """
    try:
        import resource
    except ImportError:
        return
    limits = [(resource.RLIMIT_AS, memory)]
    if seconds is not None:
        limits.append((resource.RLIMIT_CPU, seconds + 1))
    for kind, most in limits:
        with suppress(OSError, ValueError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        os.nice(NICE)


if __name__ == "__main__":
    sys.exit(main())
