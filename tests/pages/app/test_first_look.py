"""What somebody sees who opens the app without any key."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from components import services
from components.presets import questions
from components.samples import samples
from tests.pages.visiting import Person
from tests.support.paths import ROOT


def test_an_empty_chat_shows_every_sample(person: Person) -> None:
    person.look()
    shown = [key for key in person.keys if key.startswith("sample-")]
    assert shown == [f"sample-{sample.id}" for sample in samples()]
    assert "Ask about an image" in person.says
    assert person.answers == []


def test_without_a_key_the_model_is_the_built_in_reader(person: Person) -> None:
    person.look()
    assert person.models == ["built-in reader · This server · OCR · runs here · free"]
    assert person.model == "builtin/builtin-reader"
    assert person.estimate == ""  # nothing is to be sent yet


def test_a_developers_own_secrets_are_not_read_in_these_tests(person: Person) -> None:
    person.look()
    assert (services.app().settings().endpoints, services.app().settings().problems) == ((), ())


def test_a_sample_is_in_the_tray_with_its_question_at_one_click(person: Person) -> None:
    pair = next(sample for sample in samples() if len(list(sample.pictures())) == 2)
    person.look().press(f"sample-{pair.id}")
    assert len(person.draft) == 2
    assert person.typed == pair.question["en"]
    # what a language model would bill is known without any key
    assert "gpt" in person.estimate
    assert "$0.0" in person.estimate


def test_another_sample_takes_the_place_of_the_first(person: Person) -> None:
    one, other = samples()[:2]
    person.look().press(f"sample-{one.id}").press(f"sample-{other.id}")
    assert [image.name for image in person.draft] == [name for name, _ in other.pictures()]
    assert person.typed == other.question["en"]


def test_a_ready_question_is_put_into_the_input(person: Person) -> None:
    ready = questions()[0]
    person.look()
    person.at.menu_button(key="preset").click(ready.id)
    assert person.look().typed == ready.prompt["en"]
    # once only: what the person types next stays
    assert person.look().typed == ""


def test_there_is_no_address_field_where_nobody_could_fetch_it(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FETCH_IMAGES", "no")
    services.begin()
    person.look()
    assert not [each for each in person.at.text_input if each.key == "image_url"]


def test_the_recent_conversations_begin_with_the_first(person: Person) -> None:
    person.look()
    assert person.listed == {}
    assert services.app().store().history.count("local") == 0


_FIRST = """
import sys
from tests.pages.visiting import Person
Person(lang="en").look()
print(*sys.modules)
"""


def test_the_first_page_waits_for_no_library_of_tables(tmp_path: Path) -> None:
    """They are 60 MB and a second, and whoever only chats needs none of them."""
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.db'}"}
    seen = subprocess.run(
        [sys.executable, "-c", _FIRST],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    modules = seen.stdout.split()
    assert "streamlit" in modules, seen.stderr
    assert not {"pandas", "pyarrow"} & set(modules)
