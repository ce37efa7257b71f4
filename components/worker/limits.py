"""What reading one file may take. All of it is ours."""

SECONDS = 120.0
"""The longest file that is taken needs half of it on a slow machine."""

MEMORY = 1_500_000_000
"""Bytes of address space; not held on macOS and Windows, which know no such limit."""

AT_ONCE = 2
"""Processes at a time, of all people."""

WAIT = 60.0
"""Seconds for one of them to become free."""

SMALL = 300_000
"""Bytes of a file of sizes or images that is read where it is asked for."""
