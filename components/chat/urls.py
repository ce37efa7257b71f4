"""Addresses of images that the endpoint is to download itself. Nothing is looked up here."""

from urllib.parse import SplitResult, urlsplit

from components.network import is_public


def public_url(url: str) -> SplitResult | None:
    """The parts of an address on the public web, None for anything else: another scheme, a user
    name or password, a private or local address in any way of writing it.
    """
    # A backslash is a slash to browsers, and so would hide the host from one of the two.
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        usual = parts.scheme in {"http", "https"} and "@" not in parts.netloc and parts.port != 0
        return parts if usual and is_public(parts.hostname or "") else None
    except ValueError:
        return None
