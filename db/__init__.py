"""The conversation store: SQLAlchemy tables, and SqlStore, which fulfils
components.chat.store.Store.

    types         columns that give back exactly what was put in
    tables        the tables; every one has an owner in its key
    faults        a driver's exceptions as StoreError
    engine        Database: one database with one write lock, read() and write()
    schema        whose database it is, which version
    readiness     whether it can be read right now; watched: a store that times its writes
    migrations    older versions made into newer ones
    rows          rows <-> value types
    readers       a whole conversation, and what images it shows
    turns         writing a turn
    running       answers in progress, of any process: heartbeats, asking to stop; running_log
    search_text   texts and queries as words, Chinese too
    search_index  the word index; words: what of a question is in it
    history       filters, pages, counts
    marks         stars, titles, tags
    removal       deleting, undoing it, purging
    restore       writing a conversation that comes from elsewhere
    usage replay     what answers used, for working out what they would have cost otherwise
    drafts        images of questions that aren't asked yet; draft_log, draft_migration
    scenarios     named scenarios of the calculator; votes: on the FAQ's answers
    comparisons   writing comparisons and their cells; comparison_readers, _rows, _tables;
                  comparison_running: as running
    shares        links that lead to one thing; share_lookup: whose link it is; team_lookup: what
                  others let the team read; share_log, sharing_tables
    usage         requests and what they spend; usage_of_all: sums over everybody, for limits for
                  all and admins; usage_log, usage_tables, usage_migration
    retention     what goes by itself, and all of a person's; retention_log
    people        who has signed in; people_lookup: all of them, for admins; people_log,
                  people_tables, people_migration
    backup        copies of all of it while it is in use, and a store out of one; backup_sqlite,
                  backup_postgres; copies: files named when they are whole; dump: reading what
                  pg_dump made; postgres_programs: running it without showing the password
    store           SqlStore and open_store; history_store: the half of it that the history asks;
                  scenario_store: scenarios and votes; compare_log: comparisons

Imports value types of components and SQLAlchemy, nothing else.
"""
