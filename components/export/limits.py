"""How much an import may be: what a person's own export can be, and not much more."""

MEGABYTE = 1_000_000

MAX_FILE_BYTES = 256 * MEGABYTE
"""The file as it comes."""

MAX_JSON_BYTES = 128 * MEGABYTE
"""Its JSON, unpacked."""

MAX_UNPACKED_BYTES = 1000 * MEGABYTE
"""All that is packed in a zip."""

MAX_ENTRIES = 50_000
"""Files in a zip."""

MAX_BRACKETS = 3_000_000
MAX_COMMAS = 10_000_000
"""Of the JSON, also inside its texts: each may become an object in memory of 30 times its size."""

MAX_CONVERSATIONS = 20_000
MAX_ITEMS = 20_000
"""Conversations, and messages, images or tries of one thing."""

MAX_TEXT = 5_000_000
"""Characters of one text."""

MAX_NUMBER = 2**53
MAX_DEPTH = 8
MAX_FREE_VALUES = 2_000
"""Of parameters, whose shape is free."""

MAX_THUMBNAIL_BYTES = 1 * MEGABYTE
MAX_THUMBNAIL_SIDE = 2_048
"""Pixels."""
