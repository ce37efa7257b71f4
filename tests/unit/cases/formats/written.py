"""Small files of each format, as their programs write them."""

import base64
import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from components.cases.formats import Read, Written, opened, read, write


def png(colour: str, size: tuple[int, int] = (24, 16)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


RED, BLUE = png("red"), png("blue")


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def url(data: bytes) -> str:
    return f"data:image/png;base64,{encoded(data)}"


def put(folder: Path, files: dict[str, Any]) -> Path:
    """Writes them: values by the ending of their names. Returns the folder."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else _bytes(name, value))
    return folder


def _bytes(name: str, value: Any) -> bytes:
    if name.endswith(".jsonl"):
        return jsonl(value)
    if name.endswith(".json"):
        return json.dumps(value).encode()
    if name.endswith(".yaml"):
        return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if name.endswith(".tsv") else ",").writerows(value)
    return out.getvalue().encode()


def jsonl(rows: Iterable[Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def data_of(name: str, content: bytes) -> Any:
    """What a file says, whatever the way in which it is written."""
    text = content.decode("utf-8-sig")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    if name.endswith(".json"):
        return json.loads(text)
    if name.endswith((".yaml", ".yml")):
        return yaml.safe_load(text)
    separator = "\t" if name.endswith(".tsv") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def read_at(path: Path, root: Path | None = None, name: str | None = None) -> Read:
    with opened(path, root) as source:
        return read(source, name)


def codes(found: Read | Written) -> set[str]:
    return {loss.code for loss in found.losses}


def through_a_bundle(found: Read, folder: Path) -> Read:
    """Written as our own bundle, and read again."""
    made = write(found.cases, "tuwen")
    return read_at(put(folder, dict(made.files)))


OPENAI: dict[str, Any] = {
    "registry.yaml": {
        "signs": {"id": "signs.dev.v0", "description": "两个标志", "metrics": ["accuracy"]},
        "signs.dev.v0": {
            "class": "evals.elsuite.basic.match:Match",
            "args": {"samples_jsonl": "signs/samples.jsonl"},
        },
    },
    "samples.jsonl": [
        {
            "input": [
                {"role": "system", "content": "One word."},
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "Which colour?"},
                        {"type": "image_url", "image_url": {"url": url(RED), "detail": "low"}},
                    ],
                },
            ],
            "ideal": "red",
            "case_name": "one",
        },
        {"input": "Say yes.", "ideal": ["yes", "Yes"]},
        {"input": [{"role": "user", "content": "Two and two?"}], "ideal": ["4"]},
    ],
}

_EVAL = {
    "object": "eval",
    "id": "eval_1",
    "name": "colours",
    "data_source_config": {"type": "custom", "schema": {"type": "object"}},
    "testing_criteria": [
        {
            "type": "string_check",
            "name": "exact",
            "input": "{{sample.output_text}}",
            "reference": "{{ item.label }}",
            "operation": "eq",
        },
        {
            "type": "text_similarity",
            "name": "close",
            "input": "{{sample.output_text}}",
            "reference": "{{item.label}}",
            "evaluation_metric": "bleu",
            "pass_threshold": 0.5,
        },
        {"type": "python", "name": "py", "source": "def grade(sample, item): return 1.0"},
        {
            "type": "score_model",
            "name": "quality",
            "model": "gpt-4.1",
            "input": [{"role": "user", "content": "Rate {{sample.output_text}}, {{item.label}}"}],
            "range": [1, 7],
            "pass_threshold": 5,
        },
    ],
}
_ITEMS = [
    {"image": url(RED), "question": "Which colour?", "label": "red", "n": 1},
    {"image": url(BLUE), "question": "And this?", "label": "blue", "n": 2},
]


def _run(number: int, answers: tuple[str, ...]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    template = [
        {"role": "developer", "content": {"type": "input_text", "text": "One word."}},
        {
            "type": "message",
            "role": "user",
            "content": [
                {"type": "input_text", "text": "{{item.question}}"},
                {"type": "input_image", "image_url": "{{item.image}}", "detail": "high"},
            ],
        },
    ]
    run = {
        "object": "eval.run",
        "id": f"run_{number}",
        "name": f"try {number}",
        "model": "gpt-4o",
        "created_at": 1780000100,
        "data_source": {
            "type": "completions",
            "input_messages": {"type": "template", "template": template},
            "sampling_params": {"temperature": 0},
            "source": {"type": "file_content", "content": [{"item": i} for i in _ITEMS]},
        },
    }
    items = []
    for n, (item, answer) in enumerate(zip(_ITEMS, answers, strict=True)):
        right = answer == item["label"]
        error = {"code": "", "message": ""} if answer else {"code": "x", "message": "Too slow."}
        sample = {
            "input": [],
            "output": [{"role": "assistant", "content": answer}] if answer else [],
            "model": "gpt-4o-2024-11-20",
            "finish_reason": "stop",
            "usage": {"prompt_tokens": 300, "completion_tokens": 2},
            "error": None if number == 1 else error,
        }
        items.append(
            {
                "object": "eval.run.output_item",
                "id": f"item_{number}_{n}",
                "run_id": f"run_{number}",
                "datasource_item": item,
                "results": [{"name": "exact-1", "passed": right, "score": float(right)}],
                "sample": sample,
            }
        )
    return run, items


_RUN_1, _ANSWERS_1 = _run(1, ("red", "green"))
_RUN_2, _ANSWERS_2 = _run(2, ("red", ""))
HOSTED: dict[str, Any] = {
    "eval.json": _EVAL,
    "eval_1.json": {
        "eval": _EVAL,
        "rows": _ITEMS,
        "runs": [
            {"run": _RUN_1, "output_items": _ANSWERS_1},
            {"run": _RUN_2, "output_items": _ANSWERS_2},
        ],
    },
    "run.json": _RUN_1,
    "output_items.json": {"object": "list", "data": _ANSWERS_1, "has_more": False},
    "files/items.jsonl": [{"item": item} for item in _ITEMS],
}

PROMPTFOO: dict[str, Any] = {
    "promptfooconfig.yaml": {
        "description": "Signs",
        "prompts": ["file://prompt.json"],
        "providers": ["openai:chat:gpt-4o", {"id": "openai:chat:gpt-6-luna"}],
        "defaultTest": {"assert": [{"type": "latency", "threshold": 20000}]},
        "tests": [
            {
                "description": "one",
                "vars": {"image": "file://images/red.png", "question": "Which colour?"},
                "assert": [
                    {"type": "contains-any", "value": ["red", "红"]},
                    {"type": "not-icontains", "value": "sorry", "weight": 2},
                    {"type": "javascript", "value": "output.length < 20"},
                ],
                "metadata": {"kind": "colour"},
            },
            {
                "vars": {"image": "file://images/red.png", "question": ["A?", "B?"]},
                "assert": [
                    {"type": "equals", "value": {"a": 1}},
                    {"type": "levenshtein", "value": "TOTAL 1,284.50", "threshold": 3},
                    {
                        "type": "assert-set",
                        "assert": [{"type": "regex", "value": "^{{question}}$"}],
                    },
                ],
            },
        ],
    },
    "prompt.json": [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "{{question}}"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,{{image}}"}},
            ],
        }
    ],
    "images/red.png": RED,
}

PROMPTFOO_CSV: list[list[str]] = [
    [
        *("image", "question", "__expected1", "__expected2", "__description", "__metric"),
        *("__threshold", "__metadata:kind", "__metadata:tags[]", "__config:__expected2:threshold"),
    ],
    [
        *("file://images/red.png", "Which?", "contains-any:red,红", "llm-rubric:One word", "a"),
        *("m", "0.5", "colour", r"easy,zh\,en", "0.8"),
    ],
    ["", "Two and two?", "4", "similar(0.9):four", "b", "", "", "", "", ""],
    ["", "Minus?", "-5", "not-contains:+", "", "", "", "", "", ""],
]

INSPECT: list[Any] = [
    {
        "id": "one",
        "input": [
            {
                "role": "user",
                "content": [
                    {"type": "image", "image": "images/red.png", "detail": "high"},
                    {"type": "text", "text": "How many?"},
                ],
            }
        ],
        "target": ["7", "seven"],
        "metadata": {"kind": "count"},
    },
    {"id": 2, "input": "Sky?", "choices": ["red, or orange", "blue"], "target": "B"},
    {"input": "Run me.", "target": "x", "setup": "touch tuwen_was_here", "files": {"a": "b"}},
]

INSPECT_CSV: list[list[str]] = [
    ["input", "target", "id", "metadata"],
    ["A colour?", "red", "a1", '{"kind": "text"}'],
    ["2 + 2?", "4", "a2", "{}"],
]

_TURN = ["red", "green", "blue"]
VLM: list[list[str]] = [
    [*("index", "image", "question", "hint", "A", "B", "C", "answer", "category"), "split"],
    ["1", encoded(RED), "Which?", "", *_TURN, "C", "attribute", "dev"],
    ["2", encoded(BLUE), "How many?", "", "", "", "", "['7', 'seven']", "count", "dev"],
    ["1000001", "1", "Which?", "", "green", "blue", "red", "B", "attribute", "dev"],
    ["2000001", "1", "Which?", "", "blue", "red", "green", "A", "attribute", "dev"],
    ["3", str([encoded(RED), "2"]), "Both?", "Look.", "yes", "no", "", "A", "count", "dev"],
    ["4", encoded(BLUE + b"\0" * 150_000), "A photo?", "", "", "", "", "-1", "scene", "dev"],
]
