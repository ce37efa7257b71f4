"""What is searched of a question and of the images in it."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from components.chat.store import StoredImage
from db.schema.conversations import image_texts, message_images, messages
from db.search.index import set_words
from db.search.text import searchable


def question_words(
    connection: Connection, owner: str, text: str, shown: Sequence[StoredImage]
) -> str:
    """The words of a question's text and of what was read from its images."""
    hashes = list({i.hash for i in shown if i.hash is not None})
    read = _texts_of(connection, owner, hashes) if hashes else []
    return searchable("\n".join([text, *read]))


def _texts_of(connection: Connection, owner: str, hashes: Sequence[str]) -> list[str]:
    query = select(image_texts.c.text).where(
        image_texts.c.owner == owner, image_texts.c.hash.in_(hashes)
    )
    return list(connection.scalars(query))


def set_image_text(connection: Connection, owner: str, image_hash: str, text: str) -> None:
    """Keep `text` in the place of what was read from this image before."""
    of_image = {"owner": owner, "hash": image_hash}
    c = image_texts.c
    connection.execute(delete(image_texts).where(c.owner == owner, c.hash == image_hash))
    if text:
        connection.execute(insert(image_texts).values(**of_image, text=text))


def index_questions_with(connection: Connection, owner: str, image_hash: str) -> None:
    """Index every question anew that shows this image."""
    i, m = message_images.c, messages.c
    showing = select(i.message_id).where(i.owner == owner, i.hash == image_hash)
    for row in connection.execute(
        select(m.id, m.conversation_id, m.position, m.text).where(
            m.owner == owner, m.id.in_(showing)
        )
    ).all():
        hashes = connection.scalars(select(i.hash).where(i.owner == owner, i.message_id == row.id))
        texts = _texts_of(connection, owner, [h for h in hashes if h is not None])
        words = searchable("\n".join([row.text, *texts]))
        set_words(connection, owner, row.conversation_id, {row.position + 1: words})
