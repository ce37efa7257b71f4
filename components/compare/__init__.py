"""Several images, several models, several questions: asked side by side, judged, kept.

store             what is kept of a comparison; CompareStore, what is asked of whoever keeps it
spec              what a person wants compared; errors: what can't be
sizes             an image at part of its size, or cut out; folder, zip_names: images out of a zip
plan              a spec as cells, one request each; price: what they cost before they go
request           a cell as what goes over the wire
running           comparisons in progress, which the runner asks: run_manager, run and its cells,
                  eta; and those that another process runs
rerun             a comparison of the store made ready to be asked again
judging           what answers say, whether they are right and agree, verdicts that flip
answers           right answers of many images, as they are typed or pasted
uses              what cells used, for my own traffic under another setting
cheapest_setting  the cheapest setting that keeps the answer
export            CSV, Markdown, HTML, zip
"""
