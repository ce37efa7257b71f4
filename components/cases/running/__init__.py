"""Runs of cases in progress, as the runner asks them, and those that another process runs."""
