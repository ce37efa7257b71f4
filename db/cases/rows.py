"""Rows of sets and cases as the values of components.cases.store, and back."""

from collections.abc import Mapping

from components.cases.store import (
    Case,
    SetSummary,
    StoredCase,
    case_line,
    check_name,
    read_case,
    words_of,
)
from db.conversations.rows import AnyRow


def case_values(case: Case, hashes: Mapping[str, str]) -> dict[str, object]:
    """`case` as columns of cases. hashes: of images by their names. Raises CaseError
    cases_invalid for an id that can't be kept."""
    check_name(case.id, "id")
    first = next((hashes[each.image] for each in case.images if each.image in hashes), None)
    return {"id": case.id, "image": first, "words": words_of(case), "body": case_line(case)}


def stored_case(row: AnyRow) -> StoredCase:
    """A row of cases."""
    return StoredCase(read_case(row.body), row.version, row.image)


def summary(row: AnyRow) -> SetSummary:
    """A row of case_sets."""
    return SetSummary(
        id=row.id,
        name=row.name,
        version=row.version,
        cases=row.cases,
        origin=row.origin,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
