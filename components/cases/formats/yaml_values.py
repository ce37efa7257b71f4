"""YAML of strangers: counted before it is made, and never an object of Python."""

import re
from typing import Any

from components.cases.errors import CaseError
from components.cases.limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES

_COMMENT = re.compile(r"(?m)(?:^|\s)#")


def yaml_of(text: str, name: str) -> Any:
    """A value of texts, numbers, dates, lists and tables. Raises CaseError cases_tag,
    cases_complex, cases_damaged."""
    import yaml  # when it is needed: pages and the server start without it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _count(yaml.parse(text, Loader=loader))
        found = yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = "" if mark is None else f":{mark.line + 1}"
        raise CaseError("cases_damaged", place=f"{name}{line}") from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise CaseError("cases_damaged", place=name) from None
    _walk(found)
    return found


def yaml_bytes(value: Any) -> bytes:
    """Tables in their order, nothing named twice."""
    import yaml

    class Dumper(yaml.SafeDumper):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text: str = yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8", "replace")


def has_comments(text: str) -> bool:
    return _COMMENT.search(text) is not None


def _count(events: Any) -> None:
    """Refuses what would become too much, before any of it is made."""
    import yaml

    nodes = aliases = depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            tag = getattr(event, "tag", None)
            if tag and not _known(tag):
                raise CaseError("cases_tag", tag=tag.removeprefix("tag:yaml.org,2002:")[:60])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if aliases > MAX_ALIASES:
            raise CaseError("cases_complex", limit=MAX_ALIASES)
        if nodes > MAX_NODES:
            raise CaseError("cases_complex", limit=MAX_NODES)
        if depth > MAX_DEPTH:
            raise CaseError("cases_complex", limit=MAX_DEPTH)


def _known(tag: str) -> bool:
    import yaml

    return tag == "!" or tag in yaml.SafeLoader.yaml_constructors


def _walk(value: Any) -> None:
    """Refuses what explodes when it is copied: a list that holds itself ten times, and so on."""
    left, waiting = MAX_NODES, [value]
    while waiting:
        each = waiting.pop()
        left -= 1
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list | tuple | set):
            waiting += each
        if left < 0 or len(waiting) > MAX_NODES:
            raise CaseError("cases_complex", limit=MAX_NODES)
