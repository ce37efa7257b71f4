"""Runs of cases for the store's tests."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

from components.cases.store.runs import Answer, CaseRun, Setting, Snapshot
from components.chat.store import AttemptResult, NewImage
from tests.unit.db.comparing import AT, bytes_of

SETTINGS = (
    Setting("Local", "127.0.0.1:8000", "llava", "low", "{question}?", (0.0, 0.0, 0.5, 1.0)),
    Setting("openai", "api.openai.com", "gpt-4o"),
)


def run(
    name: str, words: tuple[str, ...] = ("r",), **other: Any
) -> tuple[CaseRun, Snapshot, list[Answer], list[NewImage]]:
    """A run `run{name}` of two cases by two models, with requests `answer{name}-{n}`."""
    contents = [bytes_of(word) for word in words]
    hashes = tuple(each.hash for each in contents)
    data = {"name": "路牌", "expect": [], "cases": [{"id": "a"}, {"id": "b"}], "images": {}}
    digest = hashlib.sha256(repr((data, hashes)).encode()).hexdigest()
    values: dict[str, Any] = {
        "id": f"run{name}",
        "created_at": AT,
        "name": "路牌",
        "digest": digest,
        "settings": SETTINGS,
        "repeats": 1,
        "parameters": {"max_tokens": 10},
        "lang": "zh",
        "budget": Decimal("1.80"),
    }
    answers = [
        Answer(
            f"answer{name}-{n}",
            case,
            column,
            estimated_input_tokens=12,
            estimated_cost=Decimal("0.00003"),
            reserved=Decimal("0.0100"),
            prices={"input": "2.50"},
        )
        for n, (case, column) in enumerate((c, k) for c in (0, 1) for k in (0, 1))
    ]
    return CaseRun(**(values | other)), Snapshot(digest, data, hashes), answers, contents


def ended(answer_id: str, text: str = "changed", **other: Any) -> Answer:
    """How a request of such a run ends."""
    result = AttemptResult("ok", text, cost=Decimal("0.0100"), ms_total=20)
    answer = replace(run("1")[2][0], id=answer_id, state="ok", result=result, body="body")
    return replace(answer, graded={"verdict": "right", "score": None}, **other)
