"""Which tabs are drawn anew when a conversation changes."""

from collections.abc import Collection

from components.chat.store import State
from components.ui.streamlit_seam.following import Following, Sight
from tests.unit.db.make import START

OLD, NEW = (START, "Cats"), (START, "Cats and dogs")


def test_tabs_that_show_something_else_than_the_store_are_drawn_anew() -> None:
    asked: list[tuple[str, list[str]]] = []
    drawn: list[str] = []
    closed: set[str] = set()
    store: dict[tuple[str, str], State] = {("me", "c1"): OLD, ("you", "c1"): OLD}

    def states(owner: str, ids: Collection[str]) -> dict[str, State]:
        asked.append((owner, list(ids)))
        return {each: store[owner, each] for each in ids if (owner, each) in store}

    following = Following(states, lambda session: session not in closed, drawn.append, every=3600)
    following._watching = True  # looked by hand
    for session in ("one", "two", "closed"):
        following.show(session, Sight("me", "c1", OLD))
    following.show("theirs", Sight("you", "c1", OLD))
    following.show("deleted", Sight("me", "c2", None))
    following.look()
    assert drawn == []
    assert asked == [("me", ["c1", "c2"]), ("you", ["c1"])]  # each owner once
    closed.add("closed")
    store["me", "c1"] = NEW
    following.look()
    assert drawn == ["one", "two"]
    following.show("one", Sight("me", "c1", NEW))
    following.leave("two")
    del store["you", "c1"]
    following.look()
    assert drawn[2:] == ["theirs"]
    asked.clear()
    closed |= {"one", "theirs", "deleted"}
    following.look()
    assert asked == []  # nobody's conversation is looked up for a tab that is closed
