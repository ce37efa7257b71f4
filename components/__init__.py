"""The parts that the pages are made of.

    errors      AppError and its few subclasses: what can go wrong, as codes with data
    cache       what was made or read already, forgotten by last use
    access      who somebody is and what they may do: modes, roles, an allowlist; PeopleStore
    i18n        every text of the app, in Chinese and English, and one function
    models      the catalogue: which models there are, what each takes and refuses
    tokens      what images and texts cost in tokens (rules are data)
    pricing     what tokens cost in money (Decimal; unknown is None); whatif is the calculator
    images      bytes -> an image ready to be sent: upright, sRGB, as large as the model sees
    providers   one Protocol for "something that answers questions about images", two kinds of it
    pdf         pages of a PDF as pictures and text
    export      conversations out of the app, and our own format back in
    runner      what asks: runs of cells, tried again, limited, stopped, written, followed
    chat        a turn: what is sent, its answer as a run with one cell. Declares ConversationStore
    markdown    a model's answer, untrusted: read once, for every place, to harmless HTML
    pixels      what differs between two pictures, without a model
    texts       what differs between two texts
    compare     several images, questions and models asked side by side, a run with
                many cells. Declares CompareStore
    labels      what a person says of an answer: right, wrong. Declares LabelStore
    cases       questions with what is expected of their answers: sets, files of them in and out.
                Declares CaseStore
    boxes       boxes on images: orders, scales, how well they fit
    graders     whether an answer is right, by rule: right, wrong or unsure, and why
    preflight   the known limits of models as checks, with fixes, and what the model sees
    faq         questions and answers in both languages, and the search
    spending    limits, requests reserved before they leave and settled after, room. Declares Ledger
    metering    what a monitoring system is told: counters and histograms, fed by the others
    templates   the HTML pages that leave the app: exports, the shared page
    sharing     links that let whoever has one read one thing, and the page that they show
    network     what a public address is, and connections that lead nowhere else
    fetching    images by address
    samples     pictures for first use, drawn by the project itself
    worker      files of other people read in a process of its own
    presets     ready questions and system prompts
    settings    every setting once: what it takes and means, and what holds without it
    services    settings, store, runner, budget: wired once, without Streamlit
    ui          the only folder here that imports Streamlit
    backup_command  backup and restore on the command line, without services and ui

Who may import whom (tests/unit/test_imports.py enforces it):
app.py and pages -> components, never db; services -> components and db, never ui or Streamlit;
ui -> components and db; backup_command -> i18n, settings and db; every other folder here -> others
here without a circle, never services, ui, db or Streamlit, but that a __main__.py may import
services; runner never chat or compare;
db -> value types of components.
"""
