"""The month's bill with the successors, beside a run."""

from datetime import UTC, datetime, timedelta

from components import services
from components.cases.rehearsal.month import DAYS, month_lines, month_of
from components.cases.report.report import Report
from components.chat.store import StoredUse
from components.compare.uses import begun_since, uses_of
from components.models import is_leaving, last_day
from components.ui.streamlit_seam.session import current_session


def lines(report: Report) -> list[str]:
    """Of the model that all are beside, where it is about to leave or has left."""
    if not report.compared:
        return []
    before = report.compared[0].before.setting
    after = [each.after.setting.model for each in report.compared]
    if not is_leaving(last_day(before.model, host=before.host)):
        return []
    state, key = current_session().case_runs, (report.run.id, before.model, *after)
    if state.month is None or state.month[0] != key:
        state.month = key, month_of(_uses(), before.model, after)
    return list(month_lines(current_session().lang, state.month[1]))


def _uses() -> list[StoredUse]:
    """Of chats and comparisons."""
    owner, store = current_session().owner, services.app().store()
    since = datetime.now(UTC) - timedelta(days=DAYS)
    found = list(store.answers.usage_since(owner, since))
    for each in begun_since(store.comparisons, owner, since):
        if whole := store.comparisons.comparison(owner, each.id):
            found += uses_of(whole.comparison, whole.cells)
    return found
