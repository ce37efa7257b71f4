"""`python -m components.cases`: one module for each command.

Each has `add(subparsers)`, which names its arguments and sets `run`: from (arguments, stdout) to
the exit code. 0 is done, 1 a gate that failed, 2 bad input, 3 incomplete, 4 not enough cases.
"""

from components.cases.command.main import main

__all__ = ["main"]
