"""Copies of all of it while it is in use, and a store out of one."""
