"""The FAQ page: search, groups, answers with live pieces."""
