"""promptfoo: a configuration in YAML or JSON, or its tests alone in YAML, JSON, JSONL or CSV.

A case is a test under one prompt, with one value of each variable that lists several. Of templates
`{{name}}` and `| dump` are replaced; code is kept and never run; files are read inside alone.
"""

import dataclasses
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.cases.case import Case, CaseSet, Grader, Message, Text
from components.cases.errors import CaseError
from components.cases.formats.chat_messages import chat_row, group_of, messages
from components.cases.formats.losing import tell_fields, tell_set
from components.cases.formats.pictures import Pictures, as_url, unstowed
from components.cases.formats.promptfoo_asserts import (
    NAME,
    grader,
    graders,
    means_the_same,
    to_assert,
)
from components.cases.formats.promptfoo_csv import cells_of, columns_of, test_of
from components.cases.formats.result import Read, Written
from components.cases.formats.rows import companions, kept, original, unchanged
from components.cases.formats.source import Source, folder_of, inside
from components.cases.formats.tables import table_bytes, table_of
from components.cases.formats.templates import alone, asks_for_more, by_name, filled, guessed
from components.cases.formats.values import (
    dumped,
    expect_list,
    expect_table,
    json_bytes,
    json_of,
    jsonl_bytes,
    lines_of,
    text_of,
)
from components.cases.formats.yaml_values import has_comments, yaml_bytes, yaml_of
from components.cases.limits import MAX_CASES
from components.cases.loss import Tally

_CODE = re.compile(r"\.(js|cjs|mjs|ts|py|rb|sh|go)(:\w+)?$")
_IN_A_DATA_URL = re.compile(r"data:[\w/+.-]*;base64,((?:file://|https?://|data:).*)", re.DOTALL)
_TEXT_FILES = (".txt", ".md")
_KEEPS = ("metadata", "detail")


@dataclass(frozen=True)
class _How:
    """What holds for all tests. prompts: chat messages or a text each; none, and the question is
    made of the variables."""

    prompts: tuple[Any, ...]
    variables: Mapping[str, Any]

    @property
    def asked(self) -> tuple[Any, ...]:
        return self.prompts or (None,)


@dataclass(frozen=True)
class _Test:
    """value: as it came: `{"test"}`, or `{"cells"}` of a table. file: where, by number."""

    value: dict[str, Any]
    file: int


