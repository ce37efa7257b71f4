"""Images by address, fetched by this server: guarded, so that nothing private is ever reached.

address   which addresses are taken at all
deadline  connections that end in time
download  one picture: redirects, limits of size and time
"""

from components.fetching.download import Fetched, fetch_image
from components.fetching.errors import FetchError

__all__ = ["FetchError", "Fetched", "fetch_image"]
