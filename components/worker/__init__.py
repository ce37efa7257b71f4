"""Files of other people are read in a process of its own, so that a large one holds nobody up.

Threads would not do: whoever reads it would keep the interpreter from everybody else's pages.
Nothing is forked (the server has threads): run.py starts a fresh interpreter with main.py, on
every system the same way.
"""

from components.worker.run import Results, WorkerError, results, run

__all__ = ["Results", "WorkerError", "results", "run"]
