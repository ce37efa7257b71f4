"""What a person says of answers."""

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from components.labels import MAX_CORRECTED, Judged, Label, Said
from db.conversations.turns import exists
from db.engine.repository import Repository, for_owner
from db.labels import rows
from db.schema.conversations import attempts, conversations
from db.schema.labels import labels

c, a = labels.c, attempts.c


class Labels(Repository):
    """components.labels.LabelStore."""

    @for_owner("write")
    def add(
        self,
        connection: Connection,
        owner: str,
        label_id: str,
        attempt_id: str,
        verdict: Said,
        corrected: str = "",
    ) -> bool:
        """The owner's word on an answer, in place of what they had said of it. A repeat with the
        same id does nothing. False when there is no such answer."""
        if exists(connection, labels, owner, label_id):
            return True
        of = select(a.conversation_id, a.message_id).where(a.owner == owner, a.id == attempt_id)
        answer = connection.execute(of).first()
        if answer is None:
            return False
        subject = {**answer._mapping, "attempt_id": attempt_id}
        said = rows.spoken(label_id, owner, verdict, corrected[:MAX_CORRECTED], self.now())
        rows.add(connection, owner, subject, said)
        return True

    @for_owner("read")
    def of_conversation(
        self, connection: Connection, owner: str, conversation_id: str
    ) -> dict[str, Label]:
        """What holds now, by attempt id."""
        query = select(labels).where(*rows.holds(owner), c.conversation_id == conversation_id)
        return {row.attempt_id: rows.label(row) for row in connection.execute(query)}

    @for_owner("read")
    def all(
        self, connection: Connection, owner: str, verdicts: Collection[Judged] = ()
    ) -> list[Label]:
        """What holds now, newest first. verdicts: only those; empty for all. Answers of deleted
        conversations aren't among them."""
        t = conversations.c
        there = select(t.id).where(t.owner == owner, t.deleted_at.is_(None))
        query = select(labels).where(
            *rows.holds(owner), or_(c.conversation_id.is_(None), c.conversation_id.in_(there))
        )
        if verdicts:
            query = query.where(c.verdict.in_(verdicts))
        found = connection.execute(query.order_by(c.at.desc(), c.id.desc()))
        return [rows.label(row) for row in found]

    @for_owner("read")
    def history(self, connection: Connection, owner: str) -> list[Label]:
        """Every label there ever was, replaced and withdrawn ones too, oldest first."""
        query = select(labels).where(c.owner == owner).order_by(c.at, c.id)
        return [rows.label(row) for row in connection.execute(query)]
