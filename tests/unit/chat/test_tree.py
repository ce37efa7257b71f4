"""Branches: one path is shown and sent, the others stay reachable."""

from components.chat.tree import along, before, newest_leaf, path, siblings
from tests.unit.chat.making import conversation, message

# q1 - a1 - q2 - a2
#         \ q2' - a2'      (q2 edited)
#      a1'                 (a1 regenerated, the last thing written)
TALK = conversation(
    message("q1", "user", "one", None),
    message("a1", "assistant", "1", "q1"),
    message("q2", "user", "two", "a1"),
    message("a2", "assistant", "2", "q2"),
    message("q2e", "user", "two, edited", "a1"),
    message("a2e", "assistant", "2e", "q2e"),
    message("a1r", "assistant", "1 again", "q1"),
)


def ids(messages: object) -> list[str]:
    return [m.id for m in messages]  # type: ignore[attr-defined]


def test_without_a_leaf_the_newest_message_is_followed_up_to_the_root() -> None:
    assert ids(path(TALK.messages)) == ["q1", "a1r"]


def test_an_older_branch_is_reached_by_its_leaf() -> None:
    assert ids(path(TALK.messages, "a2")) == ["q1", "a1", "q2", "a2"]
    assert ids(along(TALK, "a2e").messages) == ["q1", "a1", "q2e", "a2e"]


def test_an_unknown_leaf_counts_as_none() -> None:
    assert ids(path(TALK.messages, "nothing")) == ["q1", "a1r"]


def test_an_empty_conversation_has_an_empty_path() -> None:
    assert path(()) == ()


def test_before_a_question_stands_what_it_followed() -> None:
    assert ids(before(TALK, "q2e").messages) == ["q1", "a1"]
    assert ids(before(TALK, "q1").messages) == []


def test_versions_are_the_messages_of_one_role_with_one_parent() -> None:
    by_id = {m.id: m for m in TALK.messages}
    assert siblings(TALK.messages, by_id["q2"]) == ["q2", "q2e"]
    assert siblings(TALK.messages, by_id["a1"]) == ["a1", "a1r"]
    assert siblings(TALK.messages, by_id["q1"]) == ["q1"]


def test_a_version_is_shown_with_what_followed_it_last() -> None:
    assert newest_leaf(TALK.messages, "a1") == "a2e"
    assert newest_leaf(TALK.messages, "q2") == "a2"
    assert newest_leaf(TALK.messages, "a1r") == "a1r"


def test_a_circle_in_the_store_ends() -> None:
    odd = (message("x", "user", "x", "y"), message("y", "assistant", "y", "x"))
    assert len(path(odd)) <= 3
