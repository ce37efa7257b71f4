"""What a format has no place for, line by line."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from components.cases.case import Case, CaseSet
from components.cases.loss import Tally

_OF_A_CASE = ("choices", "tags", "repeats", "metadata", "source", "group")
_OF_AN_IMAGE = ("detail", "as_is", "box")


def tell_fields(case: Case, keeps: Collection[str], tally: Tally, name: str) -> None:
    """keeps: names of fields of a case and of its images that the format `name` has."""
    own_group = next((image.image for image in case.images), None)
    for field in _OF_A_CASE:
        value = getattr(case, field)
        if value and field not in keeps and not (field == "group" and value == own_group):
            tally.case("field", field=field, format=name)
    for field in _OF_AN_IMAGE:
        if field not in keeps and any(getattr(i, field) is not None for i in case.images):
            tally.case("field", field=field, format=name)
    for other in case.extra:
        if other not in (name, "tuwen"):  # of our own lines, only how they were written
            tally.case("extra", other=other, format=name)


def tell_set(cases: CaseSet, keeps: Collection[str], tally: Tally, name: str) -> None:
    """keeps: names of fields of a set that the format `name` has."""
    if cases.runs and "runs" not in keeps:
        tally.whole("runs", n=len(cases.runs), format=name)
    for field in ("lang", "defaults"):
        if getattr(cases, field) and field not in keeps:
            tally.whole("set_field", field=field, format=name)
    for other in cases.extra:
        if other != name:
            tally.whole("set_extra", other=other, format=name)


_SAY_AN_ANSWER = ("exact", "one_of", "contains", "number", "choice", "anls", "similarity")


def first_answer(
    case: Case, cases: CaseSet, tally: Tally, name: str
) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """At most one: the first grader that the single answer of the format `name` can stand for, and
    its value. All others are told of."""
    found = False
    for grader in (*case.expect, *cases.expect):
        value = grader.get("value", grader.get("values", grader.get("any")))
        if found or value is None or str(grader["grader"]) not in _SAY_AN_ANSWER:
            tally.case("grader", grader=str(grader["grader"]), format=name)
        else:
            found = True
            yield grader, value
