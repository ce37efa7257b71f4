"""The word index: texts and queries as words, in FTS5 and in tsvectors."""
