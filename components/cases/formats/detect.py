"""Which format a file or a folder is of, told by what is in it."""

from typing import Any

from components.cases.errors import CaseError
from components.cases.formats import openai_evals, openai_hosted
from components.cases.formats.source import Source
from components.cases.formats.tables import table_of
from components.cases.formats.values import json_of, text_of
from components.cases.formats.yaml_values import yaml_of
from components.cases.limits import MAX_NODES

_TEXTS = (".jsonl", ".json", ".yaml", ".yml", ".csv", ".tsv")
_LOOK = 200  # files of a folder


def format_of(source: Source) -> str:
    """The name of a format. Raises CaseError cases_unknown, and what reading a YAML file raises."""
    if source.main is not None:
        found = _of_file(source, source.main)
        if found is None:
            raise CaseError("cases_unknown", name=source.name)
        return found
    names = sorted(source.names, key=lambda name: (name.count("/"), _rank(name), name))
    for name in names:
        if name.rpartition("/")[2] in ("set.json", "cases.jsonl"):
            return "tuwen"
        if "promptfooconfig" in name:
            return "promptfoo"
    first_error: CaseError | None = None
    for name in [each for each in names if each.endswith(_TEXTS)][:_LOOK]:
        try:
            if (found := _of_file(source, name)) is not None:
                return found
        except CaseError as error:
            first_error = first_error or error
    raise first_error or CaseError("cases_unknown", name=source.name)


def _rank(name: str) -> int:
    """Registries say more than the samples beside them."""
    return 0 if name.endswith((".yaml", ".yml")) else 1


def _of_file(source: Source, name: str) -> str | None:
    data = source.text_file(name)
    ending = name.lower().rpartition(".")[2]
    if ending in ("csv", "tsv"):
        columns = table_of(data, name, "," if ending == "csv" else "\t").columns
        return _of_columns(columns)
    text = text_of(data, name)
    start = text.lstrip()[:1]
    if ending == "jsonl" or (start == "{" and ending not in ("json", "yaml", "yml")):
        line = next((each for each in text.split("\n") if each.strip()), "")
        return _of_value(json_of(line, f"{name}:1", MAX_NODES))
    if ending == "json" or start == "[":
        return _of_value(json_of(text, name))
    if ending in ("yaml", "yml"):
        return _of_value(yaml_of(text, name))
    return None


def _of_columns(columns: tuple[str, ...]) -> str | None:
    names = set(columns)
    if any(name.startswith("__expected") or name == "__description" for name in names):
        return "promptfoo"
    if {"index", "question"} <= names:
        return "vlmevalkit"
    return "inspect" if {"input", "target"} <= names else None


def _of_value(value: Any) -> str | None:
    if openai_hosted.looks(value):
        return "openai_hosted"
    if openai_evals.is_registry(value):
        return "openai_evals"
    if isinstance(value, list):
        return _of_value(value[0]) if value and not isinstance(value[0], list) else None
    if not isinstance(value, dict):
        return None
    if "tests" in value or ("prompts" in value and "providers" in value):
        return "promptfoo"
    if "vars" in value or "assert" in value:
        return "promptfoo"
    if "input" not in value:
        return None
    if "ideal" in value:
        return "openai_evals"
    if "expect" in value:
        return "tuwen"
    plain = {"input", "target", "choices", "id", "metadata", "sandbox", "files", "setup"}
    return "inspect" if "target" in value or set(value) <= plain else None
