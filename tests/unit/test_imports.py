"""The import rules of components/__init__.py, enforced."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from components.settings.schema import SETTINGS
from tests.support.paths import ROOT

CORE = sorted(
    folder.name
    for folder in (ROOT / "components").iterdir()
    if folder.is_dir() and folder.name not in {"ui", "services", "__pycache__"}
)

DATABASE = ("db", "sqlalchemy")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports_of(path: Path) -> list[str]:
    """Every module a file imports, wherever in the file it does."""
    return list(_imports_of(path))


def _imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(*folders: str) -> list[Path]:
    found = [p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))]
    assert found
    return found


def part_of(module: str) -> str | None:
    """components.images.pool -> images"""
    pieces = module.split(".")
    return pieces[1] if pieces[0] == "components" and len(pieces) > 1 else None


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def offenders(paths: list[Path], *banned: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in paths
        for module in imports_of(path)
        if any(within(module, package) for package in banned)
    ]


@pytest.mark.parametrize("folder", CORE)
def test_the_core_imports_no_streamlit_no_ui_and_no_database(folder: str) -> None:
    paths = files(f"components/{folder}")
    assert not offenders(paths, "streamlit", "components.ui", *DATABASE)
    rooms = [path for path in paths if path.name != "__main__.py"]  # a command is wired there
    assert not offenders(rooms, "components.services")


def test_the_runner_knows_neither_of_those_who_ask() -> None:
    assert not offenders(files("components/runner"), "components.chat", "components.compare")


def test_the_services_import_no_streamlit_and_no_ui() -> None:
    assert not offenders(files("components/services"), "streamlit", "components.ui")


def test_a_backup_waits_for_nothing_that_it_does_not_use() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import components.backup_command, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "db.backup.copying" in loaded
    unused = {"streamlit", "components.ui", "components.services", "components.images", "numpy"}
    assert unused & set(loaded) == set()


def test_yaml_is_loaded_when_a_file_of_it_comes() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import components.cases.formats, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "components.cases.formats.yaml_values" in loaded
    assert {"yaml", "streamlit"} & set(loaded) == set()


def test_errors_and_text_import_nothing_of_the_house() -> None:
    paths = [ROOT / "components" / "errors.py", ROOT / "components" / "text.py"]
    assert not offenders(paths, "streamlit", "components", "db")


def test_the_database_knows_value_types_only() -> None:
    with_store = {"access", "cases", "chat", "compare", "sharing", "spending"}
    banned = [f"components.{name}" for name in CORE if name not in with_store]
    assert not offenders(files("db"), "streamlit", "components.ui", *banned)
    used = {m for p in files("db") for m in imports_of(p) if part_of(m) in with_store}
    assert {".".join(m.split(".")[:3]) for m in used if m.count(".") > 1} <= {
        "components.access.store",
        "components.cases.store",
        "components.chat.store",
        "components.compare.store",
        "components.sharing.store",
        "components.spending.store",
    }


def test_pages_and_the_server_never_touch_the_database() -> None:
    paths = [ROOT / "app.py", *files("pages")]
    assert not offenders(paths, "db", "sqlalchemy")


def test_pages_import_no_other_page_and_define_no_class() -> None:
    for path in files("pages"):
        assert not offenders([path], "pages")
        tree = parsed(path)
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)], path


def test_the_parts_of_the_core_form_no_circle() -> None:
    needs = {
        folder: {
            part
            for path in files(f"components/{folder}")
            for module in imports_of(path)
            if (part := part_of(module)) in CORE and part != folder
        }
        for folder in CORE
    }
    left = dict(needs)
    while left:
        free = [folder for folder, parts in left.items() if not parts & left.keys()]
        assert free, f"a circle among {sorted(left)}: {left}"
        for folder in free:
            del left[folder]


def test_session_state_is_touched_in_one_file() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "app.py", *files("components", "pages", "db")]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    }
    assert users == {"components/ui/streamlit_seam/session.py"}


def test_streamlits_insides_are_leaned_on_in_one_room() -> None:
    """`streamlit.delta_generator` has the documented type of a place on the page."""
    outside = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in [ROOT / "app.py", *files("components", "pages")]
        if "streamlit_seam" not in path.parts
        for module in imports_of(path)
        if module.startswith("streamlit.")
        and not within(module, "streamlit.delta_generator")
        and module != "streamlit.config"
    ]
    assert outside == []


def reads_settings(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return bool({"environ", "getenv"} & {alias.name for alias in node.names})
    return isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "secrets"}


def test_environment_and_secrets_are_read_where_they_are_wired_alone() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "app.py", *files("components", "pages", "db")]
        if any(reads_settings(node) for node in ast.walk(parsed(path)))
    }
    assert users == {
        "components/services/settings.py",  # around.secrets
        "components/settings/given.py",
        "components/ui/streamlit_seam/surroundings.py",
    }


def test_settings_are_named_in_their_schema_alone() -> None:
    """But in errors, which say what to look for."""
    names = {setting.name for setting in SETTINGS}
    users = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "app.py", *files("components", "pages", "db")]
        for node in ast.walk(parsed(path))
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.Constant) and child.value in names
        if not (isinstance(node, ast.keyword) and node.arg == "setting")
    }
    assert users == {"components/settings/schema.py"}


def test_names_are_looked_up_and_addresses_judged_in_one_part() -> None:
    judging = {"getaddrinfo", "gethostbyname", "is_global", "is_private", "_network_backend"}
    users = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "app.py", *files("components", "pages", "db")]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in judging
    }
    assert users == {
        "components/network/backends.py",
        "components/network/public.py",
        "components/network/resolver.py",
    }


def test_no_page_injects_html() -> None:
    for path in [ROOT / "app.py", *files("components", "pages")]:
        assert "unsafe_allow" not in path.read_text("utf-8"), path
