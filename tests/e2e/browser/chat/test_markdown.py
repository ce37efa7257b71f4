"""Answers as a real browser shows them: nothing loads, prices and formulas are what they were."""

import html
import re

from playwright.sync_api import Browser, expect

from components.markdown import IFRAME_SANDBOX, sandboxed
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.pictured import pictured
from tests.support.loopback.reply import DONE, Reply, chunk, event
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture
from tests.unit.markdown.tricks import tricks

CODE = "costs $5 :smile: <b> ![x](y)"
READABLE = f"""Prices: $3.00/M, US$5 vs 6$, costs $3 or $4.

A formula $x^2$, another \\(y_1\\), and

\\[
z = 1
+ w
\\]

| a | b |
|---|---|
| `x|y` | :red[plain] -> :smile: |

1. Code `{CODE}`:

   ```py
   {CODE}
   ```

[page](https://example.com/) [bad](javascript:alert(1)) <u>underlined</u>
"""


def whole(text: str) -> Reply:
    """The text in pieces of 40 characters, line breaks and all."""
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    words = [event(chunk(piece, model="gpt-4o")) for piece in pieces]
    return Reply((*words, event(chunk(finish="stop", model="gpt-4o")), DONE))


def test_no_trick_makes_the_page_ask_elsewhere_even_without_a_policy(
    app: RunningApp, endpoint: Loopback, browser: Browser
) -> None:
    context = browser.new_context(locale="en-US", bypass_csp=True)
    with context, Loopback() as spy:
        host = f"http://127.0.0.1:{spy.port}"
        person = Visitor(context.new_page(), app)
        asked: list[str] = []
        person.page.on("request", lambda request: asked.append(request.url))
        person.open()
        person.page.evaluate("src => { new Image().src = src }", f"{host}/control.png")
        person.page.wait_for_timeout(300)
        assert [request.path for request in spy.history] == ["/control.png"]
        person.pick_model("gpt-4o")
        for group in (tricks(host)[:20], tricks(host)[20:-1], tricks(host)[-1:]):
            endpoint.enqueue(whole("\n\n".join(group)))
            answer = person.ask("Show me")
            expect(answer.locator("img, script, iframe, video, object, style")).to_have_count(0)
            expect(answer.get_by_test_id("stSkeleton")).to_have_count(0)
            addresses = answer.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
            assert {address.split(":")[0] for address in addresses} <= {"http", "https"}
        person.page.wait_for_timeout(500)
        assert [request.path for request in spy.history] == ["/control.png"]
        assert [url for url in asked if host in url] == [f"{host}/control.png"]