@dataclass
class _Reading:
    source: Source
    tally: Tally
    base: str
    files: list[dict[str, Any]]

    def tests(self, given: Any, name: str) -> Iterator[_Test]:
        """Tests in a list, or in files that it names."""
        if isinstance(given, str):
            yield from self.of_file(given)
            return
        if given is None:
            return
        for n, each in enumerate(expect_list(given, f"{name}: tests"), 1):
            if isinstance(each, str):
                yield from self.of_file(each)
            else:
                test = expect_table(each, f"{name}: tests[{n}]")
                yield _Test({"test": test}, 0)

    def of_file(self, written: str) -> Iterator[_Test]:
        path = inside(self.base, written)
        if _CODE.search(written):
            self.tally.whole("code", name=written[:80])
            return
        data = self.source.maybe(path)
        if path is None or data is None:
            self.tally.whole("file_missing", name=written[:80])
            return
        number = len(self.files)
        kind, value, columns = _content(path, data, self.tally)
        if kind != "csv":
            value = value.get("tests") if isinstance(value, dict) else value
        self.files.append({"path": path, "kind": kind, "columns": columns})
        for n, each in enumerate(expect_list(value, path), 1):
            test = expect_table(each, f"{path}:{n}")
            yield _Test({"cells" if kind == "csv" else "test": test}, number)

    def prompt(self, written: Any) -> list[Any]:
        """The prompts that an entry is, those that can be had."""
        if isinstance(written, Mapping):
            written = written.get("raw", written.get("id"))
        if not isinstance(written, str):
            return []
        is_file = written.startswith("file://") or re.fullmatch(r"[\w./-]+\.\w{2,4}", written)
        if not is_file:
            return [_chat(written)]
        if _CODE.search(written):
            self.tally.whole("code", name=written[:80])
            return []
        path = inside(self.base, written)
        data = self.source.maybe(path)
        if path is None or data is None:
            self.tally.whole("file_missing", name=written[:80])
            return []
        text = text_of(data, path)
        self.files.append({"path": path, "kind": "prompt", "text": text})
        if path.endswith((".yaml", ".yml")):
            return [yaml_of(text, path)]
        if path.endswith(".json"):
            return [_chat(text)]
        return [_chat(piece.strip()) for piece in re.split(r"(?m)^---\s*$", text) if piece.strip()]


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    main = source.main or _main(source)
    kind, value, columns = _content(main, source.text_file(main), tally)
    first = {"path": main, "kind": kind, "columns": columns}
    reading = _Reading(source, tally, folder_of(main), [first])
    config: dict[str, Any] = {}
    if isinstance(value, dict) and kind != "csv":
        config = value
        tests = list(reading.tests(config.get("tests"), main))
    else:
        key = "cells" if kind == "csv" else "test"
        tests = [_Test({key: expect_table(each, main)}, 0) for each in expect_list(value, main)]
    given = config.get("prompts")
    given = given if isinstance(given, list) else [] if given is None else [given]
    prompts = tuple(p for each in given for p in reading.prompt(each))
    default = config.get("defaultTest")
    default = default if isinstance(default, dict) else {}
    variables = default.get("vars")
    how = _How(prompts, variables if isinstance(variables, dict) else {})
    if isinstance(config.get("scenarios"), list):
        tally.whole("scenarios")
    pictures = Pictures(source, tally)
    cases = _all_cases(tests, how, pictures, reading.base, tally)
    if not cases:
        raise CaseError("cases_empty", name=source.name)
    expect = graders(default.get("assert"))
    _say(cases, expect, tally)
    name = config.get("description")
    inline = isinstance(config.get("tests"), list)
    rest = {k: v for k, v in config.items() if k != "tests" or not inline}
    entries = [e if isinstance(e, str) else None for e in config["tests"]] if inline else None
    extra = {
        "config": pictures.stowed(rest),
        "keys": list(config),
        "entries": entries,
        "files": reading.files,
        "prompts": list(prompts),
        "variables": dict(how.variables),
    }
    found = CaseSet(
        name=name if isinstance(name, str) and name else source.name,
        cases=cases,
        defaults=_defaults(config, default),
        expect=expect,
        images=pictures.found,
        extra={NAME: extra},
    )
    return Read(found, NAME, tally.lines())


def _main(source: Source) -> str:
    usual = [n for n in source.names if "promptfooconfig" in n.rpartition("/")[2]]
    others = [n for n in source.names if n.endswith((".yaml", ".yml", ".csv", ".jsonl", ".json"))]
    for name in (*usual, *others):
        return name
    raise CaseError("cases_empty", name=source.name)


def _content(name: str, data: bytes, tally: Tally) -> tuple[str, Any, list[str]]:
    """(kind, value, columns) of a file, by its name."""
    kind = name.rpartition(".")[2].lower()
    if kind == "csv":
        table = table_of(data, name, ",")
        return "csv", [dict(row) for row in table.rows], list(table.columns)
    text = text_of(data, name)
    if kind == "jsonl":
        return kind, lines_of(text, name), []
    if kind == "json":
        return kind, json_of(text, name), []
    if has_comments(text):
        tally.whole("comments")
    return "yaml", yaml_of(text, name), []


def _chat(text: str) -> Any:
    """A prompt that is a chat as JSON, as one; else the text."""
    if not text.lstrip().startswith("["):
        return text
    try:
        value = json_of(text, "prompt")
    except CaseError:  # perhaps it is JSON when its fields are filled in
        return text
    return value if isinstance(value, list) else text


def _all_cases(
    tests: list[_Test], how: _How, pictures: Pictures, base: str, tally: Tally
) -> tuple[Case, ...]:
    found: list[Case] = []
    for n, test in enumerate(tests, 1):
        plain = _test(test.value)
        combinations = _how_many(plain, how)
        if len(found) + combinations * len(how.asked) > MAX_CASES:
            raise CaseError("cases_too_many", limit=MAX_CASES)
        _say_test(plain, tally)
        made = _cases(test.value, how, pictures, base)
        for k, case in enumerate(made, 1):
            identity = str(n) if len(made) == 1 else f"{n}-{k}"
            case = dataclasses.replace(case, id=identity)
            more = {"test": n, "file": test.file, "part": k, "parts": len(made)}
            found.append(kept(case, NAME, pictures, test.value, **more))
    return tuple(found)


