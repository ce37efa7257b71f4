"""The history page: search, actions, export and import, one's own data, what the team reads."""
