"""Comparisons out of the app: for a spreadsheet, for reading, or all of it.

    rows       CSV, a row per cell
    markdown   for notes; in the zip with the images beside it
    page       one HTML file with the images in it
    bundle     a zip of these
    formatting what stands beside an answer; masks

All take a comparison as the store has it and known keys to be masked, and give bytes.
"""

from components.compare.export.bundle import comparison_zip
from components.compare.export.markdown import comparison_markdown
from components.compare.export.page import comparison_html
from components.compare.export.rows import comparison_csv

__all__ = ["comparison_csv", "comparison_html", "comparison_markdown", "comparison_zip"]
