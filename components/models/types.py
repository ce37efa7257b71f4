"""What the catalogue says about a model."""

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase as fnmatch
from typing import Literal

RetirementStatus = Literal["announced", "retired"]


@dataclass(frozen=True)
class Model:
    """One model, or one family of open models that are counted alike.

    id: the catalogue's id, which may be shorter than what was asked for (a dated snapshot gives
    its base model); an unknown model keeps the id it was asked by. name: for people.
    examples: ids that it stands for, if it is a family and no id to send itself.
    known: False for a model the catalogue doesn't have; it may still take images. like: id of the
    model whose facts were taken for it (see nearest.py), "" for none.
    context, max_output: tokens, None when not known. vision: takes images.
    image_rule: name of a rule in components/tokens/rules.toml, None when there is none.
    image_rule_at: pattern of host names -> rule, where a host counts images in its own way.
    details: detail levels worth offering; auto_is: the level that "auto" stands for.
    encoding: text tokenizer; message_tokens: tokens added per message of a chat.
    efforts: values of reasoning_effort that the model takes, least first; none: it takes none.
    refuses: parameters of Chat Completions that the model answers with an error.
    chat: reachable through Chat Completions (some models live behind other endpoints only).
    retires: last day of the model in its vendor's API. data_until: up to when its training data
    go, None where we have found no date. reference: for the built-in reader, the
    id of the model it stands for in what-ifs. checked: when the facts were last looked at.
    file: the owner's own file that the row is from, "" for the catalogue.
    """

    id: str
    name: str
    vendor: str = ""
    family: str = ""
    examples: tuple[str, ...] = ()
    known: bool = True
    like: str = ""
    endpoint_kind: Literal["openai", "builtin"] = "openai"
    chat: bool = True
    context: int | None = None
    max_output: int | None = None
    vision: bool = True
    image_rule: str | None = None
    image_rule_at: tuple[tuple[str, str], ...] = ()
    details: tuple[str, ...] = ("auto", "low", "high")
    auto_is: str = "high"
    encoding: str = "o200k_base"
    message_tokens: int = 4
    refuses: frozenset[str] = frozenset()
    reasoning: bool = False
    efforts: tuple[str, ...] = ()
    retires: date | None = None
    retires_status: RetirementStatus | None = None
    data_until: date | None = None
    reference: str | None = None
    source: str = ""
    checked: date | None = None
    file: str = ""

    def rule_at(self, host: str) -> str | None:
        """The image rule at a host ("host" or "host:port", "" for none in particular)."""
        name = host.lower().split(":")[0]
        return next((rule for at, rule in self.image_rule_at if fnmatch(name, at)), self.image_rule)
