"""The answer to GET /models -> model ids, as the many servers write it."""

from components.providers.answer import words
from components.providers.sse import Unreadable, parsed


def model_ids(text: str) -> list[str]:
    """Ids in the order given: `{"data": [{"id"}]}`, `{"models": [{"name"}]}`, or a bare list;
    null means none. Raises Unreadable."""
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
    found = [_id(each) for each in listed]
    return list(dict.fromkeys(name for name in found if name))


def _id(each: object) -> str:
    if isinstance(each, str):
        return each
    if not isinstance(each, dict):
        return ""
    return next((str(each[key]) for key in ("id", "model", "name") if each.get(key)), "")
