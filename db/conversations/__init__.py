"""Conversations: turns, history, answers in progress, deleting, restoring, retention."""
