"""How older stores become newer ones.

A migration has the statements of both kinds of database, SQLite's and PostgreSQL's, and is tested
on both with data in them, from the oldest version that there was of each: 1 of SQLite, 6 of
PostgreSQL. So those up to version 6 are SQLite's alone; every later one is of both.

Each is written in the statements of its time and never changes, whatever the tables become later.
It runs inside one transaction, so a kill leaves the old store.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice

import sqlalchemy as sql
from sqlalchemy import Connection

from components.thinking import split
from db.search.fts5 import CREATE_INDEX, rowid
from db.search.text import scope_of, searchable

Migration = Callable[[Connection], None]
_AT_ONCE = 500  # rows of a statement
_VERSION_2 = (
    "ALTER TABLE conversations ADD COLUMN starred BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE conversations ADD COLUMN cost FLOAT DEFAULT '0' NOT NULL",
    "ALTER TABLE conversations ADD COLUMN deleted_at DATETIME",
    "DROP INDEX conversations_by_change",
    "CREATE INDEX conversations_in_history ON conversations (owner, deleted_at, updated_at, id)",
    "CREATE INDEX attempts_by_model ON attempts (owner, model, conversation_id)",
    """CREATE TABLE image_texts (
        owner VARCHAR NOT NULL, hash VARCHAR NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (owner, hash),
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash) ON DELETE CASCADE)""",
    """CREATE TABLE tags (
        owner VARCHAR NOT NULL, conversation_id VARCHAR NOT NULL, tag TEXT NOT NULL,
        PRIMARY KEY (owner, conversation_id, tag),
        FOREIGN KEY (owner, conversation_id) REFERENCES conversations (owner, id)
        ON DELETE CASCADE)""",
    "CREATE INDEX tags_by_name ON tags (owner, tag, conversation_id)",
    """CREATE TABLE search_keys (
        number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        owner VARCHAR NOT NULL, conversation_id VARCHAR NOT NULL,
        UNIQUE (owner, conversation_id),
        FOREIGN KEY (owner, conversation_id) REFERENCES conversations (owner, id)
        ON DELETE CASCADE)""",
    """INSERT INTO search_keys (owner, conversation_id)
        SELECT owner, id FROM conversations ORDER BY created_at, owner, id""",
    CREATE_INDEX,
)
_TEXTS = """
    SELECT k.number, k.owner, 0 AS part, c.title AS text
    FROM search_keys k JOIN conversations c ON c.owner = k.owner AND c.id = k.conversation_id
    UNION ALL
    SELECT k.number, k.owner, m.position + 1, coalesce(
        (SELECT a.text FROM attempts a WHERE a.owner = m.owner AND a.message_id = m.id
         ORDER BY a.number DESC LIMIT 1), m.text)
    FROM search_keys k
    JOIN messages m ON m.owner = k.owner AND m.conversation_id = k.conversation_id
