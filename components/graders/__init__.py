"""Whether an answer is right, by rule: right, wrong, or unsure, and why.

A grader is data: {"grader": name, …settings}. `grade` gives a verdict, `grade_all` that of a case
with several, `check` says beforehand what is wrong with one. Nothing here asks a network (of a
rubric, whoever grades has asked the judge and gives its replies along), runs
code of others or waits without an end; libraries are loaded when a grader needs them.

    registry    graders by name
    types       a reply, a grade, GraderError
    settings    a grader's settings with their types
    normalise   texts without what two same answers may differ in
    numerals    the numbers that a text says, in figures, Chinese and English
    words       exact, one_of, contains, not
    patterns    regex, within a time
    number      number, count
    dates       date
    json_value, schema    json
    likeness    anls, cer, wer, similarity
    box         iou
    choice      choice, in rotations too
    rubric      rubric: what a judge model is to say, and how its replies are read
    limits      cost, latency, finish, refusal
"""

from components.graders.registry import GRADERS, check, grade, grade_all
from components.graders.types import Grade, GraderError, Reply, Verdict, Why

__all__ = [
    "GRADERS",
    "Grade",
    "GraderError",
    "Reply",
    "Verdict",
    "Why",
    "check",
    "grade",
    "grade_all",
]
