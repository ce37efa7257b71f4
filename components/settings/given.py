"""What the server was given: the only place that reads the environment."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from components.errors import ConfigError
from components.settings.kinds import T
from components.settings.schema import Setting

environment: Mapping[str, str] = os.environ


class Given:
    """Settings by their schema. problems: those whose value can't be read, named once."""

    def __init__(self, env: Mapping[str, str], secrets: Mapping[str, object]) -> None:
        self._env, self._secrets = env, secrets
        self.problems: list[ConfigError] = []

    def raw(self, setting: Setting[T]) -> tuple[object, str]:
        """A value as it was written and the name that it goes by there; "" where none is set."""
        written = self._env.get(setting.name, "")
        if written.strip():
            return written, setting.name
        found: object = self._secrets
        for depth, key in enumerate(setting.at):
            if not isinstance(found, Mapping):
                return found, ".".join(setting.at[:depth])
            found = found.get(key)
            if found is None or found == "":
                return written, setting.name
        return found, setting.place

    def read(self, setting: Setting[T]) -> T:
        """Its value, or what holds without one."""
        written, place = self.raw(setting)
        if written == "" or (isinstance(written, str) and not written.strip()):
            return setting.default
        try:
            if setting.at and place not in (setting.name, setting.place):  # no table at all
                raise ValueError
            return setting.kind.read(written)  # type: ignore[no-any-return]
        except ValueError:
            values = {"holds": _shown(setting.otherwise), **setting.kind.values}
            problem = ConfigError(setting.kind.code, setting=place, **values)
            if (problem.code, place) not in {(p.code, p.data["setting"]) for p in self.problems}:
                self.problems.append(problem)
            return setting.otherwise


def secrets_of_file(root: Path) -> Mapping[str, object]:
    """`.streamlit/secrets.toml` of the app's folder, {} where there is none. Raises ConfigError
    (config_secrets)."""
    path = root / ".streamlit" / "secrets.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: Exception) -> ConfigError:
    """Says where a file of settings is wrong, and nothing of what stands there."""
    found = re.search(r"\(at line (\d+)", str(error))
    return ConfigError("config_secrets", setting=path.name, line=found[1] if found else "")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
