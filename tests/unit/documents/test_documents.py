"""What the documents name is there: files, make targets, headings, packages, settings."""

import re
from functools import cache
from pathlib import Path

import pytest

from components.settings.table import endpoint_table, settings_table
from tests.support.paths import ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("README*.md"), *ROOT.glob("CONTRIBUTING*.md"), *(ROOT / "docs").glob("*.md")]
)
MAPS = [ROOT / "docs" / "architecture.md", ROOT / "docs" / "architecture.zh.md"]
TOPS = sorted(
    p.name
    for p in ROOT.iterdir()
    if p.is_dir() and p.name not in {".git", ".venv", "data", "backups"}
)
# Made or filled in by whoever follows the document.
NOT_OURS = re.compile(r"\.streamlit/(secrets|models)\.toml$|^deploy/(\.env|secrets\.toml|tls/?)$")
A_PATH = re.compile(rf"(?<![\w./~-])(?:{'|'.join(map(re.escape, TOPS))})/[\w./*<>{{}},-]*[\w/*>}}]")
A_MODULE = re.compile(r"python -m ((?:components|tests|db)\.[\w.]+)")

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def slugs(path: Path) -> set[str]:
    """Its headings, as forges make addresses of them."""
    titles = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def missing_paths(text: str) -> list[str]:
    """Paths that aren't there. One with <...> in it is anybody's; braces name several."""
    found: list[str] = []
    for named in A_PATH.findall(text):
        if "<" in named or NOT_OURS.search(named):
            continue
        several = re.search(r"\{(.*?)\}", named)
        names = several[1].split(",") if several else [""]
        for name in names:
            one = named.replace(several[0], name) if several else named
            if not list(ROOT.glob(one.rstrip("/"))):
                found.append(one)
    return found


@each_document
def test_every_path_is_there(path: Path) -> None:
    assert missing_paths(text_of(path)) == []


def test_a_path_that_is_gone_is_found() -> None:
    said = "see `components/gone.py`, `components/i18n/{en,xx}/ui.toml`, `tests/unit/<part>/x.py`"
    assert missing_paths(said) == ["components/gone.py", "components/i18n/xx/ui.toml"]


@each_document
def test_every_make_target_is_there(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"\bmake (?:-s )?([a-z][a-z-]*)", code(path))  # it is a word as well
    assert set(named) - targets == set()


@pytest.mark.parametrize("path", sorted(ROOT.glob("CONTRIBUTING*.md")), ids=lambda p: p.name)
def test_it_says_what_each_make_target_is_for(path: Path) -> None:
    (targets,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert {t for t in targets.split() if f"`make {t}`" not in text_of(path)} == set()


@each_document
def test_every_module_that_is_run_is_there(path: Path) -> None:
    for name in A_MODULE.findall(text_of(path)):
        place = ROOT / name.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), name


@each_document
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text_of(path)):
        name, _, heading = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        assert not heading or heading in slugs(there), target


def code(path: Path) -> str:
    """What stands between backticks, and indented lines."""
    text = text_of(path)
    lines = [line for line in text.splitlines() if line.startswith("    ")]
    return "\n".join([*re.findall(r"`[^`\n]+`", text), *lines])


@pytest.mark.parametrize("path", MAPS, ids=["en", "zh"])
def test_the_map_has_every_part(path: Path) -> None:
    parts = {p.name for p in (ROOT / "components").iterdir() if (p / "__init__.py").exists()}
    house = text_of(path).partition("\n    app.py")[2].partition("\n\n")[0]
    assert parts - set(re.findall(r"([a-z0-9_]+)/", house)) == set()


def test_the_package_says_what_every_part_is() -> None:
    import components

    parts = {p.name for p in (ROOT / "components").iterdir() if (p / "__init__.py").exists()}
    assert parts - set(re.findall(r"^ {4}(\w+)", components.__doc__ or "", re.M)) == set()


@pytest.mark.parametrize("name", ["dependencies.md", "dependencies.zh.md"])
def test_every_dependency_is_explained(name: str) -> None:
    asked = "".join((ROOT / p).read_text() for p in ("requirements.txt", "tests/requirements.txt"))
    packages = re.findall(r"^([a-z0-9-]+)", asked, re.MULTILINE)
    assert len(packages) > 20
    table = "".join(re.findall(r"^\|(.*?)\|", text_of(ROOT / "docs" / name), re.MULTILINE))
    assert [package for package in packages if package not in table] == []


@pytest.mark.parametrize(("name", "lang"), [("settings.md", "en"), ("settings.zh.md", "zh")])
def test_the_tables_of_settings_are_what_the_schema_prints(name: str, lang: str) -> None:
    """Written by `python -m components.settings [zh]`."""
    said = text_of(ROOT / "docs" / name)
    for table in (settings_table(lang), endpoint_table(lang)):
        assert len(table.splitlines()) > 8
        assert f"\n\n{table}\n" in said


@pytest.mark.parametrize("path", sorted(ROOT.glob("README*.md")), ids=lambda p: p.name)
def test_the_readme_stays_short(path: Path) -> None:
    assert len(text_of(path).splitlines()) < 180


@pytest.mark.parametrize(
    "path", [p for p in DOCUMENTS if p.name != "glossary.md"], ids=lambda p: p.name
)
def test_every_document_is_there_in_both_languages(path: Path) -> None:
    plain = path.name.replace(".zh.md", ".md")
    assert path.with_name(plain).exists()
    assert path.with_name(plain.replace(".md", ".zh.md")).exists()
