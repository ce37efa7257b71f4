"""Hosted evals of OpenAI, as people saved them before they went off: an eval, its rows, its runs.

Four shapes, alone or together in a folder: `eval` and `eval.run` objects and lists of
`eval.run.output_item` as the API gave them; rows of JSONL, `{"item", "sample"}`; and one file with
`{"eval", "rows", "runs": [{"run", "output_items"}]}`. What the models had answered comes along as
finished runs.
"""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.cases.case import (
    Case,
    CaseSet,
    FinishedAnswer,
    FinishedRun,
    Graded,
    Grader,
)
from components.cases.errors import CaseError
from components.cases.formats.chat_messages import chat_row, group_of, messages
from components.cases.formats.hosted_criteria import NAME, compared_with, criterion_of, graders
from components.cases.formats.losing import tell_fields, tell_set
from components.cases.formats.pictures import Pictures, unstowed
from components.cases.formats.result import Read, Written
from components.cases.formats.rows import kept, original, unchanged
from components.cases.formats.source import Source
from components.cases.formats.templates import alone, asks_for_more, by_name, guessed
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
from components.cases.loss import Tally

_RUN, _ITEM = "eval.run", "eval.run.output_item"


@dataclass
class _Found:
    """What the files hold together. files: how to write each of them again."""

    eval: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)  # by their content
    runs: dict[str, dict[str, Any]] = field(default_factory=dict)  # by id
    items: dict[str, dict[str, Any]] = field(default_factory=dict)  # by run and id
    files: list[dict[str, Any]] = field(default_factory=list)

    def take_rows(self, values: list[Any], place: str) -> list[str]:
        """Their keys. The same row in another file is the same; twice in one file it is two."""
        seen: Counter[str] = Counter()
        keys: list[str] = []
        for value in values:
            table = expect_table(value, place)
            row = table if "item" in table else {"item": table}
            expect_table(row["item"], place)
            plain = _key(row["item"])
            keys.append(f"{plain}:{seen[plain]}")
            seen[plain] += 1
            self.rows.setdefault(keys[-1], row)
        return keys

    def run(self, value: Any, place: str) -> str:
        run = expect_table(value, place)
        identity = str(run.get("id", ""))
        self.runs.setdefault(identity, run)
        return identity

    def item(self, value: Any, place: str) -> None:
        item = expect_table(value, place)
        key = f"{item.get('run_id', '')}\0{item.get('id', len(self.items))}"
        self.items.setdefault(key, item)


def looks(value: Any) -> bool:
    """Whether a value of JSON, or a line of JSONL, is of hosted evals."""
    if not isinstance(value, dict):
        return False
    if value.get("object") in ("eval", _RUN, _ITEM) or isinstance(value.get("item"), dict):
        return True
    if isinstance(value.get("eval"), dict) and ("rows" in value or "runs" in value):
        return True
    data = value.get("data")
    first = data[0] if isinstance(data, list) and data else None
    return isinstance(first, dict) and first.get("object") in ("eval", _RUN, _ITEM)


def read(source: Source) -> Read:
    """Raises CaseError."""
    tally = Tally()
    found = _Found()
    for name in [source.main] if source.main else source.names:
        if name.endswith((".json", ".jsonl")) or source.main:
            _take(found, name, source.text_file(name))
    for run in found.runs.values():  # rows that stand in a run alone
        found.take_rows(_content(run), "run")
    if not found.rows:
        asked = [item.get("datasource_item") for item in found.items.values()]
        for each in asked:
            if isinstance(each, dict):
                found.take_rows([{"item": each}], "output_items")
    if not found.rows:
        raise CaseError("cases_empty", name=source.name)
    return _made(found, source, tally)


def _take(found: _Found, name: str, data: bytes) -> None:
    text = text_of(data, name)
    if name.endswith(".jsonl"):
        _take_lines(found, name, lines_of(text, name))
        return
    value = json_of(text, name)
    if not looks(value):
        return
    kind = value.get("object")
    if kind == "eval":
        found.eval = found.eval or value
        found.files.append({"path": name, "shape": "eval"})
    elif kind == _RUN:
        found.files.append({"path": name, "shape": "run", "run": found.run(value, name)})
    elif isinstance(value.get("eval"), dict):
        _take_folder(found, name, value)
    else:
        rest = {key: each for key, each in value.items() if key != "data"}
        data_list = expect_list(value.get("data"), name)
        for each in data_list:
            if expect_table(each, name).get("object") == _RUN:
                found.run(each, name)
            elif each.get("object") == _ITEM:
                found.item(each, name)
        runs = sorted({str(each.get("run_id", "")) for each in data_list if "run_id" in each})
        found.files.append({"path": name, "shape": "list", "rest": rest, "runs": runs})


