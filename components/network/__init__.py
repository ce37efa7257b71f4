"""What the public web is, and connections that lead nowhere else.

public     told from a URL, a host's looks and an address
resolver   names looked up once, in time, to addresses that are all public
backends   what the HTTP packages connect through, without and with an event loop
"""

from components.network.public import ascii_host, is_public, is_public_address, public_url

__all__ = ["ascii_host", "is_public", "is_public_address", "public_url"]