def _test(value: Mapping[str, Any]) -> dict[str, Any]:
    return test_of(value["cells"]) if "cells" in value else dict(value["test"])


def _variables(test: Mapping[str, Any], how: _How) -> dict[str, Any]:
    own = test.get("vars")
    return {**how.variables, **(own if isinstance(own, Mapping) else {})}


def _how_many(test: Mapping[str, Any], how: _How) -> int:
    lists = [v for v in _variables(test, how).values() if isinstance(v, list) and v]
    return math.prod(len(each) for each in lists)


def _cases(value: Mapping[str, Any], how: _How, pictures: Pictures, base: str) -> list[Case]:
    test = _test(value)
    variables = _variables(test, how)
    each_one = [v if isinstance(v, list) and v else [v] for v in variables.values()]
    metadata = test.get("metadata")
    found = []
    for prompt in how.asked:
        for chosen in itertools.product(*each_one):
            given = dict(zip(variables, chosen, strict=True))
            asked = _asked(prompt, given, test, pictures, base)
            found.append(
                Case(
                    id="",
                    input=asked,
                    expect=graders(_filled_asserts(test.get("assert"), given)),
                    group=group_of(asked),
                    metadata=metadata if isinstance(metadata, dict) else {},
                )
            )
    return found


def _asked(
    prompt: Any, given: Mapping[str, Any], test: Mapping[str, Any], pictures: Pictures, base: str
) -> tuple[Message, ...]:
    given = {name: _loaded(value, pictures, base) for name, value in given.items()}
    lookup = by_name(given)

    def fill(text: str) -> Any:
        value = alone(text, lookup)
        wrapped = _IN_A_DATA_URL.fullmatch(value) if isinstance(value, str) else None
        return wrapped[1] if wrapped else value

    if prompt is None and set(given) == {"messages"} and isinstance(given["messages"], str):
        prompt = "{{messages}}"  # as tests alone are written here
    if prompt is None:
        return guessed(given, pictures, base, without=frozenset())
    if isinstance(prompt, list):
        return _without_empty(messages(prompt, pictures, base, "prompts", fill))
    options = test.get("options")
    around = options if isinstance(options, Mapping) else {}
    text = f"{around.get('prefix', '')}{prompt}{around.get('suffix', '')}"
    made = _chat(filled(text, lookup))
    if isinstance(made, list):
        return messages(made, pictures, base, "prompts", lambda each: _unwrapped(each))
    return (Message("user", (Text(made),)),)


def _without_empty(asked: tuple[Message, ...]) -> tuple[Message, ...]:
    """Without the images of tests that have none: their variable is empty."""
    return tuple(
        Message(
            each.role,
            tuple(
                part
                for part in each.content
                if isinstance(part, Text) or part.image.rpartition("base64,")[2]
            ),
        )
        for each in asked
    )


def _unwrapped(text: str) -> str:
    wrapped = _IN_A_DATA_URL.fullmatch(text)
    return wrapped[1] if wrapped else text


def _loaded(value: Any, pictures: Pictures, base: str) -> Any:
    """The text of a text file that a variable names; all else as it is."""
    if isinstance(value, str) and value.startswith("file://") and value.endswith(_TEXT_FILES):
        return pictures.text(value, base)
    return value


def _filled_asserts(asserts: Any, given: Mapping[str, Any]) -> Any:
    """Expected values are templates as well; code isn't touched."""
    lookup = by_name(given)

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return filled(value, lookup)
        return [fill(each) for each in value] if isinstance(value, list) else value

    found: list[Any] = []
    for each in asserts if isinstance(asserts, list) else []:
        if isinstance(each, Mapping) and isinstance(each.get("assert"), list):
            found.append({**each, "assert": _filled_asserts(each["assert"], given)})
        elif isinstance(each, Mapping) and "value" in each:
            made = {**each, "value": fill(each["value"])}
            found.append(each if grader(made)["grader"] == "kept" else made)
        else:
            found.append(each)
    return found


