"""What the public web is: told from a URL, a host's looks and an address, in one place."""

from components.network.public import is_public, is_public_address, may_be_public, public_url

__all__ = ["is_public", "is_public_address", "may_be_public", "public_url"]
