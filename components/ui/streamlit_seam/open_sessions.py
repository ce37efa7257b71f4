"""How many tabs are open at this process, as Streamlit counts them."""

from streamlit import runtime

_FAMILY = "active_sessions"


def open_sessions() -> int:
    """Tabs with a connection; 0 outside of the server."""
    if not runtime.exists():
        return 0
    found = runtime.get_instance().stats_mgr.get_stats([_FAMILY])
    return sum(int(getattr(stat, "value", 0)) for stat in found.get(_FAMILY, ()))
