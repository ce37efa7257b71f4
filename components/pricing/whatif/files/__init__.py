"""Scenarios and figures in and out: CSV, Markdown, links, reports."""
