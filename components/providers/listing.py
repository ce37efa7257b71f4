"""The answer to GET /models -> model ids, as the many servers write it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from components.providers.reply.answer import words
from components.providers.reply.sse import Unreadable, parsed

_ENDS = ("shutdown_date", "retirement_date", "deprecation_date", "expiration_date", "sunset_date")
_MILLISECONDS = 1e11  # as seconds, the year 5138
_FIRST_YEAR = 2020  # 0 and the like mean that there is no date


class ModelIds(list[str]):
    """Ids as an endpoint lists them. ends: their last days, where it gives them."""

    def __init__(self, ids: Iterable[str] = (), ends: Mapping[str, date] | None = None) -> None:
        super().__init__(ids)
        self.ends = dict(ends or {})


def model_ids(text: str) -> ModelIds:
    """Ids in the order given, with their last days: `{"data": [{"id"}]}`, `{"models": [{"name"}]}`,
    or a bare list; null means none. Raises Unreadable."""
    if text.lstrip().startswith("<"):
        raise Unreadable("not_api", data={"page": True})
    try:
        listed = parsed(text)
    except ValueError:
        raise Unreadable("bad_json") from None
    if isinstance(listed, dict):
        if listed.get("error"):
            raise Unreadable("error_200", words(listed["error"]))
        listed = next((listed[key] or [] for key in ("data", "models") if key in listed), None)
    if not isinstance(listed, list):
        raise Unreadable("bad_json")
    found = {name: _last_day(each) for each in reversed(listed) if (name := _id(each))}
    ids = dict.fromkeys(name for each in listed if (name := _id(each)))
    return ModelIds(ids, {name: day for name, day in found.items() if day})


def _last_day(each: object) -> date | None:
    """As OpenAI, Azure and gateways write it; anything else is no date."""
    if not isinstance(each, dict):
        return None
    return next((day for key in _ENDS if (day := _day(each.get(key)))), None)


def _day(written: object) -> date | None:
    """Of an ISO date or time, or of seconds or milliseconds since 1970."""
    try:
        if isinstance(written, str) and not written.strip().isdigit():
            return date.fromisoformat(written.strip()[:10])
        if isinstance(written, (int, float, str)) and not isinstance(written, bool):
            seconds = float(written)
            seconds = seconds / 1000 if seconds > _MILLISECONDS else seconds
            day = datetime.fromtimestamp(seconds, UTC).date()
            return day if day.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _id(each: object) -> str:
    if isinstance(each, str):
        return each
    if not isinstance(each, dict):
        return ""
    return next((str(each[key]) for key in ("id", "model", "name") if each.get(key)), "")
