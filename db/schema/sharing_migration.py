"""What version 5 adds for sharing, in the statements of its time."""

SHARING = (
    """CREATE TABLE IF NOT EXISTS shares (
        owner VARCHAR NOT NULL, id VARCHAR NOT NULL, hash VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, target_id VARCHAR NOT NULL, created_at DATETIME NOT NULL,
        ends_at DATETIME NOT NULL, revoked_at DATETIME, with_costs BOOLEAN NOT NULL,
        with_names BOOLEAN NOT NULL, person TEXT NOT NULL,
        PRIMARY KEY (owner, id), UNIQUE (hash))""",
    "CREATE INDEX IF NOT EXISTS shares_by_target ON shares (owner, kind, target_id)",
    """CREATE TABLE IF NOT EXISTS team_visible (
        owner VARCHAR NOT NULL, conversation_id VARCHAR NOT NULL, since DATETIME NOT NULL,
        name TEXT NOT NULL, PRIMARY KEY (owner, conversation_id),
        FOREIGN KEY (owner, conversation_id) REFERENCES conversations (owner, id)
        ON DELETE CASCADE)""",
)
