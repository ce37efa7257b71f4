"""The usage page, the meter of limits, and what a message may hold."""
