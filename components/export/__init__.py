"""Conversations out of the app, and our own format back in.

    json_out      our format, whole: one JSON file, or a zip with the images beside it
    json_in       reading it back, trusting nothing
    chat_jsonl    messages as chat APIs take them, one conversation per line
    markdown_zip  for reading and notes, with an images folder
    html_page     one file with the images in it
    usage_csv     tokens and costs for a spreadsheet
    keys          no key leaves in any of them

All take StoredConversations (an iterator will do), a function from an image's hash to the image,
and known keys to be masked; all give their bytes in pieces.
"""

from components.export.chat_jsonl import chat_jsonl
from components.export.errors import ExportError
from components.export.html_page import html_page
from components.export.json_in import Import, bring_in, read_export
from components.export.json_out import json_file, json_zip
from components.export.markdown_zip import markdown_zip
from components.export.pictures import ImageOf
from components.export.usage_csv import usage_csv

__all__ = [
    "ExportError",
    "ImageOf",
    "Import",
    "bring_in",
    "chat_jsonl",
    "html_page",
    "json_file",
    "json_zip",
    "markdown_zip",
    "read_export",
    "usage_csv",
]
