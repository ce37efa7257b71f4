"""One database for all threads of a process: SQLite or PostgreSQL, its clock, its faults as
codes."""
