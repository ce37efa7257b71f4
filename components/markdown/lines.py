"""What a line of Markdown begins with: the patterns of CommonMark's block structure."""

import re

QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r" {0,3}(?P<marker>[-+*]|\d{1,9}[.)])(?P<gap> *)(?P<rest>[^ \n]?)")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
FENCE = re.compile(r" {0,3}(?P<run>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)$")
FENCE_END = re.compile(r" {0,3}(?P<run>`{3,}|~{3,})[ \t]*$")
DELIMITERS = re.compile(r"[ \t]*(?=[^-]*-)[-:| \t]+$")  # the second row of a table

_MARKERS = re.compile(r"[ \t>*+\-\d.)]*")
_BREAK = re.compile(r"\r\n?|\n")


def split_lines(text: str) -> list[str]:
    """Lines as Markdown counts them (str.splitlines knows more ends than Markdown does)."""
    return _BREAK.split(text)


def columns(line: str) -> str:
    """The line with the tabs between its markers as spaces, so that an index is a column."""
    if "\t" not in line:
        return line
    start = _MARKERS.match(line)
    end = start.end() if start else 0
    return line[:end].expandtabs(4) + line[end:]


def indent_of(line: str, at: int) -> int:
    """How many spaces stand at `at`."""
    return len(line) - at - len(line[at:].lstrip(" "))


def is_blank(line: str, at: int = 0) -> bool:
    return not line[at:].strip(" \t")
