"""What version 5 adds for signing in, in the statements of its time."""

PEOPLE = (
    """CREATE TABLE IF NOT EXISTS people (
        owner VARCHAR NOT NULL, role VARCHAR, off BOOLEAN NOT NULL,
        signed_in_at DATETIME NOT NULL, signed_out_before DATETIME,
        first_seen DATETIME NOT NULL, last_seen DATETIME NOT NULL,
        issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL,
        PRIMARY KEY (owner))""",
)
