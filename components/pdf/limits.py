"""What is accepted of a PDF. All of it is ours."""

MEGABYTE = 1_000_000

MAX_BYTES = 50 * MEGABYTE
MAX_PAGES = 500
MAX_CHOSEN = 20
"""Pages that may be taken at once: each is an image that is sent again with every turn."""

PAGE_DPI = 200
"""A page of A4 becomes 1654 x 2339 pixels: more than any model looks at, small print included."""

MAX_PAGE_PIXELS = 8_000_000
MAX_PAGE_SIDE = 4096
THUMBNAIL_SIDE = 240
MAX_TEXT = 20_000
"""Characters of one page's text."""

SECONDS = 20.0
"""One call may take so long. Pages of scans take up to 2 s."""

MEMORY = 1500 * MEGABYTE
AT_ONCE = 2
"""Processes at a time, of all people."""
