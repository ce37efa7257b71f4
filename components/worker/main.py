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

REFUSED, NO_MEMORY = 3, 4  # ways to end: an AppError on stderr, pickled; nothing


def main() -> int:
    module, function, memory, seconds = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    _limit(int(memory), int(seconds))
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


def _limit(memory: int, seconds: int) -> None:
    """What the system may enforce, where it does (not on Windows). Others go first."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds + 1)):
        with suppress(OSError, ValueError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        os.nice(5)


if __name__ == "__main__":
    sys.exit(main())
