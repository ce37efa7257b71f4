"""A model retires: its successor is tried on one's own questions while both can be asked.

retiring    models that retire, and what comes after them
sample      conversations whose answers a person is asked to label
draft       proposed cases, each grader held against the answer that was labelled
kept        the answers of then, as a baseline; what they were asked with
month       what a month of the log would cost with the successor
"""

from components.cases.rehearsal.retiring import (
    MOST_SUCCESSORS,
    Ending,
    ending_line,
    endings,
    instead,
    successors_among,
)

__all__ = [
    "MOST_SUCCESSORS",
    "Ending",
    "ending_line",
    "endings",
    "instead",
    "successors_among",
]