def _defaults(config: Mapping[str, Any], default: Mapping[str, Any]) -> dict[str, Any]:
    providers = config.get("providers")
    listed = providers if isinstance(providers, list) else [providers] if providers else []
    names = [p if isinstance(p, str) else p.get("id") for p in listed if isinstance(p, str | dict)]
    found: dict[str, Any] = {}
    if models := [name for name in names if isinstance(name, str)]:
        found["models"] = models
    options = default.get("options")
    judge = options.get("provider") if isinstance(options, Mapping) else None
    if isinstance(judge, str):
        found["judge"] = judge
    return found


def _say(cases: tuple[Case, ...], expect: tuple[Grader, ...], tally: Tally) -> None:
    for case in cases:
        for each in case.expect:
            if each["grader"] == "kept":
                tally.case("kept", kind=str(each["kind"])[:60])
        texts = [p.text for m in case.input for p in m.content if isinstance(p, Text)]
        if any(map(asks_for_more, texts)):
            tally.case("template_kept")
    for each in expect:
        if each["grader"] == "kept":
            tally.whole("kept", kind=str(each["kind"])[:60])


def _say_test(test: Mapping[str, Any], tally: Tally) -> None:
    """What of a test is kept but doesn't count here."""
    options = test.get("options")
    for key in ("threshold", "assertScoringFunction", "provider", "providers"):
        if key in test:
            tally.case("kept_key", kind=key)
    for key in options if isinstance(options, Mapping) else ():
        if key not in ("prefix", "suffix"):
            tally.case("kept_key", kind=f"options.{key}"[:60])


def write(cases: CaseSet, kind: str | None = None) -> Written:
    """The files as they came. kind: `yaml`, `json`, `jsonl` or `csv`, made anew; as it came, or
    YAML, if None."""
    tally = Tally()
    tell_set(cases, ("defaults",), tally, NAME)
    for case in cases.cases:
        tell_fields(case, _KEEPS, tally, NAME)
    ours = cases.extra.get(NAME)
    if isinstance(ours, Mapping):
        came = str(ours["files"][0]["kind"])
        tests = _originals(cases, ours)
        if tests is not None and kind in (None, came):
            files = _as_came(cases, ours, tests, tally)
            beside = companions(cases, NAME, folder_of(ours["files"][0]["path"]), tally)
            return Written(files, tally.lines(), beside)
        if tests is None:
            tally.whole("rewritten", format=NAME)
        kind = kind or came
    return _anew(cases, kind or "yaml", tally)


def _originals(cases: CaseSet, ours: Mapping[str, Any]) -> list[tuple[int, Any]] | None:
    """(file, value) of each test; None where a case isn't what its test says any more."""
    how = _How(tuple(ours["prompts"]), ours["variables"])
    found: dict[int, tuple[int, Any]] = {}
    parts: dict[int, int] = {}
    if cases.expect != graders(_default_asserts(cases, ours)):
        return None
    for case in cases.cases:
        value = original(case, NAME, cases)
        if value is None:
            return None
        mine = case.extra[NAME]

        def again(test: Any, pictures: Pictures, part: int = mine["part"]) -> Case:
            return _cases(test, how, pictures, "")[part - 1]

        if not unchanged(case, NAME, value, cases, again):
            return None
        found.setdefault(mine["test"], (mine["file"], value))
        parts[mine["test"]] = parts.get(mine["test"], mine["parts"]) - 1
    return list(found.values()) if not any(parts.values()) else None


def _default_asserts(cases: CaseSet, ours: Mapping[str, Any]) -> Any:
    default = unstowed(ours["config"], cases.images).get("defaultTest")
    return default.get("assert") if isinstance(default, Mapping) else None


