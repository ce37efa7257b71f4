"""Bytes of images: kept once for each owner, for as long as something of the owner's shows them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select

from components.chat.store import NewImage
from db.schema.case_runs import case_snapshot_images
from db.schema.cases import case_images
from db.schema.comparisons import cell_pictures, comparison_images
from db.schema.conversations import draft_images, images, message_images
from db.search.tokens import set_image_text

_IDS = 1000  # in a query
_SHOW = tuple(
    table.c
    for table in (
        message_images,
        comparison_images,
        cell_pictures,
        draft_images,
        case_images,
        case_snapshot_images,
    )
)
c = images.c


def keep_contents(connection: Connection, owner: str, contents: Sequence[NewImage]) -> None:
    """Write those of `contents` that the owner hasn't yet."""
    new = {content.hash: content for content in contents}
    for known in stored_hashes(connection, owner, list(new)) if new else ():
        del new[known]
    for content in new.values():
        connection.execute(
            insert(images).values(
                owner=owner,
                hash=content.hash,
                media_type=content.media_type,
                bytes=len(content.content),
                thumbnail=content.thumbnail,
                content=content.content,
            )
        )
        if content.text:
            set_image_text(connection, owner, content.hash, content.text)


def stored_hashes(connection: Connection, owner: str, hashes: Sequence[str]) -> set[str]:
    """Those of `hashes` whose bytes the owner has in the store."""
    found: set[str] = set()
    for start in range(0, len(hashes), _IDS):
        some = c.hash.in_(hashes[start : start + _IDS])
        found |= set(connection.scalars(select(c.hash).where(c.owner == owner, some)))
    return found


def check_bytes(
    connection: Connection, owner: str, shown: Collection[str | None], where: str
) -> None:
    """Raises ValueError unless the owner has the bytes of every image that isn't a URL (None).
    where: what shows them."""
    hashes = {image_hash for image_hash in shown if image_hash is not None}
    if hashes and hashes - stored_hashes(connection, owner, list(hashes)):
        raise ValueError(f"an image of the {where} has no bytes: pass them in contents")


def let_go(connection: Connection, owner: str, hashes: Collection[str | None]) -> None:
    """Remove those that no message, comparison, draft, set or run of cases of the owner's shows any
    more."""
    candidates = {image_hash for image_hash in hashes if image_hash is not None}
    if not candidates:
        return
    used = {
        image_hash
        for t in _SHOW
        for image_hash in connection.scalars(
            select(t.hash).where(t.owner == owner, t.hash.in_(candidates))
        )
    }
    if orphans := candidates - used:
        connection.execute(delete(images).where(c.owner == owner, c.hash.in_(orphans)))
