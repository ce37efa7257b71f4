"""Comparisons and their cells: written, read, and in progress."""
