"""Images of sets, by the names that cases use."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from components.cases.store import check_name
from components.chat.store import NewImage
from db.conversations.images import keep_contents
from db.schema.cases import case_images

i = case_images.c


def keep_images(
    connection: Connection, owner: str, set_id: str, contents: Mapping[str, NewImage]
) -> None:
    """contents: by name; one whose name the set knows is left. Raises CaseError cases_invalid for
    a name that is too long."""
    for name in contents:
        check_name(name, "image")
    keep_contents(connection, owner, list(contents.values()))
    named = select(i.name).where(i.owner == owner, i.set_id == set_id)
    known = set(connection.scalars(named)) if contents else set()
    new = [
        {"owner": owner, "set_id": set_id, "name": name, "hash": content.hash}
        for name, content in contents.items()
        if name not in known
    ]
    if new:
        connection.execute(insert(case_images), new)


def hashes_of(connection: Connection, owner: str, set_id: str) -> dict[str, str]:
    """By name."""
    named = select(i.name, i.hash).where(i.owner == owner, i.set_id == set_id)
    return {row.name: row.hash for row in connection.execute(named)}