def test_prices_formulas_and_code_are_read_as_written(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(whole(READABLE))
    answer = person.ask("How much?")
    expect(answer).to_contain_text("Prices: $3.00/M, US$5 vs 6$, costs $3 or $4.")
    expect(answer.locator("math")).to_have_count(3)
    expect(answer.locator("math[display=block]")).to_have_count(1)
    box = answer.locator("msup").bounding_box()
    assert box
    assert box["width"] > 5  # it is drawn, as MathML
    expect(answer.locator("td").nth(0)).to_have_text("x|y")
    expect(answer.locator("td").nth(1)).to_have_text(":red[plain] -> :smile:")
    expect(answer.locator("li code").first).to_have_text(CODE)
    expect(answer.locator("li pre")).to_contain_text(CODE)
    expect(answer.get_by_role("link")).to_have_count(1)
    expect(answer.get_by_role("link")).to_have_attribute("target", "_blank")
    expect(answer.get_by_role("link")).to_have_attribute("rel", re.compile("noopener noreferrer"))
    expect(answer.locator("li .head span")).to_have_text("py")
    person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer.locator("li").get_by_role("button", name="Copy").click()
    expect(person.page.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert person.page.evaluate("navigator.clipboard.readText()") == CODE
    colours = answer.locator("li pre [class^=hl-]").evaluate_all(
        "all => [...new Set(all.map(each => getComputedStyle(each).color))]"
    )
    assert len(colours) > 1
    expect(answer).to_contain_text("[bad](javascript:alert(1)) <u>underlined</u>")


SPOKEN = """הנה התשובה: **שלום** 123 `a.b()`.

مرحبا، النص في الصورة هو: "STOP 42".

- שורה

```
שלום
```

English, AI在**“工具性智能”**或**“特定任务智能”**方面，1920*1080，1024*768。
"""


def test_paragraphs_run_in_their_own_direction_and_signs_stay(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(whole(SPOKEN))
    answer = person.ask("What does it say?")
    expect(answer.locator("p", has_text="הנה")).to_have_css("direction", "rtl")
    expect(answer.locator("p", has_text="مرحبا")).to_have_css("direction", "rtl")
    expect(answer.locator("li", has_text="שורה")).to_have_css("direction", "rtl")
    expect(answer.locator("p", has_text="English")).to_have_css("direction", "ltr")
    expect(answer.locator("pre").first).to_have_css("direction", "ltr")
    expect(answer.locator("p code")).to_have_css("direction", "ltr")
    expect(answer.locator("strong")).to_have_text(["שלום", "“工具性智能”", "“特定任务智能”"])
    expect(answer).to_contain_text("1920*1080，1024*768。")


DOCUMENTS = (
    "<script>{load}</script><!doctype html><html><head><title>t</title></head><body>",
    "<!-- a --><!doctype html><html><head><meta http-equiv='Content-Security-Policy' "
    "content=\"default-src * 'unsafe-inline'\"></head><body><script>{load}</script>",
    "\ufeff<html><head><base href='{spy}/'><script src='{spy}/b.js'></script></head>"
    "<link rel=stylesheet href='{spy}/c.css'><img src='{spy}/d.png'>"
    "<iframe src='{spy}/e'></iframe>",
    "--></script>\"'><svg><image href='{spy}/f.svg'/></svg><style>@import '{spy}/g.css';</style>"
    "<body style=\"background:url('{spy}/h.png')\"><form action='{spy}/i'><input name=q></form>"
    "<script>document.forms[0].submit(); {load}</script>",
)
LOAD = (
    "new Image().src='{spy}/l.png'; fetch('{spy}/m').catch(() => 0);"
    "try {{ navigator.sendBeacon('{spy}/n') }} catch (e) {{}}"
    "let seen = 'own origin'; try {{ parent.document.title = 'rewritten' }}"
    "catch (e) {{ seen = 'apart' }} parent.postMessage(seen, '*');"
)


def test_a_sandboxed_document_runs_and_loads_nothing(browser: Browser) -> None:
    with Loopback() as spy:
        host = f"http://127.0.0.1:{spy.port}"
        page = browser.new_page()
        for document in DOCUMENTS:
            written = document.format(spy=host, load=LOAD.format(spy=host))
            page.set_content(
                "<title>app</title><script>addEventListener('message', e => "
                "document.title += ' ' + e.data)</script>"
                f'<iframe sandbox="{IFRAME_SANDBOX}" srcdoc="{html.escape(sandboxed(written))}">'
                "</iframe>"
            )
            page.wait_for_timeout(400)
            assert page.title() == "app"
        page.close()
        assert spy.history == []


def test_a_picture_that_the_model_made_is_seen_whole_and_as_large_as_there_is_room(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    sizes = {(1024, 1024): 400, (300, 1800): 400, (60, 40): 40}
    for size, least in sizes.items():
        endpoint.enqueue(pictured("field", "A house.", picture(*size)))
        made = person.ask("Draw a house").get_by_test_id("stImage").get_by_role("img")
        expect(made).to_have_js_property("naturalWidth", size[0])
        box = made.bounding_box()
        assert box
        assert least <= box["height"] < 700
        assert abs(box["width"] / box["height"] - size[0] / size[1]) < 0.02
