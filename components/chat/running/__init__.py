"""Answers in progress: the runner and its loop, tries, what is written meanwhile and at the end,
and answers that another process runs.
"""
