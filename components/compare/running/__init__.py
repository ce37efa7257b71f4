"""Comparisons in progress: cells and the workers that ask them, limits per endpoint, what is
written, and comparisons that another process runs.
"""
