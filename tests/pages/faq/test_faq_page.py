"""The questions and answers on their page: found, opened, tried out, voted on."""

from collections import Counter
from io import BytesIO

from PIL import Image

from components import services
from components.faq import faq, find, groups, search, top
from components.pricing.whatif import steps
from tests.pages.visiting import Person


def reader(lang: str = "en", **query: str) -> Person:
    """Somebody who opens the page at this address."""
    return Person(lang=lang, **query).look().go("faq")


def opened(slug: str, lang: str = "en") -> Person:
    return reader(lang, q=slug)


def looking_for(query: str, lang: str = "en") -> Person:
    person = reader(lang)
    person.at.text_input(key="faq_search").set_value(query)
    return person.look()


def questions(person: Person) -> list[str]:
    return [box.label for box in person.at.expander]


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize(size).save(file, kind)
    return file.getvalue()


def test_the_top_questions_are_shown_first_and_closed() -> None:
    person = reader()
    assert questions(person) == [answer.question for answer in top("en")]
    assert top("en")[0].text[:40] not in person.says
    names = ["Top questions", *(group.title for group in groups("en"))]
    assert person.at.button_group(key="faq_groups").options == names


def test_history_is_one_group_and_the_last() -> None:
    person = reader()
    person.at.button_group(key="faq_groups").set_value("history").run()
    told = [answer for answer in faq("en") if answer.group == "history"]
    assert questions(person) == [answer.question for answer in told]
    assert list(person.at.button_group(key="faq_groups").options)[-1] == "History: 2023"


def test_an_address_opens_its_answer_in_its_group() -> None:
    person = opened("small-text")
    answer = find("en", "small-text")
    assert answer
    assert answer.question in questions(person)
    assert "Choose high, not low." in person.says
    assert f"Checked on {answer.checked:%-d %B %Y}. From: " in person.says
    assert person.remembers.faq.jumps == 1


def test_an_older_slug_opens_the_answer_that_took_its_place() -> None:
    assert "765 tokens" in opened("example-1024x1024").says
    assert opened("formats").remembers.faq.open == "file-types"


def test_an_address_without_an_answer_says_so_and_shows_the_groups() -> None:
    person = opened("no-such-thing")
    assert "No answer at this address." in person.says
    assert questions(person)


def test_the_language_changes_and_the_answer_stays_open() -> None:
    person = opened("small-text").speak("zh")
    assert "选 high，不要选 low。" in person.says
    assert person.remembers.faq.open == "small-text"


def test_a_search_shows_the_words_in_bold_and_apart_from_their_neighbours() -> None:
    person = looking_for("small text")
    found = search("en", "small text")
    assert questions(person) == [hit.answer.question for hit in found]
    assert f"{len(found)} results" in person.says
    assert " **small** **text** " in person.says
    assert not any("****" in caption.value for caption in person.at.caption)


def test_a_search_finds_words_of_the_other_language() -> None:
    person = looking_for("缓存")
    assert "What happens to images in a long conversation?" in questions(person)
    assert "**缓存**" in person.says
    assert "长对话里的图片怎么处理？" not in person.says
    assert questions(looking_for("fine-tuning", "zh"))


def test_a_search_without_a_hit_says_what_to_do() -> None:
    person = looking_for("qqqzzz")
    assert not questions(person)
    assert "No results." in person.says


def test_a_search_with_many_hits_shows_the_best_and_says_how_many_there_are() -> None:
    person = looking_for("model")
    hits = len(search("en", "model"))
    assert hits > 30
    assert len(questions(person)) == 30
    assert f"Top 30 of {hits} results" in person.says


def test_what_was_found_is_counted_by_group_and_narrowed_to_one() -> None:
    person = looking_for("small text")
    of_group = Counter(hit.answer.group for hit in search("en", "small text"))
    assert len(of_group) > 2
    titles = {group.id: group.title for group in groups("en")}
    counts = [f"{titles[g]} · {of_group[g]}" for g in titles if of_group[g]]
    shown = person.at.button_group(key="faq_found")
    assert list(shown.options) == [f"All · {of_group.total()}", *counts]
    shown.set_value("limits").run()
    assert questions(person) == [
        hit.answer.question for hit in search("en", "small text") if hit.answer.group == "limits"
    ]
    person.at.text_input(key="faq_search").set_value("shakespeare").run()
    assert questions(person) == [hit.answer.question for hit in search("en", "shakespeare")]


