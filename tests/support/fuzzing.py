"""How many examples a property is tried with: a few in `make test`, many in `make fuzz`."""

import os

# `make fuzz` sets it.
TIMES = int(os.environ.get("FUZZ", "1"))


def examples(usual: int) -> int:
    """`usual` in `make test`, as many times that as was asked for in `make fuzz`."""
    return usual * TIMES
