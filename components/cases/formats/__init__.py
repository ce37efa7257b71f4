"""Files of cases, one module for each format: read with care, written without loss or with a list
of what is lost.

source          one file, a folder or a zip, and nothing outside
values, yaml_values, tables     JSON, YAML, CSV and TSV, counted before they are made
pictures        images of a file; none is fetched
templates       `{{name}}`, and nothing else of a template
rows            what came, kept verbatim as long as its case is unchanged
tuwen           our own
openai_evals, openai_hosted, promptfoo, inspect_samples, vlmevalkit
detect          which of them it is
"""

from collections.abc import Callable

from components.cases.case import CaseSet
from components.cases.errors import CaseError
from components.cases.formats import (
    inspect_samples,
    openai_evals,
    openai_hosted,
    promptfoo,
    tuwen,
    vlmevalkit,
)
from components.cases.formats.detect import format_of
from components.cases.formats.result import Read, Written
from components.cases.formats.source import Source, of_bytes, of_files, opened

_READERS: dict[str, Callable[[Source], Read]] = {
    "tuwen": tuwen.read,
    "openai_evals": openai_evals.read,
    "openai_hosted": openai_hosted.read,
    "promptfoo": promptfoo.read,
    "inspect": inspect_samples.read,
    "vlmevalkit": vlmevalkit.read,
}
_WRITERS: dict[str, Callable[[CaseSet], Written]] = {
    "tuwen": tuwen.write,
    "openai_evals": openai_evals.write,
    "openai_hosted": openai_hosted.write,
    "vlmevalkit": vlmevalkit.write,
}
READ = tuple(_READERS)
"""Formats that are read."""

_KINDS = {"promptfoo": ("yaml", "json", "jsonl", "csv"), "inspect": ("jsonl", "json", "csv")}
WRITTEN = (
    *READ,
    *(f"{name}-{kind}" for name, kinds in _KINDS.items() for kind in kinds),
)
"""Formats that are written: `promptfoo-csv` is a kind of promptfoo's."""


def read(source: Source, name: str | None = None) -> Read:
    """The cases of a file. name: of READ; found by the content if None. Raises CaseError."""
    found = _READERS[name or format_of(source)](source)
    if not found.cases.cases:
        raise CaseError("cases_empty", name=source.name)
    return found


def write(cases: CaseSet, name: str) -> Written:
    """The cases as files of a format of WRITTEN. Raises CaseError cases_invalid where a bundle says
    nonsense of what came in that format."""
    base, _, kind = name.partition("-")
    try:
        if base == "promptfoo":
            return promptfoo.write(cases, kind or None)
        if base == "inspect":
            return inspect_samples.write(cases, kind or None)
        return _WRITERS[base](cases)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        if base in cases.extra or any(base in case.extra for case in cases.cases):
            # Kept verbatim, it may be anything that somebody wrote into a bundle.
            raise CaseError("cases_invalid", place=f"extra.{base}") from None
        raise


__all__ = [
    "READ",
    "WRITTEN",
    "Read",
    "Source",
    "Written",
    "of_bytes",
    "of_files",
    "opened",
    "read",
    "write",
]
