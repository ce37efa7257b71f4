"""The built-in reader: reads text in pictures, measures them and says what differs.

The app's default without an API key. `read_text` is of use on its own.
"""

from components.providers.builtin_reader.client import MODEL, BuiltinReader, warm_up
from components.providers.builtin_reader.reading import TextLine, already_read, read_text

__all__ = ["MODEL", "BuiltinReader", "TextLine", "already_read", "read_text", "warm_up"]
