"""What a person keeps beside conversations: named scenarios, and votes on the FAQ's answers."""

from dataclasses import dataclass
from datetime import datetime

from components.errors import AppError

MAX_SCENARIO_NAME = 100  # characters
MAX_SCENARIO_BYTES = 4096  # of its link's text, in UTF-8


class ScenarioError(AppError):
    """A scenario that can't be kept under this name, or not at all."""

    codes = frozenset({"scenario_name", "scenario_name_taken", "scenario_too_long"})


@dataclass(frozen=True)
class SavedScenario:
    """A scenario of the calculator. params: the text of its link. updated_at: when params were
    saved last; a new name doesn't change it."""

    id: str
    name: str
    params: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Vote:
    """Whether an answer of the FAQ helped. lang: in which it was read; at: of the latest say."""

    slug: str
    lang: str
    helpful: bool
    at: datetime


def scenario_name(name: str) -> str:
    """`name` in one line. Raises ScenarioError (scenario_name) when nothing or too much is left.

    It is never cut: two long names would become one, and one scenario would replace the other.
    """
    line = " ".join(name.split())
    if not 0 < len(line) <= MAX_SCENARIO_NAME:
        raise ScenarioError("scenario_name", limit=MAX_SCENARIO_NAME)
    return line


def check_params(params: str) -> None:
    """Raise ScenarioError (scenario_too_long) for more than a link should carry, and ValueError
    for halves of surrogate pairs, which no link can hold."""
    size = len(params.encode("utf-8"))
    if size > MAX_SCENARIO_BYTES:
        raise ScenarioError("scenario_too_long", bytes=size, limit=MAX_SCENARIO_BYTES)
