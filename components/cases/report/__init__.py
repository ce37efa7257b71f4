"""A run out of the app: for a spreadsheet, for reading, for programs and for CI.

report     what all of them tell of: a run with its results, beside another one
words      its lines, in a language
rows       CSV, a row per answer
page       one HTML file with the images in it, that loads nothing
data       JSON, and back, so that it can be a baseline
junit      JUnit XML, a suite per setting
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from components.cases.report.data import report_json
from components.cases.report.junit import report_junit
from components.cases.report.page import report_html
from components.cases.report.report import Report
from components.cases.report.rows import report_csv
from components.export.pictures import ImageOf


class Writer(Protocol):
    """Writes a report, in pieces."""

    def __call__(self, report: Report, lang: str, image_of: ImageOf) -> Iterator[bytes]: ...


WRITERS: Mapping[str, Writer] = {
    "csv": lambda report, lang, image_of: report_csv(report, lang),
    "html": report_html,
    "json": lambda report, lang, image_of: report_json(report, lang),
    "xml": lambda report, lang, image_of: report_junit(report, lang),
}
"""By the ending of the file."""
