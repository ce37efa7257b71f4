"""Accepted answers of older stores are labels now; none of them is lost."""

from components.compare.store import Accepted
from db.store import open_store
from tests.unit.db.comparing import AT, comparison
from tests.unit.db.schema.old import as_version

ACCEPTED = (Accepted(0, "42"), Accepted(0, "A’s own", "A"), Accepted(1, "第二题"))


def test_accepted_answers_become_labels(database_url: str) -> None:
    store = open_store(database_url)
    for owner in ("me", "you"):
        store.comparisons.begin_comparison(owner, *comparison("1", accepted=ACCEPTED))
    store.comparisons.set_accepted("you", "cmp1", 0, "A", None)
    store.close()
    as_version(database_url, 11)
    store = open_store(database_url)
    for owner, accepted in (("me", ACCEPTED), ("you", (ACCEPTED[0], ACCEPTED[2]))):
        found = store.comparisons.comparison(owner, "cmp1")
        assert found
        assert found.comparison.accepted == accepted
        kept = store.labels.all(owner)
        assert {(each.corrected, each.verdict, each.who) for each in kept} == {
            (each.answer, "right", owner) for each in accepted
        }
        assert {each.at for each in kept} == {AT}
    assert store.comparisons.set_accepted("me", "cmp1", 0, "A", "changed")
    again = store.comparisons.comparison("me", "cmp1")
    assert again
    assert again.comparison.accepted_for(["A"], 0) == "changed"
    store.close()
