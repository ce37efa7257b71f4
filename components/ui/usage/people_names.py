"""Whose usage somebody may see."""

from collections.abc import Collection

from components import services
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options


def may_see() -> bool:
    """Whether the usage page is for whoever is here."""
    return current_session().person.is_admin


def sees_all() -> bool:
    """Whether it is everybody's usage; where there is one person only, it is their own."""
    return may_see() and services.app().access().mode != "local"


def names(owners: Collection[str]) -> dict[str, str]:
    """What people are called, by owner."""
    known = {
        each.owner: each.name or each.email for each in services.app().store().people.everybody()
    }
    mine = {current_session().owner: text("ui.usage.you")}
    called = {owner: known.get(owner) or mine.get(owner) or owner for owner in owners}
    return options.distinct(called)
