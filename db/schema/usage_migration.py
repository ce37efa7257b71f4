"""What version 5 adds for spending, in the statements of its time."""

_COUNTED = "at, state, beat_at, kind, images, amount, priced"
SPENDING = (
    """CREATE TABLE IF NOT EXISTS usage_events (
        owner VARCHAR NOT NULL, id VARCHAR NOT NULL, at DATETIME NOT NULL,
        beat_at DATETIME NOT NULL, state VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        images INTEGER NOT NULL, amount BIGINT NOT NULL, priced BOOLEAN NOT NULL,
        estimated_cost VARCHAR(64), cost VARCHAR(64), input_tokens BIGINT, output_tokens BIGINT,
        subject VARCHAR NOT NULL, endpoint TEXT NOT NULL, host TEXT NOT NULL,
        model TEXT NOT NULL, PRIMARY KEY (owner, id))""",
    f"CREATE INDEX IF NOT EXISTS usage_by_owner ON usage_events (owner, {_COUNTED})",
    f"CREATE INDEX IF NOT EXISTS usage_by_time ON usage_events ({_COUNTED})",
)
