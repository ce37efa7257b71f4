"""PDFs: pages as images, and the text beside them.

A PDF is a program of a stranger's, and pdfium is C++: whatever reads it runs in a process of its
own (worker.py) with a limit of time and memory, so that the worst file ends that process and
nothing else. Imports errors alone; nothing of it is loaded before the first PDF comes.
"""

from components.pdf.choosing import chosen_pages, page_ranges
from components.pdf.reader import open_pdf, page_text, render_page, rendered_size, thumbnails
from components.pdf.types import Pdf, is_pdf

__all__ = [
    "Pdf",
    "chosen_pages",
    "is_pdf",
    "open_pdf",
    "page_ranges",
    "page_text",
    "render_page",
    "rendered_size",
    "thumbnails",
]