"""


_VERSION_3 = (
    "CREATE INDEX attempts_by_start ON attempts (owner, started_at, conversation_id)",
    """CREATE TABLE scenarios (
        owner VARCHAR NOT NULL, id VARCHAR NOT NULL, name TEXT NOT NULL,
        created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, params TEXT NOT NULL,
        PRIMARY KEY (owner, id), UNIQUE (owner, name))""",
    """CREATE TABLE votes (
        owner VARCHAR NOT NULL, slug VARCHAR NOT NULL, lang VARCHAR NOT NULL,
        helpful BOOLEAN NOT NULL, at DATETIME NOT NULL,
        PRIMARY KEY (owner, slug))""",
)


_VERSION_4 = (
    """CREATE TABLE comparisons (
        owner VARCHAR NOT NULL, id VARCHAR NOT NULL, created_at DATETIME NOT NULL,
        heartbeat_at DATETIME NOT NULL, mode VARCHAR NOT NULL, "order" VARCHAR NOT NULL,
        pair_id VARCHAR, repeats INTEGER NOT NULL, again BOOLEAN NOT NULL, lang VARCHAR NOT NULL,
        title TEXT NOT NULL, models JSON NOT NULL, parameters JSON NOT NULL,
        questions JSON NOT NULL, PRIMARY KEY (owner, id))""",
    "CREATE INDEX comparisons_in_history ON comparisons (owner, created_at, id)",
    "CREATE INDEX comparisons_by_pair ON comparisons (owner, pair_id, created_at, id)",
    """CREATE TABLE comparison_images (
        owner VARCHAR NOT NULL, comparison_id VARCHAR NOT NULL, position INTEGER NOT NULL,
        letter VARCHAR NOT NULL, hash VARCHAR NOT NULL, detail VARCHAR NOT NULL,
        as_is BOOLEAN NOT NULL, first_frame BOOLEAN NOT NULL, original_width BIGINT,
        original_height BIGINT, scale INTEGER NOT NULL, box JSON, variant VARCHAR NOT NULL,
        name TEXT NOT NULL, PRIMARY KEY (owner, comparison_id, position),
        FOREIGN KEY (owner, comparison_id) REFERENCES comparisons (owner, id) ON DELETE CASCADE,
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash))""",
    "CREATE INDEX comparison_images_by_hash ON comparison_images (owner, hash)",
    """CREATE TABLE comparison_cells (
        owner VARCHAR NOT NULL, id VARCHAR NOT NULL, comparison_id VARCHAR NOT NULL,
        position INTEGER NOT NULL, question INTEGER NOT NULL, "column" INTEGER NOT NULL,
        repeat INTEGER NOT NULL, state VARCHAR NOT NULL, outcome VARCHAR, cost VARCHAR(64),
        usage_source VARCHAR NOT NULL, input_tokens BIGINT, cached_tokens BIGINT,
        output_tokens BIGINT, reasoning_tokens BIGINT, estimated_input_tokens BIGINT,
        estimated_cost VARCHAR(64), model_answered TEXT, streamed BOOLEAN, finish_reason TEXT,
        code VARCHAR, status INTEGER, request_id TEXT, attempts INTEGER NOT NULL,
        ms_first BIGINT, ms_total BIGINT, letters JSON NOT NULL, prices JSON NOT NULL,
        left_out JSON NOT NULL, error_data JSON NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (owner, id),
        FOREIGN KEY (owner, comparison_id) REFERENCES comparisons (owner, id)
        ON DELETE CASCADE)""",
    """CREATE INDEX comparison_cells_in_order
        ON comparison_cells (owner, comparison_id, position)""",
    """CREATE TABLE accepted_answers (
        owner VARCHAR NOT NULL, comparison_id VARCHAR NOT NULL, question INTEGER NOT NULL,
        letter VARCHAR NOT NULL, answer TEXT NOT NULL,
        PRIMARY KEY (owner, comparison_id, question, letter),
        FOREIGN KEY (owner, comparison_id) REFERENCES comparisons (owner, id)
        ON DELETE CASCADE)""",
)


# Version 5 came in parts, so each table is made only where it isn't there yet.
_SHARING = (
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
_COUNTED = "at, state, beat_at, kind, images, amount, priced"
_SPENDING = (
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
_PEOPLE = (
    """CREATE TABLE IF NOT EXISTS people (
        owner VARCHAR NOT NULL, role VARCHAR, off BOOLEAN NOT NULL,
        signed_in_at DATETIME NOT NULL, signed_out_before DATETIME,
        first_seen DATETIME NOT NULL, last_seen DATETIME NOT NULL,
        issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL,
        PRIMARY KEY (owner))""",
)
_VERSION_5 = (*_SHARING, *_SPENDING, *_PEOPLE)

# What several processes must know of each other.
_VERSION_6 = (
    "ALTER TABLE attempts ADD COLUMN stop_asked BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE comparison_cells ADD COLUMN stop_asked BOOLEAN DEFAULT 0 NOT NULL",
    """CREATE TABLE wrong_passwords (
        id VARCHAR NOT NULL, place VARCHAR NOT NULL, count INTEGER NOT NULL,
        at DATETIME NOT NULL, PRIMARY KEY (id))""",
    "CREATE INDEX wrong_passwords_by_place ON wrong_passwords (place, at)",
    "CREATE INDEX wrong_passwords_by_time ON wrong_passwords (at)",
)


# Other parts of a bill. Valid on every kind of database.
_VERSION_7 = tuple(
    f"ALTER TABLE {table} ADD COLUMN {column} BIGINT"
    for table in ("attempts", "comparison_cells")
    for column in ("cache_write_tokens", "image_tokens")
)


# What models thought. Valid on every kind of database.
_VERSION_8 = tuple(
    f"ALTER TABLE {table} ADD COLUMN reasoning TEXT DEFAULT '' NOT NULL"
    for table in ("attempts", "comparison_cells")
)


# What of the input was read from prompt caches, and written to them.
_VERSION_9 = tuple(
    f"ALTER TABLE usage_events ADD COLUMN {column} BIGINT"
    for column in ("cached_tokens", "cache_write_tokens")
)


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

_LABELS = (
    """CREATE TABLE labels (
        owner {name} NOT NULL, id {name} NOT NULL, at {time} NOT NULL, who {name} NOT NULL,
        verdict {name} NOT NULL, conversation_id {name}, message_id {name}, attempt_id {name},
        comparison_id {name}, question INTEGER, letter {name}, seconds FLOAT,
        blind BOOLEAN NOT NULL, replaced_by {name}, tags JSON NOT NULL, note {words} NOT NULL,
        corrected {words} NOT NULL, PRIMARY KEY (owner, id),
        FOREIGN KEY (owner, conversation_id) REFERENCES conversations (owner, id)
        ON DELETE CASCADE,
        FOREIGN KEY (owner, attempt_id) REFERENCES attempts (owner, id) ON DELETE CASCADE,
        FOREIGN KEY (owner, comparison_id) REFERENCES comparisons (owner, id)
        ON DELETE CASCADE)""",
    "CREATE INDEX labels_of_conversation ON labels (owner, conversation_id)",
    "CREATE INDEX labels_of_attempt ON labels (owner, attempt_id)",
    "CREATE INDEX labels_of_comparison ON labels (owner, comparison_id)",
    # When each was said isn't known: not before its comparison.
    """INSERT INTO labels (owner, id, at, who, verdict, comparison_id, question, letter, blind,
            tags, note, corrected)
        SELECT a.owner, 'accepted-' || a.comparison_id || '-' || a.question || '-' || a.letter,
            c.created_at, a.owner, 'right', a.comparison_id, a.question, a.letter, false,
            '[]', '', a.answer
        FROM accepted_answers a
        JOIN comparisons c ON c.owner = a.owner AND c.id = a.comparison_id""",
    "DROP TABLE accepted_answers",
)
_CASES = (
    """CREATE TABLE case_sets (
        owner {name} NOT NULL, id {name} NOT NULL, version INTEGER NOT NULL,
        cases INTEGER NOT NULL, origin {name} NOT NULL, created_at {time} NOT NULL,
        updated_at {time} NOT NULL, deleted_at {time}, name {words} NOT NULL,
        head {words} NOT NULL, PRIMARY KEY (owner, id))""",
    "CREATE INDEX case_sets_in_order ON case_sets (owner, deleted_at, updated_at, id)",
    """CREATE TABLE cases (
        owner {name} NOT NULL, set_id {name} NOT NULL, id {words} NOT NULL,
        version INTEGER NOT NULL, at {time} NOT NULL, image {name}, words {words} NOT NULL,
        body {words} NOT NULL, PRIMARY KEY (owner, set_id, id, version),
        FOREIGN KEY (owner, set_id) REFERENCES case_sets (owner, id) ON DELETE CASCADE)""",
    """CREATE TABLE set_cases (
        owner {name} NOT NULL, set_id {name} NOT NULL, case_id {words} NOT NULL,
        since INTEGER NOT NULL, until INTEGER, case_version INTEGER NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (owner, set_id, case_id, since),
        FOREIGN KEY (owner, set_id, case_id, case_version)
        REFERENCES cases (owner, set_id, id, version) ON DELETE CASCADE)""",
    "CREATE INDEX set_cases_in_order ON set_cases (owner, set_id, position)",
    """CREATE TABLE case_images (
        owner {name} NOT NULL, set_id {name} NOT NULL, name {words} NOT NULL,
        hash {name} NOT NULL, PRIMARY KEY (owner, set_id, name),
        FOREIGN KEY (owner, set_id) REFERENCES case_sets (owner, id) ON DELETE CASCADE,
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash))""",
    "CREATE INDEX case_images_by_hash ON case_images (owner, hash)",
    """CREATE TABLE finished_runs (
        owner {name} NOT NULL, set_id {name} NOT NULL, position INTEGER NOT NULL,
        body {words} NOT NULL, PRIMARY KEY (owner, set_id, position),
        FOREIGN KEY (owner, set_id) REFERENCES case_sets (owner, id) ON DELETE CASCADE)""",
)

_JUDGES = (
    "ALTER TABLE case_runs ADD COLUMN judges JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE case_answers ADD COLUMN judges {name} DEFAULT '' NOT NULL",
    "ALTER TABLE case_answers ADD COLUMN grader INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE case_answers ADD COLUMN vote INTEGER DEFAULT '0' NOT NULL",
)

# Runs of cases.
_CASE_RUNS = (
    """CREATE TABLE case_snapshots (
        owner {name} NOT NULL, digest {name} NOT NULL, data JSON NOT NULL,
        PRIMARY KEY (owner, digest))""",
    """CREATE TABLE case_snapshot_images (
        owner {name} NOT NULL, digest {name} NOT NULL, hash {name} NOT NULL,
        PRIMARY KEY (owner, digest, hash),
        FOREIGN KEY (owner, digest) REFERENCES case_snapshots (owner, digest) ON DELETE CASCADE,
        FOREIGN KEY (owner, hash) REFERENCES images (owner, hash))""",
    "CREATE INDEX case_snapshot_images_by_hash ON case_snapshot_images (owner, hash)",
    """CREATE TABLE case_runs (
        owner {name} NOT NULL, id {name} NOT NULL, created_at {time} NOT NULL,
        heartbeat_at {time} NOT NULL, digest {name} NOT NULL, set_id {name} NOT NULL,
        repeats INTEGER NOT NULL, lang {name} NOT NULL, budget VARCHAR(64),
        fresh BOOLEAN NOT NULL, held {name} NOT NULL, name {words} NOT NULL,
        settings JSON NOT NULL, parameters JSON NOT NULL, PRIMARY KEY (owner, id),
        FOREIGN KEY (owner, digest) REFERENCES case_snapshots (owner, digest))""",
    "CREATE INDEX case_runs_in_order ON case_runs (owner, created_at, id)",
    "CREATE INDEX case_runs_of_set ON case_runs (owner, set_id, created_at, id)",
    "CREATE INDEX case_runs_by_snapshot ON case_runs (owner, digest)",
    """CREATE TABLE case_answers (
        owner {name} NOT NULL, id {name} NOT NULL, run_id {name} NOT NULL,
        position INTEGER NOT NULL, "case" INTEGER NOT NULL, "column" INTEGER NOT NULL,
        repeat INTEGER NOT NULL, rotation INTEGER NOT NULL, state {name} NOT NULL,
        outcome {name}, verdict {name}, host {name} NOT NULL, body {name} NOT NULL,
        reserved VARCHAR(64), kept_from {name} NOT NULL, kept_cost VARCHAR(64), kept_at {time},
        cost VARCHAR(64), usage_source {name} NOT NULL, input_tokens BIGINT, cached_tokens BIGINT,
        output_tokens BIGINT, reasoning_tokens BIGINT, cache_write_tokens BIGINT,
        image_tokens BIGINT, estimated_input_tokens BIGINT, estimated_cost VARCHAR(64),
        model_answered {words}, streamed BOOLEAN, finish_reason {words}, code {name},
        status INTEGER, request_id {words}, attempts INTEGER NOT NULL, ms_first BIGINT,
        ms_total BIGINT, prices JSON NOT NULL, left_out JSON NOT NULL, error_data JSON NOT NULL,
        graded JSON, text {words} NOT NULL, reasoning {words} DEFAULT '' NOT NULL,
        PRIMARY KEY (owner, id),
        FOREIGN KEY (owner, run_id) REFERENCES case_runs (owner, id) ON DELETE CASCADE)""",
    "CREATE INDEX case_answers_in_order ON case_answers (owner, run_id, position)",
    "CREATE INDEX case_answers_by_body ON case_answers (owner, body, repeat)",
    """CREATE TABLE case_verdicts (
        owner {name} NOT NULL, id {name} NOT NULL, run_id {name} NOT NULL,
        answer_id {name} NOT NULL, at {time} NOT NULL, verdict {name} NOT NULL,
        person {words} NOT NULL, PRIMARY KEY (owner, id),
        FOREIGN KEY (owner, answer_id) REFERENCES case_answers (owner, id) ON DELETE CASCADE)""",
    "CREATE INDEX case_verdicts_of_run ON case_verdicts (owner, run_id, at, id)",
    "CREATE INDEX case_verdicts_of_answer ON case_verdicts (owner, answer_id)",
)


def to_version_2(connection: Connection) -> None:
    """Stars, tags, deleting with undo, costs to filter by, and the word index."""
    for statement in _VERSION_2:
        connection.exec_driver_sql(statement)
    for rows in _batches(_words(connection)):
        connection.exec_driver_sql(
            "INSERT INTO search_index (rowid, scope, words) VALUES (?, ?, ?)", rows
        )
    for rows in _batches(_costs(connection)):
        connection.exec_driver_sql(
            "UPDATE conversations SET cost = ? WHERE owner = ? AND id = ?", rows
        )


def to_version_3(connection: Connection) -> None:
    """Scenarios, votes, and attempts found by when they were begun."""
    for statement in _VERSION_3:
        connection.exec_driver_sql(statement)


def to_version_4(connection: Connection) -> None:
    """Comparisons."""
    for statement in _VERSION_4:
        connection.exec_driver_sql(statement)


def to_version_5(connection: Connection) -> None:
    """Many people: sharing, and what else came with it."""
    for statement in _VERSION_5:
        connection.exec_driver_sql(statement)


def to_version_6(connection: Connection) -> None:
    """Many processes: what must stop wherever it runs, and wrong passwords."""
    for statement in _VERSION_6:
        connection.exec_driver_sql(statement)


def to_version_7(connection: Connection) -> None:
    """What endpoints wrote to their prompt caches, and what images came to."""
    for statement in _VERSION_7:
        connection.exec_driver_sql(statement)


def to_version_8(connection: Connection) -> None:
    """What models thought is told apart from what they answered, in old answers too."""
    for statement in _VERSION_8:
        connection.exec_driver_sql(statement)
    for table in ("attempts", "comparison_cells"):
        _split_answers(connection, table)


def to_version_9(connection: Connection) -> None:
    """What prompt caches did is among what was used."""
    for statement in _VERSION_9:
        connection.exec_driver_sql(statement)


def to_version_10(connection: Connection) -> None:
    """Images of drafts."""
    _make(connection, _DRAFTS)


def to_version_11(connection: Connection) -> None:
    """Pictures in answers of comparisons."""
    _make(connection, _PICTURES)


def to_version_12(connection: Connection) -> None:
    """Labels, of which accepted answers of comparisons are some, and sets of cases."""
    _make(connection, (*_LABELS, *_CASES))


def to_version_13(connection: Connection) -> None:
    """Runs of cases."""
    _make(connection, _CASE_RUNS)


def to_version_14(connection: Connection) -> None:
    """Judges of runs of cases."""
    _make(connection, _JUDGES)


# The first entry makes version 2 out of version 1, and so on. A new database gets the present
# tables at once, so a migration never needs to know what comes after it.
MIGRATIONS: tuple[Migration, ...] = (
    to_version_2,
    to_version_3,
    to_version_4,
    to_version_5,
    to_version_6,
    to_version_7,
    to_version_8,
    to_version_9,
    to_version_10,
    to_version_11,
    to_version_12,
    to_version_13,
    to_version_14,
)


def _make(connection: Connection, statements: Iterable[str]) -> None:
    """Tables and their indexes, with the types of the kind of database."""
    types = _TYPES[connection.dialect.name]
    for statement in statements:
        connection.exec_driver_sql(statement.format(**types))


def _split_answers(connection: Connection, table: str) -> None:
    tagged = " OR ".join(
        f"lower(text) LIKE '%{word}%'" for word in ("think", "thought", "reasoning")
    )
    which = sql.text(f"SELECT owner, id FROM {table} WHERE outcome <> 'running' AND ({tagged})")
    read = sql.text(f"SELECT text FROM {table} WHERE owner = :owner AND id = :id")
    write = sql.text(
        f"UPDATE {table} SET text = :answer, reasoning = :thought WHERE owner = :owner AND id = :id"
    )
    for row in connection.execute(which).all():
        place = {"owner": row.owner, "id": row.id}
        answer, thought = split(connection.execute(read, place).scalar_one())
        if thought:
            connection.execute(write, place | {"answer": answer, "thought": thought})


def _words(connection: Connection) -> Iterator[tuple[object, ...]]:
    for number, owner, part, text in connection.exec_driver_sql(_TEXTS):
        if words := searchable(text):
            yield rowid(number, part), scope_of(owner), words


def _costs(connection: Connection) -> Iterator[tuple[object, ...]]:
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for owner, conversation_id, cost in connection.exec_driver_sql(
        "SELECT owner, conversation_id, cost FROM attempts WHERE cost IS NOT NULL"
    ):
        sums[owner, conversation_id] += Decimal(cost)
    for (owner, conversation_id), cost in sums.items():
        yield float(cost), owner, conversation_id


def _batches(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some
