"""What version 11 adds for pictures in answers of comparisons, in the statements of its time."""

_TYPES = {
    "sqlite": {"name": "VARCHAR", "words": "TEXT"},
    "postgresql": {"name": 'VARCHAR COLLATE "C"', "words": 'TEXT COLLATE "C"'},
}
_PICTURES = (
    """CREATE TABLE cell_pictures (
        owner {name} NOT NULL, cell_id {name} NOT NULL, position INTEGER NOT NULL,
        comparison_id {name} NOT NULL, hash {name} NOT NULL, name {words} NOT NULL,
        width BIGINT NOT NULL, height BIGINT NOT NULL,
        PRIMARY KEY (owner, cell_id, position),
        FOREIGN KEY (owner, cell_id) REFERENCES comparison_cells (owner, id) ON DELETE CASCADE,
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash))""",
    "CREATE INDEX cell_pictures_of_comparison ON cell_pictures (owner, comparison_id)",
    "CREATE INDEX cell_pictures_by_hash ON cell_pictures (owner, hash)",
)


def pictures(dialect: str) -> list[str]:
    """dialect: as SQLAlchemy calls it."""
    return [statement.format(**_TYPES[dialect]) for statement in _PICTURES]
