"""PDFs among dropped files: kept in the session until their pages are picked."""

from components.chat.store import new_id
from components.errors import PdfError
from components.pdf import is_pdf, open_pdf
from components.spending.errors import UploadError
from components.spending.uploads import check_session
from components.ui.chat.state import OpenPdf, Refused
from components.ui.streamlit_seam.session import current_session
from components.ui.usage.quota import size_held

BEGIN_WITH = 5  # pages that are chosen until the person chooses others


def take_in(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Open the PDFs of `files`; returns the other files. What can't be opened is named."""
    session, others = current_session(), []
    for name, content in files:
        if not is_pdf(content) and not name.lower().endswith(".pdf"):
            others.append((name, content))
            continue
        try:
            check_session(name, size_held() + len(content))
            pdf = open_pdf(content, name)
        except (PdfError, UploadError) as error:
            session.chat.refused.append(Refused(error))
            continue
        first = list(range(1, min(pdf.pages, BEGIN_WITH) + 1))
        session.chat.pdfs.append(OpenPdf(new_id(), pdf, chosen=first))
    return others
