"""Several images, several models, several questions: asked side by side, judged, kept.

store        what is kept of a comparison, and the store that keeps it (db fulfils it)
spec       what a person wants compared; errors, limits: what can't be
sizes      an image at part of its size, or cut out
plan       a spec as cells, one request each; price: what all of them cost before they go
request    a cell as what goes over the wire
gate       so many at once per endpoint, and pauses that all of its cells keep; gates: all of them
live       a cell in progress; run: a comparison in progress; asking: one cell asked
runs       the process's runner; workers: what asks, on the loop; keeping: what writes to the store
elsewhere  a comparison that another process runs on the same store
kept       a comparison of the store made ready to be asked again
reading    what an answer says: numbers, verdicts; verdicts.toml: the words for it
judge      right or wrong, how far answers agree
flips      verdicts that turn with the order; table: answers as figures; scores: by model
settings   the cheapest setting that keeps the answer
out        CSV, Markdown, HTML, zip
"""