def _take_lines(found: _Found, name: str, rows: list[Any]) -> None:
    if not rows or not looks(rows[0]):
        return
    if rows[0].get("object") == _ITEM:
        for n, row in enumerate(rows, 1):
            found.item(row, f"{name}:{n}")
        found.files.append({"path": name, "shape": "items_lines"})
        return
    keys = found.take_rows(rows, name)
    found.files.append({"path": name, "shape": "rows", "wrapped": True, "rows": keys})


def _take_folder(found: _Found, name: str, value: dict[str, Any]) -> None:
    found.eval = found.eval or value["eval"]
    rows = expect_list(value.get("rows", []), f"{name}: rows")
    keys = found.take_rows(rows, f"{name}: rows")
    runs = []
    for each in expect_list(value.get("runs", []), f"{name}: runs"):
        table = expect_table(each, f"{name}: runs")
        runs.append(found.run(table.get("run"), f"{name}: run"))
        for item in expect_list(table.get("output_items", []), f"{name}: output_items"):
            found.item(item, f"{name}: output_items")
    rest = {key: each for key, each in value.items() if key not in ("eval", "rows", "runs")}
    wrapped = bool(rows) and "item" in rows[0]
    shape = {"path": name, "shape": "folder", "runs": runs, "rest": rest, "wrapped": wrapped}
    found.files.append({**shape, "rows": keys if "rows" in value else None})


def _key(value: Any) -> str:
    """Equal for equal values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _content(run: Mapping[str, Any]) -> list[Any]:
    at: Any = run
    for step in ("data_source", "source", "content"):
        at = at.get(step) if isinstance(at, Mapping) else None
    return at if isinstance(at, list) else []


def _made(found: _Found, source: Source, tally: Tally) -> Read:
    pictures = Pictures(source, tally)
    criteria = found.eval.get("testing_criteria")
    criteria = criteria if isinstance(criteria, list) else []
    template = next((t for r in found.runs.values() if (t := _template(r)) is not None), None)
    if template is None:
        tally.whole("no_template")
    cases = []
    ids: dict[str, str] = {}
    for n, (key, row) in enumerate(found.rows.items(), 1):
        case = _case(row, pictures, criteria, template)
        ids[key] = str(n)
        case = dataclasses.replace(case, id=str(n))
        cases.append(kept(case, NAME, pictures, row))
    if any(asks_for_more(t) for case in cases for m in case.input for t in _texts(m)):
        tally.whole("template_kept")
    for grader in cases[0].expect:
        if grader["grader"] == "kept":
            tally.whole("kept", kind=str(grader["kind"])[:60])
        elif grader["grader"] == "similarity":
            tally.whole("similarity")
    runs = tuple(_run(run, found, ids, pictures) for run in found.runs.values())
    name = found.eval.get("name")
    templates = {dumped(_template(run)) for run in found.runs.values()}
    if len(templates) > 1:
        tally.whole("templates", n=len(templates))
    files = [
        {**each, "rows": [ids[key] for key in each["rows"]]} if each.get("rows") else each
        for each in found.files
    ]
    extra = {"eval": pictures.stowed(found.eval), "files": files, "template": template}
    made = CaseSet(
        name=name if isinstance(name, str) and name else source.name,
        cases=tuple(cases),
        images=pictures.found,
        runs=runs,
        extra={NAME: extra},
    )
    return Read(made, NAME, tally.lines())


def _texts(message: Any) -> list[str]:
    return [part.text for part in message.content if hasattr(part, "text")]


def _template(run: Mapping[str, Any]) -> Any:
    """How the run asked: a list of messages, or the name of the item's field that holds them."""
    asked = run.get("data_source")
    asked = asked.get("input_messages") if isinstance(asked, Mapping) else None
    if not isinstance(asked, Mapping):
        return None
    if asked.get("type") == "item_reference" and isinstance(asked.get("item_reference"), str):
        return f"{{{{{asked['item_reference']}}}}}"
    return asked["template"] if isinstance(asked.get("template"), list) else None