def _as_came(
    cases: CaseSet, ours: Mapping[str, Any], tests: list[tuple[int, Any]], tally: Tally
) -> dict[str, bytes]:
    config = unstowed(ours["config"], cases.images)
    held: dict[int, list[Any]] = {}
    for file, value in tests:
        held.setdefault(file, []).append(value.get("cells", value.get("test")))
    files: dict[str, bytes] = {}
    for number, file in enumerate(ours["files"]):
        mine = held.get(number, [])
        if file["kind"] == "prompt":
            files[file["path"]] = file["text"].encode()
        elif number == 0 and ours["keys"]:
            if ours["entries"] is not None:
                named = [each for each in ours["entries"] if each is not None]
                config["tests"] = mine if not named else _mixed(ours["entries"], mine)
            whole = {key: config[key] for key in ours["keys"] if key in config}
            files[file["path"]] = _encoded(file["kind"], whole)
        elif file["kind"] == "csv":
            data, guarded = table_bytes(file["columns"], mine, ",")
            if guarded:
                tally.whole("formula", n=guarded)
            files[file["path"]] = data
        else:
            files[file["path"]] = _encoded(file["kind"], mine)
    return files


def _mixed(entries: list[str | None], mine: list[Any]) -> list[Any]:
    """Tests and names of files in their order, as far as the tests are still there."""
    left = iter(mine)
    found = [next(left, None) if each is None else each for each in entries]
    return [each for each in found if each is not None] + list(left)


def _encoded(kind: str, value: Any) -> bytes:
    if kind == "json":
        return json_bytes(value)
    return jsonl_bytes(value) if kind == "jsonl" else yaml_bytes(value)


def _anew(cases: CaseSet, kind: str, tally: Tally) -> Written:
    """A configuration whose prompt is the whole chat, `{{messages}}`; of tables the question."""
    tests = [_new_test(case, cases, kind, tally) for case in cases.cases]
    if kind == "csv":
        rows = [cells_of(test) for test in tests]
        data, guarded = table_bytes(columns_of(rows), rows, ",")
        if guarded:
            tally.whole("formula", n=guarded)
        return Written({"tests.csv": data}, tally.lines())
    if kind == "jsonl":
        return Written({"tests.jsonl": jsonl_bytes(tests)}, tally.lines())
    ours = cases.extra.get(NAME)
    rest = unstowed(ours["config"], cases.images) if isinstance(ours, Mapping) else {}
    config: dict[str, Any] = {"description": cases.name, **rest, "prompts": ["{{messages}}"]}
    if models := cases.defaults.get("models"):
        config.setdefault("providers", models)
    asserts = [_asserted(each, tally) for each in cases.expect]
    if made := [each for each in asserts if each is not None]:
        default = config.get("defaultTest")
        default = default if isinstance(default, dict) else {}
        config["defaultTest"] = {**default, "assert": made}
    config["tests"] = tests
    name = f"promptfooconfig.{kind}"
    return Written({name: _encoded(kind, config)}, tally.lines())


def _new_test(case: Case, cases: CaseSet, kind: str, tally: Tally) -> dict[str, Any]:
    test: dict[str, Any] = {"description": case.id}
    if kind == "csv":
        test["vars"] = _columns(case, cases, tally)
    else:
        test["vars"] = {"messages": dumped(chat_row(case, cases.images))}
    # In a table, and of tests alone, there is no place that holds for all.
    expected = (*case.expect, *cases.expect) if kind in ("csv", "jsonl") else case.expect
    asserts = [_asserted(each, tally) for each in expected]
    if made := [each for each in asserts if each is not None]:
        test["assert"] = made
    if case.metadata:
        test["metadata"] = dict(case.metadata)
    return test


def _columns(case: Case, cases: CaseSet, tally: Tally) -> dict[str, str]:
    texts = [p.text for m in case.input for p in m.content if isinstance(p, Text)]
    found: dict[str, str] = {}
    for n, image in enumerate(case.images):
        found["image" if n == 0 else f"image{n + 1}"] = as_url(image, cases.images)
    if any(message.role != "user" for message in case.input):
        tally.case("roles", format=NAME)
    return {**found, "question": "\n".join(texts)}


def _asserted(ours: Grader, tally: Tally) -> dict[str, Any] | None:
    which = str(ours["grader"])
    made = to_assert(ours)
    if made is None:
        tally.case("grader", grader=which, format=NAME)
    elif which != "kept" and not means_the_same(ours, made):
        tally.case("meaning", grader=which, format=NAME, other=str(made["type"]))
    return made
