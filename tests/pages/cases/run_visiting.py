"""Sets that are run on the page, and their runs."""

import time

from components import services
from components.cases.case import Case, CaseSet, Message, Text
from components.cases.store.runs import StoredRun
from tests.pages.visiting import Person


def run_of(person: Person) -> StoredRun:
    """The run that is shown."""
    found = services.app().store().case_runs.case_run("local", person.remembers.case_runs.run_id)
    assert found
    return found


def ended(person: Person, seconds: float = 60) -> Person:
    """Look until the run on the page is over."""
    deadline = time.monotonic() + seconds
    while run_of(person).running and time.monotonic() < deadline:
        time.sleep(0.1)
    return person.look()


def numbers(*names: str) -> CaseSet:
    """Questions to which 23 is right."""
    return CaseSet(
        "Numbers",
        tuple(
            Case(
                name,
                (Message("user", (Text(f"Question {name}"),)),),
                expect=({"grader": "number", "value": "23"},),
            )
            for name in names
        ),
        lang="en",
    )


def kept(cases: CaseSet) -> str:
    """A set of the person's; its id."""
    services.app().store().cases.create("local", "s1", cases, {}, "hand")
    return "s1"