def test_a_related_question_is_jumped_to() -> None:
    person = opened("small-text")
    person.press("faq_related-small-text-pdf-pages")
    assert person.remembers.faq.open == "pdf-pages"
    assert person.remembers.faq.group == "sending"
    assert person.at.query_params["q"] == "pdf-pages"
    assert person.remembers.faq.jumps == 2
    assert "Select up to 20 pages at a time" in person.says


def test_the_example_is_worked_out_with_the_readers_numbers() -> None:
    person = opened("example-1024x1024")
    key = "faq_example-1024x1024"
    assert said(person, "gpt-4o", 1024, 1024, "high")
    person.at.text_input(key=f"{key}-size").set_value("3000 × 2000").run()
    assert said(person, "gpt-4o", 3000, 2000, "high")
    person.at.selectbox(key=f"{key}-model").set_value("gpt-6-luna").run()
    assert said(person, "gpt-6-luna", 3000, 2000, "high")
    person.at.selectbox(key=f"{key}-detail-gpt-6-luna").set_value("low").run()
    assert said(person, "gpt-6-luna", 3000, 2000, "low")


def said(person: Person, model: str, width: int, height: int, detail: str) -> bool:
    worked = [step.text("en") for step in steps(model, width, height, detail)]
    return "\n".join(f"1. {line}" for line in worked) in person.says


def test_an_example_starts_at_the_level_that_its_question_names() -> None:
    assert said(opened("example-4096x8192"), "gpt-4o", 4096, 8192, "low")
    assert said(opened("auto-detail"), "gpt-4o", 1024, 1024, "auto")


def test_a_size_that_is_none_is_said_to_be_none() -> None:
    person = opened("example-1024x1024")
    person.at.text_input(key="faq_example-1024x1024-size").set_value("large").run()
    assert person.errors


def tried(*files: tuple[str, bytes]) -> Person:
    return opened("file-types").drop(*files)


def told(person: Person) -> list[str]:
    return [each.value for each in person.at.success] + person.errors


def test_a_file_that_is_tried_is_accepted_with_what_becomes_of_it() -> None:
    (accepted,) = told(tried(("a*b.png", picture(size=(4000, 3000)))))
    assert "“a\\*b.png” is accepted: PNG, 4,000 × 3,000 px" in accepted
    assert "Resized from 4000 × 3000" in accepted


def test_a_pdf_is_accepted_as_pages() -> None:
    file = BytesIO()
    Image.new("RGB", (300, 400)).save(file, "PDF")
    (accepted,) = told(tried(("scan.pdf", file.getvalue())))
    assert "a PDF" in accepted


def test_files_that_would_be_refused_are_refused_with_the_reason() -> None:
    moving = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    sound = picture()
    middle = len(sound) // 2
    files = {
        "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "notes.txt": b"only words",
        "moving.gif": moving.getvalue(),
        "hurt.png": sound[:middle] + bytes(8) + sound[middle + 8 :],
        "old.bmp": picture("BMP"),
        "empty.png": b"",
    }
    person = tried(*files.items())
    assert not person.at.success
    assert len(person.errors) == len(files)
    for name, error in zip(files, person.errors, strict=True):
        assert name in error
    assert "SVG" in person.errors[0]


def test_what_was_said_of_a_file_changes_its_language_too() -> None:
    person = tried(("photo.png", picture())).speak("zh")
    assert "可以接受“photo.png”" in told(person)[0]


def test_a_vote_is_kept_for_the_next_visit() -> None:
    person = opened("small-text")
    person.at.feedback(key="faq_vote-small-text").set_value(0).run()
    kept = services.app().store().votes.find(person.remembers.owner, "small-text")
    assert kept
    assert not kept.helpful
    again = opened("small-text")
    assert again.at.feedback(key="faq_vote-small-text").value == 0
    again.at.feedback(key="faq_vote-small-text").set_value(1).run()
    kept = services.app().store().votes.find(person.remembers.owner, "small-text")
    assert kept
    assert kept.helpful


def test_the_models_are_listed_with_their_last_days() -> None:
    table = opened("retirement").at.dataframe[0].value
    leaving = dict(zip(table["model"], table["retires"], strict=True))
    assert str(leaving["GPT-4o"]).startswith("2027-01-14")
    assert "Built-in reader" not in leaving
