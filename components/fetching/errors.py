"""What can go wrong when an image is fetched."""

from components.errors import AppError


class FetchError(AppError):
    """An image that couldn't be had from its address. `data["host"]` is what was asked, "" for
    an address that is none. Nothing tells more of a private network than that it isn't public."""

    codes = frozenset(
        {
            "fetch_address",
            "fetch_not_public",
            "fetch_unreachable",
            "fetch_too_slow",
            "fetch_too_large",
            "fetch_status",
            "fetch_redirects",
        }
    )

    def __init__(self, code: str, *, host: str, **data: object) -> None:
        super().__init__(code, host=host, **data)
