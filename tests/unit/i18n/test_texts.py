"""Both languages say the same things."""

import ast
import importlib
import pkgutil
import re

import pytest

import components
from components.errors import all_codes
from components.i18n import placeholders, t, texts
from tests.support.paths import ROOT

# A text's key as the pages write it down: of one of the files of texts.
_SECTIONS = sorted({key.partition(".")[0] for key in texts("en")})
_NAMED = rf"({'|'.join(_SECTIONS)})(\.[a-z_0-9]+)+"


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts("zh")) == set(texts("en"))
    assert len(texts("en")) > 100


def test_a_text_has_the_same_placeholders_in_both_languages() -> None:
    zh, en = texts("zh"), texts("en")
    assert not {
        key: (zh[key], en[key]) for key in en if placeholders(zh[key]) != placeholders(en[key])
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_is_empty(lang: str) -> None:
    assert not [key for key, text in texts(lang).items() if not text.strip()]


def test_chinese_texts_are_chinese() -> None:
    said = {k: v for k, v in texts("zh").items() if k.startswith(("error.", "ui."))}
    letters_only = {k for k, v in said.items() if not re.search(r"[\u4e00-\u9fff]", v)}
    # Names, units and figures alone read the same in both.
    assert letters_only <= {"ui.tray.price", "ui.tray.elsewhere", "ui.cost.whole"}


def test_every_error_code_has_a_sentence_and_a_next_step() -> None:
    for module in pkgutil.walk_packages(components.__path__, "components."):
        if not module.name.startswith("components.ui"):
            importlib.import_module(module.name)
    codes = all_codes()
    assert len(codes) > 40
    missing = [
        f"error.{code}.{part}"
        for code in sorted(codes)
        for part in ("text", "next")
        if f"error.{code}.{part}" not in texts("en")
    ]
    assert not missing


def test_every_text_that_the_pages_name_exists() -> None:
    named: set[str] = set()
    for path in (ROOT / "components" / "ui").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        blocks = {
            id(node.args[0])
            for node in nodes
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("block") and node.args
        }
        constants = (
            node.value
            for node in nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in blocks
        )
        named |= {c for c in constants if re.fullmatch(_NAMED, c)}
    assert len(named) > 60
    known = set(texts("en")) | {key.rsplit(".", 1)[0] for key in texts("en")}
    begun = {name for name in named if name.endswith("_")}  # the rest is put to it
    assert [name for name in begun if not any(key.startswith(name) for key in known)] == []
    assert sorted(named - known - begun) == []


def test_a_text_is_filled_in() -> None:
    assert t("en", "ui.cost.images", n=2, tokens="1,530") == "2 images 1,530"


def test_an_unknown_key_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        t("en", "ui.no_such_text")
    with pytest.raises(KeyError):
        t("en", "ui.cost.images", n=2)


def test_an_unknown_language_falls_back_to_english() -> None:
    assert texts("fr") == texts("en")
