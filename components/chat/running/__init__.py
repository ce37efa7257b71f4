"""Answers in progress, as the runner asks them: runs with one cell, and those that another process
runs.
"""
