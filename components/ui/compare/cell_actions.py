"""Stop, and another try, for a comparison, a column or a cell."""

from components import services
from components.compare.store import Comparison
from components.ui.app import announcing, errors
from components.ui.app.language import text
from components.ui.compare.images import compare_page
from components.ui.compare.plan_form.columns import columns_of, maker
from components.ui.streamlit_seam.session import current_session


def stop(comparison_id: str, cell: str | None = None, column: int | None = None) -> None:
    cells = None if cell is None else [cell]
    try:
        services.app().runs().stop(
            current_session().owner, comparison_id, cells=cells, column=column
        )
    except Exception as error:
        compare_page().error = errors.unexpected(error)


def retry(comparison: Comparison, cells: list[str]) -> None:
    """Ask cells again that ended without an answer, at the endpoints they were asked at."""
    try:
        current_session().person.must_ask()
        columns = columns_of(comparison.models)
        services.app().runs().retry(
            current_session().owner, comparison.id, cells, columns, maker(columns)
        )
        compare_page().awaited = comparison.id
        announcing.say(text("compare.told.asking"))
    except Exception as error:
        compare_page().error = errors.unexpected(error)
