"""json: schemas and fields."""

import http.server
import json
import threading
from typing import Any

import pytest

from components.graders import GraderError
from components.graders.json_value import at_pointer
from tests.unit.graders.grading import graded, verdict

SCHEMA = {
    "type": "object",
    "required": ["sum"],
    "properties": {"sum": {"type": "number"}},
    "additionalProperties": False,
    "patternProperties": {"^x-": True},
}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ('{"sum": 3}', "right"),
        ('```json\n{"sum": 3, "x-a": null}\n```', "right"),
        ('{"sum": "3"}', "wrong"),
        ('{"sum": 3, "y": 1}', "wrong"),
        ('{"sum": NaN}', "wrong"),
        ('Here: {"sum": 3}', "wrong"),
        ("", "wrong"),
    ],
)
def test_the_whole_answer_keeps_to_the_schema(answer: str, found: str) -> None:
    assert verdict(answer, "json", schema=SCHEMA) == found


def test_the_last_object_is_taken_where_that_is_allowed() -> None:
    answer = 'First {"sum": "x"}, then {"sum": 3}. Done'
    assert verdict(answer, "json", schema=SCHEMA, anywhere=True) == "right"
    assert verdict("none", "json", schema=SCHEMA, anywhere=True) == "wrong"


FIELDS = {
    "/sum": {"grader": "number", "value": "12.5"},
    "/day": {"grader": "date", "value": "2024-03-17"},
    "/shop/name": {"grader": "exact", "value": "Corner Shop"},
}
RECEIPT: dict[str, Any] = {"sum": 12.5, "day": "17 Mar 2024", "shop": {"name": "CORNER SHOP"}}


def test_fields_are_graded_each_by_its_own() -> None:
    assert graded(json.dumps(RECEIPT), "json", fields=FIELDS).score == 1
    found = graded(json.dumps(RECEIPT | {"day": "18 Mar 2024"}), "json", fields=FIELDS)
    assert (found.verdict, found.score) == ("wrong", pytest.approx(2 / 3))
    assert found.facts["fields"]["/day"]["verdict"] == "wrong"
    most = {**FIELDS, "/gone": {"grader": "exact", "value": "x"}}
    assert verdict(json.dumps(RECEIPT), "json", fields=most, at_least=0.75) == "right"
    maybe = RECEIPT | {"day": "03/04/2024"}
    assert verdict(json.dumps(maybe), "json", fields=FIELDS) == "unsure"


def test_elements_of_lists_are_named_by_place_or_by_a_key() -> None:
    value = {"rows": [{"id": "a/1", "n": 3}, {"id": "B", "n": 4}]}
    assert at_pointer(value, "/rows/1/n") == 4
    assert at_pointer(value, "/rows/b/n", "id") == 4
    assert at_pointer(value, "/rows/a~11/n", {"/rows": "id"}) == 3
    for pointer, by in (("/rows/2/n", ""), ("/rows/c/n", "id"), ("rows", ""), ("/rows/-1", "")):
        with pytest.raises(KeyError):
            at_pointer(value, pointer, by)


def test_a_number_in_json_has_a_point_whatever_texts_have() -> None:
    field = {"/n": {"grader": "number", "value": "12.5", "decimal": ","}}
    assert verdict('{"n": 12.5}', "json", fields=field) == "right"
    assert verdict('{"n": "12,5"}', "json", fields=field) == "right"


def test_no_schema_is_fetched() -> None:
    asked: list[str] = []

    class Schemas(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    with http.server.HTTPServer(("127.0.0.1", 0), Schemas) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        schema = {"$ref": f"http://127.0.0.1:{server.server_port}/schema.json"}
        found = graded("1", "json", schema=schema)
        server.shutdown()
    assert (found.verdict, found.why.code, asked) == ("unsure", "json_schema_away", [])


@pytest.mark.parametrize(
    ("schema", "answer"),
    [
        ({"type": "string", "pattern": "(.*?,){25}P"}, json.dumps("1," * 40)),
        ({"patternProperties": {"(.*?,){25}P": False}}, json.dumps({"1," * 40: 1})),
        (
            {"patternProperties": {"(.*?,){25}P": {}}, "additionalProperties": False},
            json.dumps({"1," * 40: 1}),
        ),
        (
            {
                "$defs": {"a20": True}
                | {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 3} for n in range(20)},
                "$ref": "#/$defs/a0",
            },
            "1",
        ),
        ({"$ref": "#"}, "1"),
    ],
    ids=["pattern", "patternProperties", "additionalProperties", "references", "circle"],
)
def test_a_schema_that_would_never_end_is_stopped(schema: Any, answer: str) -> None:
    assert verdict(answer, "json", schema=schema) == "unsure"


def test_patterns_are_those_of_json_schema() -> None:
    assert verdict('"é"', "json", schema={"pattern": "^\\p{L}$"}) == "right"
    assert verdict("[1, 1.0]", "json", schema={"uniqueItems": True}) == "wrong"
    assert verdict("[1, true]", "json", schema={"uniqueItems": True}) == "right"


def test_a_schema_that_is_none_is_said_to_be_so() -> None:
    for schema in ({"type": "x"}, {"pattern": "("}, "text"):
        with pytest.raises(GraderError):
            graded('"a"', "json", schema=schema)
