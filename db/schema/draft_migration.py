"""What version 10 adds for drafts, in the statements of its time."""

_TYPES = {
    "sqlite": {"name": "VARCHAR", "words": "TEXT", "time": "DATETIME"},
    "postgresql": {
        "name": 'VARCHAR COLLATE "C"',
        "words": 'TEXT COLLATE "C"',
        "time": "TIMESTAMP WITH TIME ZONE",
    },
}
_DRAFTS = (
    """CREATE TABLE draft_images (
        owner {name} NOT NULL, draft_id {name} NOT NULL, position INTEGER NOT NULL,
        at {time} NOT NULL, hash {name}, name {words} NOT NULL, detail {name} NOT NULL,
        url {words}, as_is BOOLEAN NOT NULL, first_frame BOOLEAN NOT NULL,
        aside BOOLEAN NOT NULL, PRIMARY KEY (owner, draft_id, position),
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash))""",
    "CREATE INDEX draft_images_by_hash ON draft_images (owner, hash)",
)


def drafts(dialect: str) -> list[str]:
    """dialect: as SQLAlchemy calls it."""
    return [statement.format(**_TYPES[dialect]) for statement in _DRAFTS]
