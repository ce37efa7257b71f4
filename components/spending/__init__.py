"""Who may spend how much: limits, and requests reserved before they leave and settled after.

    store          value types, the decision, and Ledger, which db fulfils
    settings       limits as the server is started with them
    charge         what a request reserves
    budget         Budget: reserve, settle, release; how full the limits are; room on disk
    async_reserve  the same on an event loop
    uploads        how much a message and a session may hold in memory
    errors         refusals, as codes
    usage_csv      what was used, for a spreadsheet

Figures that are no setting lie in settings.toml.
"""

from components.spending.budget import Budget
from components.spending.charge import charge_of
from components.spending.errors import SpendingError
from components.spending.settings import limits_from

__all__ = ["Budget", "SpendingError", "charge_of", "limits_from"]