def _case(row: Any, pictures: Pictures, criteria: list[Any], template: Any) -> Case:
    item = row["item"]
    lookup = by_name(item, "item")
    expect = graders(criteria, lookup)
    sample = row.get("sample")
    if template is not None:
        asked = messages(template, pictures, "", "template", lambda text: alone(text, lookup))
    elif isinstance(sample, Mapping) and isinstance(sample.get("input"), list):
        asked = messages(sample["input"], pictures, "", "sample.input")
    elif isinstance(item.get("input"), list):
        asked = messages(item["input"], pictures, "", "item.input")
    else:
        asked = guessed(item, pictures, "", without=_references(criteria))
    return Case(id="", input=asked, expect=expect, group=group_of(asked))


def _references(criteria: list[Any]) -> frozenset[str]:
    written = [each.get("reference") for each in criteria if isinstance(each, Mapping)]
    names = [text.strip("{ }").partition(".")[2] for text in written if isinstance(text, str)]
    return frozenset({*names, "label", "answer", "ideal", "expected", "target", "ground_truth"})


def _run(
    run: dict[str, Any], found: _Found, ids: Mapping[str, str], pictures: Pictures
) -> FinishedRun:
    mine = [i for i in found.items.values() if str(i.get("run_id", "")) == str(run.get("id", ""))]
    answers = []
    seen: Counter[str] = Counter()
    for item in mine:
        plain = _key(item.get("datasource_item"))
        key = f"{plain}:{seen[plain]}"
        seen[plain] += 1
        # Asked several times, it is the same case.
        case = ids.get(key) or ids.get(f"{plain}:0")
        if case is not None:
            answers.append(_answer(item, case, pictures))
    source = run.get("data_source")
    settings = source.get("sampling_params") if isinstance(source, Mapping) else None
    return FinishedRun(
        id=str(run.get("id", "")),
        name=str(run.get("name") or ""),
        model=str(run.get("model") or ""),
        answers=tuple(answers),
        settings=settings if isinstance(settings, dict) else {},
        created_at=_time(run.get("created_at")),
        extra={NAME: pictures.stowed(run)},
    )


def _answer(item: dict[str, Any], case: str, pictures: Pictures) -> FinishedAnswer:
    sample = item.get("sample")
    sample = sample if isinstance(sample, Mapping) else {}
    results = item.get("results")
    results = results if isinstance(results, list) else []
    graded = tuple(_graded(each) for each in results if isinstance(each, Mapping))
    usage = sample.get("usage")
    return FinishedAnswer(
        case=case,
        text=_said(sample),
        graded=graded,
        model=str(sample.get("model") or ""),
        finish=str(sample.get("finish_reason") or ""),
        usage=dict(usage) if isinstance(usage, Mapping) else {},
        error=_error(sample.get("error")),
        created_at=_time(item.get("created_at")),
        extra={NAME: pictures.stowed(item)},
    )


def _graded(result: Mapping[str, Any]) -> Graded:
    score = result.get("score")
    number = isinstance(score, int | float) and not isinstance(score, bool)
    passed = result.get("passed")
    verdict = "right" if passed is True else "wrong" if passed is False else "unsure"
    return Graded(
        str(result.get("name", "")),
        verdict,  # type: ignore[arg-type]
        float(score) if number and score is not None else None,
    )


def _said(sample: Mapping[str, Any]) -> str:
    output = sample.get("output")
    rows = output if isinstance(output, list) else []
    texts: list[str] = []
    for row in rows:
        content = row.get("content") if isinstance(row, Mapping) else None
        for part in content if isinstance(content, list) else [content]:
            text = part.get("text") if isinstance(part, Mapping) else part
            if isinstance(text, str):
                texts.append(text)
    return "\n".join(texts)


def _error(value: Any) -> str:
    """The documentation has null where there is none, the package an object with empty texts."""
    if not isinstance(value, Mapping):
        return str(value) if value else ""
    return ": ".join(str(value[k]) for k in ("code", "message") if value.get(k))


