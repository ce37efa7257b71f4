"""Sets of cases for the store's tests."""

import hashlib

from components.cases.case import (
    Case,
    CaseSet,
    FinishedAnswer,
    FinishedRun,
    Graded,
    Image,
    Message,
    Text,
)
from components.chat.store import NewImage

IMAGE = "images/a.png"


def bytes_of(word: str) -> NewImage:
    raw = f"of a case {word}".encode()
    return NewImage(hashlib.sha256(raw).hexdigest(), raw, "image/png", f"small {word}".encode())


def case(name: str, question: str = "几颗？", image: str | None = IMAGE) -> Case:
    """A case with an image, a number to be said and what only another format knows."""
    parts = (Text(question), *([Image(image, "high")] if image else []))
    return Case(
        name,
        (Message("system", (Text("Count."),)), Message("user", parts)),
        expect=({"grader": "number", "value": "7"},),
        tags=("seeds",),
        group=image,
        metadata={"half": "\ud800", "nul": "\0"},
        extra={"promptfoo": {"value": {"vars": [1, None]}}},
    )


RUN = FinishedRun(
    "run1",
    "June",
    "gpt-4o",
    (FinishedAnswer("k1", "7", (Graded("number", "right", 1.0),)),),
    {"temperature": 0},
)


def case_set(name: str = "Seeds", cases: int = 3) -> tuple[CaseSet, dict[str, NewImage]]:
    """Cases k1, k2 … that show one image."""
    found = tuple(case(f"k{n}", f"question {n}") for n in range(1, cases + 1))
    whole = CaseSet(
        name,
        found,
        lang="zh",
        defaults={"detail": "high"},
        expect=({"grader": "latency", "at_most": 9000},),
        runs=(RUN,),
        extra={"openai_evals": {"note": "\ud800"}},
    )
    return whole, {IMAGE: bytes_of("a")}
