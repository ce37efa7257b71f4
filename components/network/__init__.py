"""What the public web is: told from a host's looks and from an address, in one place."""

from components.network.public import is_public, is_public_address, may_be_public

__all__ = ["is_public", "is_public_address", "may_be_public"]
