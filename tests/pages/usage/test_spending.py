"""Limits, usage, room and all of one's own, as a person meets them on the pages."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from components import services
from components.chat.store import DraftedImage, NewImage, new_id
from components.export import read_export
from components.sharing.making import share_it
from components.sharing.tokens import hash_of
from components.spending.store import Bill, Charge, Rules, UsageRow
from components.ui.history import my_data
from db.usage.usage import Usage
from tests.pages.access.test_access import AUTH, PASSWORD, owner, secrets, signed_in, type_password
from tests.pages.cost.past import fill, history
from tests.pages.visiting import Person, plain
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture
from tests.unit.db.casing import IMAGE, case_set

TEAM = f"""
[access]
mode = "oidc"
allow = ["example.org"]
admins = ["ann@example.org"]
{AUTH}"""
SQUARE = ("square.png", picture())


def limited(monkeypatch: pytest.MonkeyPatch, **limits: str) -> Person:
    """Somebody on the chat page of a server started with these settings."""
    for name, value in limits.items():
        monkeypatch.setenv(name, value)
    services.begin()
    return Person(lang="en").look()


def meter(person: Person) -> str:
    """What the line under the input says of limits; "" where there is nothing."""
    found = [each for each in person.at.container if each.key == "budget_meter"]
    return plain("\n".join(each.value for box in found for each in box.caption))


def spend(owner: str, cost: str, model: str = "gpt-4o", images: int = 1) -> None:
    """A request that was settled today."""
    store, name = services.app().store(), new_id()
    store.usage.reserve(
        owner, name, Charge("server", "loop", "", model, images, Decimal(cost)), Rules()
    )
    store.usage.settle(owner, name, Bill(Decimal(cost), 900, 40, 200, 600))


def usage(person: Person) -> Person:
    return person.go("usage")


def test_without_limits_there_is_no_meter(endpoint: Loopback) -> None:
    assert meter(Person(lang="en").look()) == ""
    assert not services.app().budget().rules


def test_the_meter_counts_and_refuses_and_keeps_what_was_typed(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = limited(monkeypatch, LIMIT_IMAGES_DAY="1", LIMIT_ALL_USD_MONTH="5")
    assert "0 of 1 images today" in meter(person)
    assert "everyone: $0 of $5.00 this month" in meter(person)
    endpoint.enqueue(answer("Four colours.", model="gpt-4o", tokens=(780, 5)))
    person.drop(SQUARE).ask("What is this?")
    assert "Limit reached: 1 of 1 images today" in meter(person.look())
    person.press("new_chat").drop(("other.png", picture(50, 40))).ask("And this?")
    assert person.errors[0].startswith("1 of your 1 images per day are used and this needs 1")
    assert person.typed == "And this?"
    assert [image.name for image in person.draft] == ["other.png"]
    assert len(endpoint.asked()) == 1


def test_from_eighty_percent_there_is_a_notice(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = limited(monkeypatch, LIMIT_USD_DAY="1")
    spend("local", "0.79")
    assert "$0.79 of $1.00 today" in meter(person.look())
    assert "Almost" not in meter(person)
    spend("local", "0.01")
    assert "Almost at your limit: $0.80 of $1.00 today" in meter(person.look())


def test_the_reader_of_this_server_has_no_meter(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = limited(monkeypatch, LIMIT_USD_DAY="0")
    person.pick("builtin-reader", "builtin")
    assert meter(person) == ""
    person.drop(SQUARE).ask("What size is it?")
    assert person.errors == []


def test_a_broken_limit_is_named_on_the_page(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = limited(monkeypatch, LIMIT_USD_DAY="five", RETENTION_DAYS="soon")
    limit, days = (error.replace("\\", "") for error in person.errors)
    assert limit.startswith("The limit LIMIT_USD_DAY isn't valid, so nothing can be used")
    assert days.startswith("The setting RETENTION_DAYS isn't valid")


def test_the_usage_page_says_what_was_used(endpoint: Loopback) -> None:
    spend("local", "0.25", images=2)
    spend("local", "0.5", model="gpt-5")
    spend("you", "7")
    person = usage(Person(lang="en").look())
    assert totals(person) == {"Cost (USD)": "$0.75", "Requests": "2", "Images": "3"}
    assert len(person.at.get("plotly_chart")) == 2
    frame = person.at.dataframe[0].value
    assert sorted(frame["Cost (USD)"]) == [0.25, 0.5]
    assert list(frame["of which read from cache"]) == [200, 200]
    assert list(frame["of which written to cache"]) == [600, 600]
    assert "Person" not in frame.columns


def totals(person: Person) -> dict[str, str]:
    return {m.label: plain(m.value) for m in person.at.container(key="usage_totals").metric}


def test_each_day_is_drawn_and_the_largest_model_first(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    def used(days: int, model: str, cost: str) -> UsageRow:
        day = datetime.now(ZoneInfo("Asia/Tokyo")).date() - timedelta(days=days)
        return UsageRow("local", day, model, "loop", "server", 1, 1, 9, 0, 0, 9, Decimal(cost), 0)

    rows = [used(0, "small", "0.1"), used(2, "large", "2"), used(3, "free", "0")]
    before = [used(40, "small", "1.4")]
    asked: list[tzinfo] = []

    def told(_: object, __: str, ___: datetime, zone: tzinfo) -> list[UsageRow]:
        asked.append(zone)
        return rows + before

    monkeypatch.setattr(Usage, "rows", told)
    person = Person(lang="en")
    person.at.context["timezone"] = "Asia/Tokyo"
    usage(person.look())
    assert asked == [ZoneInfo("Asia/Tokyo")]
    by_day, by_model = (json.loads(c.proto.spec) for c in person.at.get("plotly_chart"))
    assert [len(trace["x"]) for trace in by_day["data"]] == [30, 30]
    assert [trace["name"] for trace in by_day["data"]] == ["large", "small"]
    assert by_day["layout"]["xaxis"]["title"]["text"] == "Days in Asia/Tokyo time"
    assert by_model["data"][0]["x"] == ["large", "small"]
    deltas = [m.delta for m in person.at.container(key="usage_totals").metric]
    assert deltas == ["+50%", "+200%", "+200%"]


def test_nothing_used_is_said(endpoint: Loopback) -> None:
    assert "No usage in this period." in usage(Person(lang="en").look()).says


def test_the_usage_csv_is_safe_for_spreadsheets(endpoint: Loopback) -> None:
    from components.spending.usage_csv import usage_csv

    spend("=cmd()", "0.25", model="@evil")
    rows = services.app().store().usage.rows_of_all(datetime.now(UTC) - timedelta(days=1))
    (row,) = csv.DictReader(io.StringIO(usage_csv(rows).decode("utf-8-sig")))
    assert (row["owner"], row["model"], row["cost"]) == ("'=cmd()", "'@evil", "0.25")
    assert (row["cached_tokens"], row["cache_write_tokens"]) == ("200", "600")


def test_the_history_says_how_long_things_stay_and_how_much_room_they_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited(monkeypatch, RETENTION_DAYS="30", QUOTA_MB="200")
    fill(1)
    said = history().says
    assert "deleted 30 days after" in said
    assert "of 200 MB" in said


def test_the_minutes_work_takes_what_is_old_and_leaves_the_starred(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited(monkeypatch, RETENTION_DAYS="30")
    fill(2)
    store = services.app().store()
    store.history.star("local", ["c1"])
    services.app().purge()
    assert store.history.count("local") == 2
    monkeypatch.setattr(store, "clock", lambda: datetime.now(UTC) + timedelta(days=40))
    services.app().purge()
    assert [row.id for row in store.history.page("local")] == ["c1"]


def test_everything_comes_out_in_one_file_that_can_be_brought_back(tmp_path: Path) -> None:
    fill(2)
    store = services.app().store()
    store.scenarios.save("local", "Receipts", "v=1")
    store.votes.cast("local", "cost", "en", True)
    _, token = share_it(store.shares, "local", "conversation", "c1", datetime.now(UTC))
    spend("local", "0.25")
    drafted = NewImage("ab12", b"not asked yet", "image/png", b"")
    store.conversations.keep_draft(
        "local", "d", [DraftedImage("ab12", "cat.png", "low")], [drafted]
    )
    store.labels.add("local", "l1", "t1", "wrong", "23")
    store.cases.create("local", "s1", *case_set(), "file")
    made = zipfile.ZipFile(my_data.everything("local", "en", ()))
    assert set(made.namelist()) == {
        "conversations.json.zip",
        "cases/s1.zip",
        "labels.json",
        "drafts.json",
        "drafts/ab12.png",
        "scenarios.json",
        "votes.json",
        "links.json",
        "usage.csv",
    }
    (vote,), (link,) = (json.loads(made.read(name)) for name in ("votes.json", "links.json"))
    assert (vote["slug"], vote["helpful"]) == ("cost", True)
    assert (link["kind"], link["target_id"]) == ("conversation", "c1")
    assert not [name for name in made.namelist() if token.encode() in made.read(name)]
    assert str(hash_of(token)) not in str(link)
    (label,) = json.loads(made.read("labels.json"))
    assert (label["verdict"], label["corrected"], label["who"]) == ("wrong", "23", "local")
    bundle = zipfile.ZipFile(io.BytesIO(made.read("cases/s1.zip")))
    assert {"set.json", "cases.jsonl", "runs.jsonl", IMAGE} == set(bundle.namelist())
    assert json.loads(made.read("drafts.json"))[0]["name"] == "cat.png"
    assert made.read("drafts/ab12.png") == b"not asked yet"
    assert b"Receipts" in made.read("scenarios.json")
    assert b"0.25" in made.read("usage.csv")
    back = read_export(io.BytesIO(made.read("conversations.json.zip")))
    store.retention.delete_everything("local")
    assert store.conversations.all_drafts("local") == []
    assert store.cases.sets("local") == store.labels.history("local") == []
    assert (
        back.bring_in(lambda talk, contents: store.conversations.restore("local", talk, contents))[
            "new"
        ]
        == 2
    )
    assert store.history.count("local") == 2


def test_everything_goes_only_after_the_word_was_typed() -> None:
    fill(2)
    person = history()
    assert person.at.button(key="delete_all").disabled
    person.at.text_input(key="delete_all_word").set_value("delet")
    assert person.look().at.button(key="delete_all").disabled
    person.at.text_input(key="delete_all_word").set_value(" Delete ")
    assert not person.look().at.button(key="delete_all").disabled
    person.press("delete_all")
    assert "Nothing here yet." in person.says
    assert services.app().store().history.count("local") == 0


def test_an_import_that_does_not_fit_on_disk_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(1)
    file = my_data.everything("local", "en", ())
    inside = zipfile.ZipFile(file).read("conversations.json.zip")
    services.app().store().retention.delete_everything("local")
    monkeypatch.setattr(services.app().budget(), "quota", 3)
    person = Person(lang="en").look().go("history")
    person.at.file_uploader[0].set_value([("tuwen.zip", inside, "application/zip")])
    assert any("on this server" in error for error in person.look().errors)
    assert services.app().store().history.count("local") == 0


def test_more_images_than_a_message_takes_are_named_and_left_out(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {"upload": {"message_images": 2, "message_mb": 200, "visit_mb": 500}}
    monkeypatch.setattr("components.spending.uploads.load", lambda: few)
    person = Person(lang="en").look()
    person.drop(*[(f"{n}.png", picture(40 + n, 40)) for n in range(3)])
    assert [image.name for image in person.draft] == ["0.png", "1.png"]
    assert "the limit is 2 images per message" in person.says


def test_a_visit_holds_so_much_and_no_more(
    endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(picture(41, 40)) + len(picture(42, 40))
    little = {"upload": {"message_images": 9, "message_mb": 9, "visit_mb": (size + 10) / 1e6}}
    monkeypatch.setattr("components.spending.uploads.load", lambda: little)
    person = Person(lang="en").look()
    person.drop(*[(f"{n}.png", picture(40 + n, 40)) for n in (1, 2, 3)])
    assert len(person.draft) == 2
    assert "this tab already holds nearly" in person.says


def test_admins_see_what_everybody_used_by_name_and_others_see_no_such_page(
    tmp_path: Path, endpoint: Loopback
) -> None:
    secrets(tmp_path, TEAM)
    bob = signed_in("bob").look()
    ann = signed_in("ann").look()
    spend(owner(bob), "0.25")
    spend(owner(ann), "0.5")
    spend("gone", "1")
    usage(ann)
    assert "3 people" in ann.says
    assert totals(ann) == {"Cost (USD)": "$1.75", "Requests": "3", "Images": "3"}
    assert sorted(ann.at.dataframe[0].value["Person"]) == ["Ann", "Bob", "gone"]
    assert len(ann.at.get("plotly_chart")) == 3
    with pytest.raises(ValueError, match="usage_page"):
        usage(bob)
    assert "$1.75" not in bob.says


def test_where_a_password_is_shared_nobody_deletes_everything(
    tmp_path: Path, endpoint: Loopback
) -> None:
    secrets(tmp_path, f'[access]\nmode = "password"\npassword = "{PASSWORD}"\n')
    person = type_password(Person(lang="en").look(), PASSWORD).go("history")
    assert "delete_all" not in person.keys


def test_settings_have_no_limits_by_default() -> None:
    found = services.app().settings()
    assert (found.limits, found.quota, found.retention_days) == (Rules(), None, None)
