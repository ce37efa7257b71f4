"""Settings by their schema: what is read from where, and what a bad value does."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from components.errors import ConfigError
from components.i18n import LANGUAGES, sentence, texts
from components.settings import Given, schema, secrets_of_file
from components.settings.schema import OF_ENDPOINTS, SETTINGS, Setting, names_in
from tests.support.paths import ROOT

# Those that are read as they are, and looked at more closely by who uses them.
CLOSER = {"url", "key", "password", "people", "addresses"}
READ = [each for each in SETTINGS if each.kind.name not in CLOSER]
BAD: dict[str, list[object]] = {
    "whole": ["x", "-1", "1.5", "1e3", "９", "9" * 400, True, [1], {"a": 1}, 10**9],
    "limit_whole": ["5 dollars", "-1", "nan", "inf", "1e9", "１", True, [1], {}, 10**10],
    "money": ["5 dollars", "-1", "nan", "inf", "1e9", "1,5", True, [1], {}, 10**10],
    "switch": ["maybe", "ja", "2", 2, [True], {}],
    "choice": ["anyy", "none at all", 1, True, ["none"], {}],
    "text": [True, [1], {"a": 1}],
}
CANARY = "canary-7d1f"


def secrets(setting: Setting[Any], value: object) -> dict[str, object]:
    """secrets.toml with this setting alone."""
    *table, key = setting.at
    return {table[0]: {key: value}} if table else {key: value}


def test_each_has_a_meaning_and_no_other_has() -> None:
    names = {s.name or s.at[-1] for s in (*SETTINGS, *OF_ENDPOINTS)}
    assert len(names) == len(SETTINGS) + len(OF_ENDPOINTS) > 30
    for lang in LANGUAGES:
        said = {key for key in texts(lang) if key.startswith("settings.meaning.")}
        assert said == {f"settings.meaning.{name}" for name in names}


def test_every_secret_is_marked() -> None:
    told = {s.name or s.place for s in (*SETTINGS, *OF_ENDPOINTS) if s.secret}
    assert told == {
        "OPENAI_API_KEY",
        "DATABASE_URL",
        "ACCESS_PASSWORD",
        "endpoints.NAME.api_key",
    }


@pytest.mark.parametrize("setting", READ, ids=lambda s: s.name)
def test_one_that_is_not_set_is_its_default(setting: Setting[Any]) -> None:
    for given in (
        Given({}, {}),
        Given({setting.name: ""}, {}),
        Given({setting.name: " "}, secrets(setting, "")),
    ):
        assert given.read(setting) == setting.default
        assert given.problems == []


@pytest.mark.parametrize("setting", READ, ids=lambda s: s.name)
def test_a_value_that_cannot_be_read_is_named_and_never_repeated(setting: Setting[Any]) -> None:
    for bad in BAD[setting.kind.name]:
        places: list[tuple[Given, str]] = [(Given({}, secrets(setting, bad)), setting.place)]
        if isinstance(bad, str):
            places.append((Given({setting.name: bad}, {}), setting.name))
        for given, place in places:
            assert given.read(setting) == setting.otherwise, bad
            (problem,) = given.problems
            assert problem.data["setting"] == place
            for lang in LANGUAGES:
                said = " ".join(sentence.sentence(lang, problem.code, problem.data))
                assert place in said
                assert "None" not in said


@pytest.mark.parametrize("setting", READ, ids=lambda s: s.name)
def test_no_value_is_in_a_problem(setting: Setting[Any]) -> None:
    given = Given({}, secrets(setting, [CANARY]))
    given.read(setting)
    (problem,) = given.problems
    assert CANARY not in f"{problem!r} {problem} {problem.data}"
    assert problem.__context__ is None or CANARY not in str(problem.__context__)


def test_a_typing_error_opens_nothing() -> None:
    given = Given(
        {"OWN_ENDPOINTS": "publc", "FETCH_IMAGES": "nope", "LIMIT_USD_DAY": "5 USD"},
        {"update_prices": "of course"},
    )
    assert given.read(schema.OWN_ENDPOINTS) == "none"
    assert given.read(schema.FETCH_IMAGES) is False
    assert given.read(schema.UPDATE_PRICES) is False
    assert given.read(schema.LIMIT_USD_DAY) == 0
    assert len(given.problems) == 4


@pytest.mark.parametrize("table", ["text", 5, ["a"], True])
def test_what_stands_where_a_table_belongs_is_named_once(table: object) -> None:
    given = Given({"LIMIT_USD_MONTH": "7"}, {"limits": table})
    assert given.read(schema.LIMIT_USD_DAY) == 0
    assert given.read(schema.LIMIT_ALL_USD_DAY) == 0
    assert given.read(schema.LIMIT_USD_MONTH) == 7
    assert [problem.data["setting"] for problem in given.problems] == ["limits"]


@pytest.mark.parametrize(
    ("setting", "written", "read"),
    [
        (schema.QUOTA_MB, " 30 ", 30),
        (schema.QUOTA_MB, 30, 30),
        (schema.DRAIN_SECONDS, "0", 0),
        (schema.RETENTION_DAYS, "36500", 36500),
        (schema.LIMIT_USD_DAY, "0.5", Decimal("0.5")),
        (schema.LIMIT_USD_DAY, 2, Decimal(2)),
        (schema.LIMIT_IMAGES_DAY, 0, 0),
        (schema.OWN_ENDPOINTS, " Public", "public"),
        (schema.READ_IMAGES, False, False),
        (schema.READ_IMAGES, "FALSE", False),
        (schema.READ_IMAGES, "off", False),
        (schema.READ_IMAGES, 0, False),
        (schema.UPDATE_PRICES, "yes", True),
        (schema.UPDATE_PRICES, True, True),
        (schema.UPDATE_PRICES, 1, True),
        (schema.METRICS_ADDRESS, " 10.0.0.5 ", "10.0.0.5"),
    ],
)
def test_a_value_is_read_as_people_write_it(
    setting: Setting[Any], written: object, read: object
) -> None:
    given = Given({}, secrets(setting, written))
    assert given.read(setting) == read
    if isinstance(written, str):
        # The environment goes first.
        given = Given({setting.name: written}, secrets(setting, "not looked at"))
        assert given.read(setting) == read
    assert given.problems == []


def test_a_table_of_an_endpoint_knows_these_names() -> None:
    assert names_in("endpoints") >= {"base_url", "api_key", "jpeg_only"}
    assert names_in("limits") == {
        f"{who}{what}"
        for who in ("", "all_")
        for what in ("requests_minute", "images_day", "usd_day", "usd_month")
    }


BROKEN = [
    (f'a = 1\nkey = "{CANARY}\nb = 2', "2"),
    (f"key = {CANARY}\n", "1"),
    (f'[a]\nx = "{CANARY}"\n[a]\n', "3"),
]


@pytest.mark.parametrize(("text", "line"), BROKEN)
def test_a_file_that_cannot_be_read_is_told_by_its_line(
    text: str, line: str, tmp_path: Path
) -> None:
    error = unread(tmp_path, text.encode())
    assert (error.code, error.data) == ("config_secrets", {"setting": "secrets.toml", "line": line})
    assert CANARY not in f"{error!r} {error}"
    assert error.__suppress_context__
    assert f"line {line}" in sentence.sentence("en", error.code, error.data)[0]
    assert f"第 {line} 行" in sentence.sentence("zh", error.code, error.data)[0]


def test_a_file_of_other_bytes_is_told_without_a_line(tmp_path: Path) -> None:
    error = unread(tmp_path, b"key = '\xff\xfe'")
    assert sentence.sentence("en", error.code, error.data)[0].endswith("can't be read.")


def unread(root: Path, content: bytes) -> ConfigError:
    (root / ".streamlit").mkdir()
    (root / ".streamlit" / "secrets.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        secrets_of_file(root)
    return caught.value


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    assert secrets_of_file(tmp_path) == {}


def test_the_command_prints_both_tables() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "components.settings", "zh"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert "| `QUOTA_MB` | `quota_mb` |" in printed
    assert "| `jpeg_only` |" in printed
