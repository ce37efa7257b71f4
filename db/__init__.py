"""The store in a database: db.store has open_store, and Store, whose repositories fulfil what the
rooms of components ask.

    engine         Database: read() and write() for all threads of a process; SQLite, PostgreSQL;
                   Repository and its decorators, which say whose rows a query is about
    schema         tables, every one with an owner in its key; versions and migrations
    search         the word index, Chinese too
    conversations  turns, history, answers in progress, deleting, restoring, retention
    comparisons    comparisons and their cells
    labels         what people say of answers
    cases          sets of cases: their versions, images, and the runs that came with them
    people         who has signed in, and wrong passwords
    usage          requests and what they spend
    sharing        links, and what the team may read
    backup         copies while it is in use, and a store out of one

A migration changes both kinds of database and is tested on both from the oldest version on, with
data in it. Imports value types of components and SQLAlchemy, nothing else.
"""
