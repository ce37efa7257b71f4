"""The conversation log: SQLAlchemy tables, and SqlLog, which fulfils components.chat.log.Log.

    types    columns that give back exactly what was put in
    tables   the tables; every one has an owner in its key
    faults   a driver's exceptions as LogError
    engine   Store: one database with one write lock, read() and write()
    schema   whose database it is, which version, migrations
    rows     rows <-> value types
    readers  the longer queries
    turns    writing a turn
    log      SqlLog and open_log

Imports value types of components and SQLAlchemy, nothing else.
"""
