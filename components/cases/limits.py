"""How much a file of cases may be."""

MEGABYTE = 1_000_000

MAX_TEXT_BYTES = 50 * MEGABYTE
"""One file that holds cases."""

MAX_ZIP_BYTES = 1000 * MEGABYTE
MAX_IMAGES_BYTES = 1000 * MEGABYTE
"""A bundle as it comes, and its images together."""

MAX_CASES = 10_000
MAX_FILES = 20_000
"""Files that are looked at in a folder."""

MAX_NODES = 100_000
"""Values of a YAML file, those counted again that are named again; values of one line of JSONL."""

MAX_JSON_NODES = 2_000_000
"""Values of a whole JSON file."""

MAX_ALIASES = 1_000
MAX_DEPTH = 100
