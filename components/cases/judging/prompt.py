"""What a judge is told. The criterion is an instruction; question, reference and answer are data,
and stand between lines that begin with a border."""

import hashlib
import re
from collections.abc import Sequence

from components.cases.case import Case, Text
from components.graders.rubric import Rubric
from components.i18n import t

_ANSWER = re.compile(r"\{\{\s*(?:sample\.output_text|output)\s*\}\}")


def told(
    asked: Rubric, case: Case, question: str, answer: str, vote: int, lang: str
) -> tuple[str, str]:
    """The system message and the user's. question: all that was asked, as text."""
    reference = asked.reference or known_answer(case)
    parts = [("question", question)]
    parts += [("reference", reference)] if reference else []
    parts.append(("answer", answer))
    border = border_of([text for _, text in parts], vote)
    lines = [line for name, text in parts for line in (_line(lang, border, name), text)]
    return _system(asked, border, lang), "\n".join([*lines, _line(lang, border, "end")])


def border_of(texts: Sequence[str], vote: int) -> str:
    """A border that stands in none of the texts. As random as their digest: who writes one of them
    can't know it, as it changes with every letter. The same for the same, so that a judge's reply
    to the very same request can be kept."""
    n = vote
    while True:
        digest = hashlib.sha256("\0".join([str(n), *texts]).encode("utf-8", "replace")).hexdigest()
        border = f"=== {digest[:32]}"
        if not any(digest[:32] in text for text in texts):
            return border
        n += 10


def known_answer(case: Case) -> str:
    """What is right, as far as where the case came from says it; "" where it doesn't."""
    source = case.source
    said, corrected = (str(source.get(name) or "") for name in ("answer", "corrected"))
    right = source.get("marked") == "right" or source.get("kind") == "sample"
    return corrected or (said if right else "")


def question_text(case: Case) -> str:
    """All that was asked, with who said it where that isn't one question alone."""
    texts = [
        (message.role, "\n".join(p.text for p in message.content if isinstance(p, Text)))
        for message in case.input
    ]
    said = [(role, text) for role, text in texts if text]
    asked = "\n\n".join(f"{role}: {text}" for role, text in said) if len(said) > 1 else ""
    asked = asked or "".join(text for _, text in said)
    return "\n".join([asked, *(f"- {each}" for each in case.choices)]).strip()


def _system(asked: Rubric, border: str, lang: str) -> str:
    # What a foreign criterion has for the answer's place isn't filled: the answer stays data.
    criterion = _ANSWER.sub(lambda _: t(lang, "cases.judge.the_answer"), asked.criterion)
    known = {"low": f"{asked.low:g}", "high": f"{asked.high:g}"}
    known["labels"] = ", ".join(f'"{label}"' for label in asked.labels)
    return "\n\n".join(
        [
            t(lang, "cases.judge.task"),
            t(lang, "cases.judge.criterion", criterion=criterion),
            t(lang, "cases.judge.data", border=border),
            t(lang, f"cases.judge.reply.{asked.form}", **known),
        ]
    )


def _line(lang: str, border: str, name: str) -> str:
    return f"{border} {t(lang, f'cases.judge.part.{name}')}"
