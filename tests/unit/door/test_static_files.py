"""What a browser gets of Streamlit's own files, from the running server, by hand-made requests."""

import gzip
import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir

from components.ui.server.static_files import ahead, takes_gzip
from tests.e2e.browser.running import RunningApp

ROOT = Path(get_static_dir())
HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
SCRIPT = max(ROOT.glob("static/js/index.*.js"), key=lambda path: path.stat().st_size)
FONT = next(ROOT.glob("static/media/SourceSansVF-Upright*.woff2"))
POLICY = "content-security-policy"


def address(path: Path) -> str:
    return f"/{path.relative_to(ROOT).as_posix()}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with RunningApp(tmp_path_factory.mktemp("static")) as running:
        yield running


def ask(
    app: RunningApp, path: str, accepted: str = "gzip, br", method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body as they came."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": accepted, **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def test_texts_are_compressed_and_the_same_afterwards(app: RunningApp) -> None:
    styles = next(ROOT.glob("static/css/*.css"))
    for path in (SCRIPT, styles):
        status, headers, body = ask(app, address(path))
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert headers["vary"] == "Accept-Encoding"
        assert int(headers["content-length"]) == len(body) < path.stat().st_size / 2
        assert gzip.decompress(body) == path.read_bytes()
        plain = ask(app, address(path), "identity")
        assert plain[2] == path.read_bytes()
        assert "content-encoding" not in plain[1]
        assert plain[1]["vary"] == "Accept-Encoding"
        assert plain[1]["content-type"] == headers["content-type"]
        assert plain[1]["etag"] != headers["etag"]


def test_the_page_comes_under_our_own_name_in_the_browsers_language(app: RunningApp) -> None:
    for path in ("/", "/index.html", "/cost", "/?c=some", "/history?lang=en"):
        for accepted, lang, said in (
            ("de, zh", "en", "Ask about images"),
            ("zh-TW,en;q=0.5", "zh-CN", "问图"),
        ):
            status, headers, body = ask(app, path, "identity", accept_language=accepted)
            page = body.decode()
            assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert f'<html lang="{lang}">' in page
            assert f'<meta property="og:description" content="{said}' in page
            assert re.findall("<title>(.*?)</title>", page) == ["Tuwen 图问"]
            icon = re.search('rel="shortcut icon" href="./([^"]+)"', page)
            assert icon
            assert ask(app, f"/{icon[1]}")[1]["content-type"] == "image/png"
            assert "Accept-Language" in headers["vary"]
            packed = ask(app, path, "gzip", accept_language=accepted)[2]
            assert gzip.decompress(packed) == body


def test_only_the_name_of_the_page_is_ours(app: RunningApp) -> None:
    """Scripts and styles are those that Streamlit's own page names."""
    theirs, ours = (ROOT / "index.html").read_text("utf-8"), ask(app, "/", "identity")[2].decode()
    named = re.compile(r'(?:src|href)="\./(static/[^"]+)"')
    assert named.findall(ours) == named.findall(theirs) != []
    said = re.sub(r"<!--.*?-->", "", named.sub("", ours), flags=re.DOTALL)
    assert "streamlit" not in said.lower()


def test_a_font_is_compressed_already(app: RunningApp) -> None:
    _, headers, body = ask(app, address(FONT))
    assert "content-encoding" not in headers
    assert body == FONT.read_bytes()


def test_what_is_hashed_is_kept_for_good_and_nothing_else(app: RunningApp) -> None:
    for path in (SCRIPT, FONT):
        assert "immutable" in ask(app, address(path))[1]["cache-control"]
    for name in ("/", "/index.html", "/manifest.json", "/favicon.png", "/compare"):
        status, headers, _ = ask(app, name)
        assert (status, headers["cache-control"]) == (200, "no-cache"), name
    for name in ("/_stcore/health", "/media/nothing.png", "/shared", "/app/static/logo.png"):
        assert "immutable" not in (ask(app, name)[1]["cache-control"] or ""), name
    assert not [p for p in ROOT.glob("static/*/*") if not HASHED.search(p.name)]


def test_a_cover_is_kept_for_good_under_its_version_alone(app: RunningApp) -> None:
    from components.samples.covers import version

    for query, kept in (("", False), ("?v=other", False), (f"?v={version('seeds')}", True)):
        headers = ask(app, f"/samples/seeds.webp{query}")[1]
        assert ("immutable" in headers["cache-control"]) is kept
        assert (POLICY in headers) is not kept


def test_pages_have_all_their_headers_and_files_are_never_sniffed(app: RunningApp) -> None:
    for accepted in ("gzip", "identity"):
        assert "script-src 'self' blob:" in ask(app, "/", accepted)[1][POLICY]
        assert ask(app, "/", accepted)[1]["x-frame-options"] == "SAMEORIGIN"
        assert ask(app, address(SCRIPT), accepted)[1]["x-content-type-options"] == "nosniff"
    assert ask(app, "/", host="evil.test")[0] == 400
    assert ask(app, address(SCRIPT), host="evil.test")[0] == 400


def test_nothing_comes_twice(app: RunningApp) -> None:
    for name in (address(SCRIPT), "/"):
        for accepted in ("gzip", "identity"):
            had = ask(app, name, accepted)[1]
            status, headers, body = ask(app, name, accepted, if_none_match=had["etag"])
            assert (status, body) == (304, b"")
            assert headers["vary"] == had["vary"] != ""
            assert headers["cache-control"] == had["cache-control"]
        # Of the other encoding it is another entity.
        assert ask(app, name, "gzip", if_none_match=had["etag"])[0] == 200


def test_head_says_what_get_would_and_a_range_is_of_the_file_itself(app: RunningApp) -> None:
    got, told = ask(app, address(SCRIPT)), ask(app, address(SCRIPT), method="HEAD")
    assert (told[0], told[2]) == (200, b"")
    for name in ("content-length", "content-encoding", "etag", "cache-control"):
        assert told[1][name] == got[1][name]
    status, headers, body = ask(app, address(SCRIPT), range="bytes=10-29")
    assert (status, body) == (206, SCRIPT.read_bytes()[10:30])
    assert "content-encoding" not in headers
    assert ask(app, address(SCRIPT), method="POST")[0] == 405


@pytest.mark.parametrize(
    "path", ["/static/../index.html", "/static/%2e%2e/%2e%2e/%2e%2e/__init__.py", "/static//etc/x"]
)
def test_no_address_becomes_a_path(app: RunningApp, path: str) -> None:
    status, headers, body = ask(app, path, "identity")
    assert status != 200 or body == (ROOT / "index.html").read_bytes()
    assert "immutable" not in (headers["cache-control"] or "")


def test_the_page_names_what_the_input_needs(app: RunningApp) -> None:
    """Leans on Streamlit's manifest: where it is another, nothing is named, and all goes on."""
    named = re.findall(r"<([^>]+)>; rel=modulepreload", ask(app, "/")[1]["link"])
    assert any("/ChatInput." in name for name in named)
    assert len(named) < 30
    page = (ROOT / "index.html").read_text("utf-8")
    for name in named:
        assert (ROOT / name.lstrip("/")).is_file()
        assert Path(name).name not in page
    assert ahead(ROOT / "nowhere") == []


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("x-gzipped", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes
