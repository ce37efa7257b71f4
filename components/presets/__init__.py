"""Ready questions and system prompts, as data, in both languages.

presets.toml: one-click questions. systems.toml: roles and tones, and the sentence that asks for
an answer step by step. The order in the files is the order in which they are shown.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """A one-click question. label and prompt: language ("en", "zh") -> text.

    min_images: how many images it needs at least to make sense.
    """

    id: str
    label: Mapping[str, str]
    prompt: Mapping[str, str]
    min_images: int


@dataclass(frozen=True)
class System:
    """A ready system prompt: a role, a tone or a form of answer. Texts as in Question."""

    id: str
    label: Mapping[str, str]
    prompt: Mapping[str, str]


@cache
def questions() -> tuple[Question, ...]:
    """All one-click questions, in the order in which they are shown."""
    return tuple(Question(**row) for row in _read("presets.toml")["question"])


@cache
def systems() -> tuple[System, ...]:
    """All system prompts, in the order in which they are shown."""
    return tuple(System(**row) for row in _read("systems.toml")["system"])


@cache
def step_by_step() -> Mapping[str, str]:
    """language -> what to add to a question so that the model works it out in steps."""
    texts: dict[str, str] = _read("systems.toml")["step_by_step"]
    return texts


def question(question_id: str) -> Question:
    """The question with this id. Raises KeyError when there is none."""
    for found in questions():
        if found.id == question_id:
            return found
    raise KeyError(question_id)


def system(system_id: str) -> System:
    """The system prompt with this id. Raises KeyError when there is none."""
    for found in systems():
        if found.id == system_id:
            return found
    raise KeyError(system_id)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))
