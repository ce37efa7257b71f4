"""One conversation, comparison, scenario or run of cases shown to whoever has a link, read-only,
for a time.

store          shares as they are kept, and what is asked of a store
tokens         the secret in a link; only its hash is kept
making         a new share and its token
reach          who could open a link, by its host
resolve_share  from a token to what it shows
hiding         what is shared without costs, without names, without keys
pictures       an image of it, made anew: no metadata, no bytes but those that are seen
page           the HTML page; talk, compared, scenario, case_run: its kinds
"""
