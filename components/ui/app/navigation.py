"""Where the pages lie, and what they need beside Python. Absolute paths: the frame lives elsewhere
(see app.py)."""

from components.services.surroundings import ROOT

_PAGES = ROOT / "pages"
CHAT = str(_PAGES / "chat_page.py")
COMPARE = str(_PAGES / "compare_page.py")
CASES = str(_PAGES / "cases_page.py")
COST = str(_PAGES / "cost_page.py")
HISTORY = str(_PAGES / "history_page.py")
FAQ = str(_PAGES / "faq_page.py")
USAGE = str(_PAGES / "usage_page.py")
PEOPLE = str(_PAGES / "people_page.py")
PATHS = tuple(sorted(path.stem.removesuffix("_page") for path in _PAGES.glob("*_page.py")))
PRODUCT = "Tuwen 图问"
ASSETS = ROOT / "components" / "ui" / "assets"
LOGO, ICON = "/app/static/logo.png", "/app/static/icon.png"  # routes of the server
SHARED = "/shared"  # a route of the server, not a page of Streamlit: see server/shared_page.py


def script(*names: str) -> str:
    """Files of ASSETS as one: a component's script can't import another, nor its style."""
    return "\n".join((ASSETS / name).read_text("utf-8") for name in names)
