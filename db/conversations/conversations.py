"""Conversations: turns as they are begun, go on and end, wherever they run; drafts; images."""

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from components.chat.store import (
    AlreadyRunning,
    AnswerPicture,
    AttemptResult,
    Beaten,
    Beats,
    DraftedImage,
    NewImage,
    NewTurn,
    Restored,
    State,
    StoredAttempt,
    StoredConversation,
)
from db.conversations import readers, restore, rows, turns
from db.conversations.images import check_bytes, keep_contents, let_go
from db.engine.repository import Repository, across_owners, for_owner
from db.schema.conversations import attempts, conversations, draft_images, image_texts, images
from db.search import tokens
from db.search.index import TITLE, set_words
from db.search.text import searchable

a, c, d, i = attempts.c, conversations.c, draft_images.c, images.c
_DRAFTED = tuple(field.name for field in dataclasses.fields(DraftedImage))


class Conversations(Repository):
    """components.chat.store.ConversationStore, and what pages ask.

    Ids are unique per owner: a turn for a conversation id that is somebody else's makes an own
    conversation of that id, which tells nothing about the other's and touches nothing of it.
    """

    @for_owner("write")
    def begin_turn(
        self, connection: Connection, owner: str, turn: NewTurn, *, alone: bool = False
    ) -> None:
        """Write a question and its running answer; a repeat with the same ids does nothing."""
        now = self.now()
        if turns.begin_conversation(connection, owner, turn, now):
            return  # where nobody has asked before nothing can be in progress
        which = _running(owner, turn.conversation_id)
        if alone and set(_alive(connection, which, now)) - {turn.attempt_id}:
            raise AlreadyRunning
        turns.write_turn(connection, owner, turn, now)

    # No owner is held up: only whoever runs an answer writes that it goes on, and each row that
    # has ended meanwhile stays as it is.
    @across_owners("write", lock=None)
    def progress_of_all(self, connection: Connection, so_far: Beats) -> Beaten:
        now = self.now()
        found: dict[str, dict[str, bool | None]] = {}
        for owner, theirs in sorted(so_far.items()):
            # Of two processes that note the same rows neither waits for the other for ever.
            noted = [
                {"which": each, "said": came.text, "thought": came.reasoning}
                for each, came in sorted(theirs.items())
            ]
            mine = [a.owner == owner, a.id == bindparam("which"), a.outcome == "running"]
            beat = (
                update(attempts)
                .where(*mine)
                .values(text=bindparam("said"), reasoning=bindparam("thought"), heartbeat_at=now)
            )
            connection.execute(beat, noted)
            which = select(a.id, a.stop_asked).where(a.owner == owner, a.id.in_(theirs))
            asked = {row.id: row.stop_asked for row in connection.execute(which)}
            found[owner] = {attempt_id: asked.get(attempt_id) for attempt_id in theirs}
        return found

    @for_owner("read")
    def states(
        self, connection: Connection, owner: str, conversation_ids: Collection[str]
    ) -> dict[str, State]:
        """When each of these changed last, and its title; only those that are there."""
        query = select(c.id, c.updated_at, c.title).where(
            c.owner == owner, c.id.in_(conversation_ids), c.deleted_at.is_(None)
        )
        return {row.id: (row.updated_at, row.title) for row in connection.execute(query)}

    @for_owner("read")
    def attempt(self, connection: Connection, owner: str, attempt_id: str) -> StoredAttempt | None:
        """One attempt as it stands now, None when the owner has none of that id."""
        query = select(attempts).where(a.owner == owner, a.id == attempt_id)
        row = connection.execute(query).first()
        return rows.attempt(row, self.now()) if row else None

    def ask_stop(self, owner: str, conversation_id: str) -> bool:
        """Whoever runs an answer of the conversation sees it at the next heartbeat. False when
        nobody does."""
        # Mostly there is none, and nobody has to wait.
        return self._runs(owner, conversation_id) and self._stop(owner, conversation_id)

    def ask_stop_all(self, owner: str) -> bool:
        """The same for every answer of the owner's."""
        return self._runs(owner, None) and self._stop(owner, None)

    @for_owner("read")
    def _runs(self, connection: Connection, owner: str, conversation_id: str | None) -> bool:
        return bool(_alive(connection, _running(owner, conversation_id), self.now()))

    @for_owner("write")
    def _stop(self, connection: Connection, owner: str, conversation_id: str | None) -> bool:
        which = _running(owner, conversation_id)
        connection.execute(update(attempts).where(*which).values(stop_asked=True))
        return True

    def finish(
        self,
        owner: str,
        attempt_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture] = (),
    ) -> None:
        """How the attempt ended. The first call counts; without effect once deleted."""
        words = searchable(result.text)  # before everybody else waits for us
        self._finish(owner, attempt_id, result, pictures, words, self.now())

    @for_owner("write")
    def _finish(
        self,
        connection: Connection,
        owner: str,
        attempt_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture],
        words: str,
        now: datetime,
    ) -> None:
        mine = [a.owner == owner, a.id == attempt_id, a.outcome == "running"]
        ended = {**rows.result_values(result), "heartbeat_at": now, "ended_at": now}
        if connection.execute(update(attempts).where(*mine).values(ended)).rowcount:
            turns.note_answer(connection, owner, attempt_id, words, now)
            turns.keep_pictures(connection, owner, attempt_id, pictures)

    @for_owner("read")
    def conversation(
        self, connection: Connection, owner: str, conversation_id: str
    ) -> StoredConversation | None:
        """The whole of a conversation, None when the owner has none of that id."""
        return readers.conversation(connection, owner, conversation_id, self.now())

    @for_owner("write")
    def restore(
        self,
        connection: Connection,
        owner: str,
        conversation: StoredConversation,
        contents: Sequence[NewImage],
    ) -> Restored:
        """Write a conversation from elsewhere, such as an export, under the owner, its ids kept.

        "known": there is one of that id; nothing of it changes, but that a deletion is undone.
        "conflict": another conversation has a message or attempt of these ids; nothing is done.
        Raises ValueError when an image's bytes are neither in contents nor in the store.
        """
        if turns.exists(connection, conversations, owner, conversation.id):
            mine = update(conversations).where(c.owner == owner, c.id == conversation.id)
            connection.execute(mine.values(deleted_at=None))
            return "known"
        if restore.taken(connection, owner, conversation):
            return "conflict"
        restore.write_head(connection, owner, conversation)
        keep_contents(connection, owner, contents)
        shown = [image.hash for message in conversation.messages for image in message.images]
        check_bytes(connection, owner, shown, "conversation")
        restore.write_messages(connection, owner, conversation)
        words = {TITLE: searchable(conversation.title)}
        for position, said in enumerate(conversation.messages):
            words[position + 1] = tokens.question_words(connection, owner, said.text, said.images)
        set_words(connection, owner, conversation.id, words)
        return "new"

    @for_owner("read")
    def image(self, connection: Connection, owner: str, image_hash: str) -> NewImage | None:
        """An image's bytes, None when the owner has none of that hash."""
        t = image_texts.c
        query = select(i.hash, i.content, i.media_type, i.thumbnail).where(
            i.owner == owner, i.hash == image_hash
        )
        read = select(t.text).where(t.owner == owner, t.hash == image_hash)
        row = connection.execute(query).first()
        text = connection.scalar(read) or ""
        return NewImage(row.hash, row.content, row.media_type, row.thumbnail, text) if row else None

    @for_owner("read")
    def thumbnail(self, connection: Connection, owner: str, image_hash: str) -> bytes | None:
        """An image's thumbnail, without reading the image."""
        return connection.scalar(select(i.thumbnail).where(i.owner == owner, i.hash == image_hash))

    @for_owner("write")
    def set_image_text(
        self, connection: Connection, owner: str, image_hash: str, text: str
    ) -> bool:
        """Keep what was read from an image, and find its conversations by it. False when there is
        none."""
        query = select(i.hash).where(i.owner == owner, i.hash == image_hash)
        if connection.scalar(query) is None:
            return False
        tokens.set_image_text(connection, owner, image_hash, text)
        tokens.index_questions_with(connection, owner, image_hash)
        return True

    @for_owner("write")
    def keep_draft(
        self,
        connection: Connection,
        owner: str,
        draft_id: str,
        images: Sequence[DraftedImage],
        contents: Sequence[NewImage] = (),
    ) -> None:
        """Its images in place of those it had."""
        keep_contents(connection, owner, contents)
        check_bytes(connection, owner, [image.hash for image in images], "draft")
        mine = [d.owner == owner, d.draft_id == draft_id]
        before = list(connection.scalars(select(d.hash).where(*mine)))
        if before:
            connection.execute(delete(draft_images).where(*mine))
        # aside: for versions of the app that put a draft aside while a question was edited.
        of_draft = {"owner": owner, "draft_id": draft_id, "at": self.now(), "aside": False}
        kept = [of_draft | {"position": n} | dataclasses.asdict(i) for n, i in enumerate(images)]
        if kept:
            connection.execute(insert(draft_images), kept)
        let_go(connection, owner, before)

    @for_owner("read")
    def draft(self, connection: Connection, owner: str, draft_id: str) -> list[DraftedImage]:
        """Its images in order; none when the owner has none of that id."""
        return _drafted(connection, owner, d.draft_id == draft_id)

    @for_owner("read")
    def all_drafts(self, connection: Connection, owner: str) -> list[DraftedImage]:
        """The images of all of the owner's drafts."""
        return _drafted(connection, owner)


def _running(owner: str, conversation_id: str | None) -> list[ColumnElement[bool]]:
    """Attempts that somebody has begun and nobody has ended; None: of all conversations."""
    which = [a.owner == owner, a.outcome == "running"]
    return which if conversation_id is None else [*which, a.conversation_id == conversation_id]


def _alive(connection: Connection, which: list[ColumnElement[bool]], now: datetime) -> list[str]:
    """The ids of those that are alive: without a heartbeat nobody is at them any more."""
    found = connection.execute(select(a.id, a.heartbeat_at).where(*which))
    return [row.id for row in found if not rows.is_stale(row.heartbeat_at, now)]


def _drafted(connection: Connection, owner: str, *which: ColumnElement[bool]) -> list[DraftedImage]:
    query = select(draft_images).where(d.owner == owner, *which)
    return [
        DraftedImage(**{name: getattr(row, name) for name in _DRAFTED})
        for row in connection.execute(query.order_by(d.draft_id, d.position))
    ]
