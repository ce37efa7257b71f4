"""What all stores of these tests share."""

from tests.support.databases import (
    disk_is_waited_for,
    no_disk_is_waited_for,
    statements_are_compiled_once,
)

__all__ = ["disk_is_waited_for", "no_disk_is_waited_for", "statements_are_compiled_once"]
