"""A label: what a person says of an answer. (What a grader says is a verdict.)

Labels are only added: who changes their mind adds another one, which replaces theirs. An answer
that was asked for again is another answer, without a label.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Judged = Literal["right", "wrong", "partly", "skip"]
Said = Judged | Literal["withdrawn"]
"""withdrawn: the person has taken back what they said."""

MAX_CORRECTED = 20_000
"""Characters of a correction."""


@dataclass(frozen=True)
class Label:
    """verdict: "withdrawn" is never read, only written. corrected: what the answer should have
    been, "" for a right one or where that isn't said. who: the owner id of the person.
    conversation_id, message_id, attempt_id: of an answer in a chat. comparison_id, question (from
    0), letter ("" for all images): of a row of a comparison, whose right answer is `corrected`.
    seconds: how long it took them. blind: what others said was hidden from them.
    """

    id: str
    verdict: Said
    at: datetime
    who: str
    corrected: str = ""
    conversation_id: str | None = None
    message_id: str | None = None
    attempt_id: str | None = None
    comparison_id: str | None = None
    question: int | None = None
    letter: str | None = None
    seconds: float | None = None
    blind: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""


class LabelStore(Protocol):
    """Blocking. Raises StoreError."""

    def add(
        self, owner: str, label_id: str, attempt_id: str, verdict: Said, corrected: str = ""
    ) -> bool:
        """The owner's word on an answer, in place of what they had said of it. A repeat with the
        same id does nothing. False when there is no such answer."""
        ...

    def of_conversation(self, owner: str, conversation_id: str) -> dict[str, Label]:
        """What holds now, by attempt id."""
        ...

    def all(self, owner: str, verdicts: Collection[Judged] = ()) -> list[Label]:
        """What holds now of answers and of rows of comparisons, newest first. verdicts: only
        those; empty for all. Answers of deleted conversations aren't among them."""
        ...