def _time(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else None


def write(cases: CaseSet) -> Written:
    """The files as they came; else an eval with its criteria, and its rows as JSONL."""
    tally = Tally()
    ours = cases.extra.get(NAME)
    keeps = ("runs",) if isinstance(ours, Mapping) else ()
    tell_set(cases, keeps, tally, NAME)
    if not isinstance(ours, Mapping):
        return _written_anew(cases, tally)
    evaluation = unstowed(ours["eval"], cases.images)
    criteria = evaluation.get("testing_criteria") or []
    rows: dict[str, Any] = {}
    for case in cases.cases:
        tell_fields(case, ("detail",), tally, NAME)
        row = original(case, NAME, cases)

        def again(value: Any, pictures: Pictures) -> Case:
            return _case(value, pictures, criteria, ours["template"])

        if row is None or not unchanged(case, NAME, row, cases, again):
            # The template asks for the fields of an item; another question has no place in it.
            tally.case("hosted_changed")
        rows[case.id] = row if row is not None else {"item": _new_item(case, cases)[0]}
    runs = {run.id: run for run in cases.runs}
    files: dict[str, bytes] = {}
    for each in ours["files"]:
        files[each["path"]] = _file(each, evaluation, rows, runs, cases)
    return Written(files, tally.lines())


def _file(
    how: Mapping[str, Any],
    evaluation: Any,
    rows: Mapping[str, Any],
    runs: Mapping[str, FinishedRun],
    cases: CaseSet,
) -> bytes:
    def run_of(identity: str) -> Any:
        return unstowed(runs[identity].extra[NAME], cases.images)

    def items_of(identity: str) -> list[Any]:
        return [unstowed(a.extra[NAME], cases.images) for a in runs[identity].answers]

    shape = how["shape"]
    if shape == "eval":
        return json_bytes(evaluation)
    if shape == "run":
        return json_bytes(run_of(how["run"]))
    if shape == "rows":
        return jsonl_bytes(_rows(how, rows))
    if shape == "items_lines":
        return jsonl_bytes(item for identity in runs for item in items_of(identity))
    if shape == "list":
        names = [name for name in how["runs"] if name in runs]
        items = [item for name in names for item in items_of(name)]
        listed = items if how["runs"] else [run_of(identity) for identity in runs]
        return json_bytes({**how["rest"], "data": listed})
    whole: dict[str, Any] = {"eval": evaluation, **how["rest"]}
    if how["rows"] is not None:
        whole["rows"] = _rows(how, rows)
    known = [identity for identity in how["runs"] if identity in runs]
    whole["runs"] = [{"run": run_of(one), "output_items": items_of(one)} for one in known]
    return json_bytes(whole)


def _rows(how: Mapping[str, Any], rows: Mapping[str, Any]) -> list[Any]:
    """Those that the file had, as far as they are still there, and new ones."""
    new = [key for key, row in rows.items() if set(row["item"]) == {"id", "input"}]
    mine = [rows[key] for key in dict.fromkeys([*how["rows"], *new]) if key in rows]
    return [row if how["wrapped"] else row["item"] for row in mine]


def _written_anew(cases: CaseSet, tally: Tally) -> Written:
    """Criteria hold for all rows: what all cases have in the same place becomes one."""
    rows = []
    for case in cases.cases:
        tell_fields(case, ("detail",), tally, NAME)
        rows.append(_new_item(case, cases))
    criteria: list[Any] = []
    most = max((len(graders_) for _, graders_ in rows), default=0)
    for n in range(most):
        column = [graders_[n] if n < len(graders_) else None for _, graders_ in rows]
        made = [
            None if grader is None else criterion_of(grader, n + 1, f"expect_{n + 1}")
            for grader in column
        ]
        if made[0] is not None and all(each == made[0] for each in made):
            criteria.append(made[0])
            for (item, _), grader in zip(rows, column, strict=True):
                if grader is not None and grader["grader"] == "rubric":
                    # The answer stands behind the criterion there, and what the judge sees is text.
                    other = str(made[0]["type"])
                    tally.case("meaning", grader="rubric", other=other, format=NAME)
                if grader is not None and grader["grader"] != "kept":
                    item[f"expect_{n + 1}"] = compared_with(grader)
            continue
        for grader in column:
            if grader is not None:
                tally.case("grader", grader=str(grader["grader"]), format=NAME)
    names = sorted({name for item, _ in rows for name in item})
    schema = {"type": "object", "properties": {name: {} for name in names}, "required": ["input"]}
    config = {"type": "custom", "item_schema": schema, "include_sample_schema": True}
    evaluation = {
        "name": cases.name,
        "data_source_config": config,
        "testing_criteria": criteria,
    }
    files = {
        "eval.json": json_bytes({"object": "eval", **evaluation}),
        "items.jsonl": jsonl_bytes({"item": item} for item, _ in rows),
    }
    return Written(files, tally.lines())


def _new_item(case: Case, cases: CaseSet) -> tuple[dict[str, Any], tuple[Grader, ...]]:
    item = {"id": case.id, "input": chat_row(case, cases.images)}
    return item, (*case.expect, *cases.expect)
