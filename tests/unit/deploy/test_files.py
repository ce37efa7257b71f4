"""What deploy/ says about the app, held against the app. Nothing is built here: nginx.conf runs in
tests/cluster, the container file needs an engine that a test can't count on."""

import fnmatch
import json
import re
import tomllib
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.support.paths import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
IGNORED = (DEPLOY / ".gitignore").read_text("utf-8").split()


def steps(name: str) -> list[str]:
    """The arguments of each such instruction of the container file."""
    joined = CONTAINER.replace("\\\n", " ")
    return re.findall(rf"^{name}\s+(.+)$", joined, flags=re.MULTILINE)


def copied() -> list[str]:
    return [source for step in steps("COPY") for source in step.split()[:-1]]


def test_nothing_but_nginx_publishes_a_port() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"nginx"}
    assert not any(service.get("network_mode") for service in SERVICES.values())


def test_the_database_is_reached_by_the_nodes_alone() -> None:
    on = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert {name for name, networks in on.items() if "inside" in networks} == {
        "app1",
        "app2",
        "database",
    }
    assert on["database"] == {"inside"}
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_both_nodes_are_the_same_but_for_their_address() -> None:
    one, two = ({**SERVICES[name], "networks": None} for name in ("app1", "app2"))
    assert one == two
    environment = one["environment"]
    assert environment["DATABASE_URL"].startswith("postgresql+psycopg://tuwen:")
    assert "COOKIE_SECRET" in environment["STREAMLIT_SERVER_COOKIE_SECRET"]


def test_nginx_knows_the_nodes_at_the_addresses_that_compose_gives_them() -> None:
    given = {
        f"{SERVICES[name]['networks']['front']['ipv4_address']}:8501" for name in ("app1", "app2")
    }
    assert set(re.findall(r"server (\d[\d.]+:\d+)", NGINX)) == given
    assert set(re.findall(r'"~([\d.]+:\d+)\$"', NGINX)) == given
    proxy = SERVICES["nginx"]["networks"]["front"]["ipv4_address"]
    assert SERVICES["app1"]["environment"]["FORWARDED_ALLOW_IPS"] == proxy
    assert SERVICES["nginx"]["ports"][0].endswith(":8080")
    assert "listen 8080;" in NGINX


def test_each_upstream_has_both_nodes() -> None:
    groups = re.findall(r"upstream (\w+) \{(.*?)\}", NGINX, flags=re.DOTALL)
    assert {name for name, _ in groups} == {"node_1", "node_2", "any_node"}
    for name, inside in groups:
        assert len(re.findall(r"server \S+:8501", inside)) == 2, name


def test_nginx_lets_through_what_the_app_takes() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    found = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert found
    assert int(found[1]) > config["server"]["maxUploadSize"]


def test_every_file_that_compose_names_is_there_or_is_one_to_be_made() -> None:
    app = SERVICES["app1"]
    context = (DEPLOY / app["build"]["context"]).resolve()
    assert context == ROOT
    named = [context / app["build"]["dockerfile"]]
    named += [
        DEPLOY / volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]
    named += [DEPLOY / secret["file"] for secret in COMPOSE["secrets"].values()]
    for path in named:
        assert path.exists() or path.name in IGNORED, path
    for secret in app["secrets"]:
        assert secret["source"] in COMPOSE["secrets"]
    assert app["secrets"][0]["target"] == f"{steps('WORKDIR')[0]}/.streamlit/secrets.toml"


def test_every_volume_and_network_is_declared() -> None:
    for service in SERVICES.values():
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", []):
            assert volume.startswith(".") or volume.split(":")[0] in COMPOSE["volumes"]


def test_every_variable_of_compose_is_in_the_example_and_has_no_value_if_it_is_a_secret() -> None:
    lines = (DEPLOY / ".env.example").read_text("utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    used = re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8"))
    assert set(used) == set(example)
    assert example["POSTGRES_PASSWORD"] == example["COOKIE_SECRET"] == ""
    assert {".env", "secrets.toml", "tls/"} <= set(IGNORED)


def test_every_file_that_the_image_copies_is_there_and_reaches_the_build() -> None:
    rules = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert "*" in rules
    for source in copied():
        assert (ROOT / source).exists(), source
        assert f"!{source}" in rules, source


@pytest.mark.parametrize("secret", ["data", ".streamlit/secrets.toml", "deploy/.env", ".git"])
def test_nothing_secret_gets_into_the_image(secret: str) -> None:
    assert not any(fnmatch.fnmatch(secret, f"{source.rstrip('/')}*") for source in copied())
    assert "." not in copied()


def test_the_image_has_all_that_the_server_imports_from_this_project() -> None:
    tops = {path.name for path in ROOT.iterdir() if list(path.glob("*.py"))} - {"tests"}
    assert tops <= set(copied())
    assert {"app.py", "deploy/constraints.txt", ".streamlit/config.toml"} <= set(copied())


def test_requirements_are_a_layer_before_the_code() -> None:
    install, code = CONTAINER.index("pip install"), CONTAINER.index("COPY app.py")
    assert CONTAINER.index("COPY deploy/constraints.txt") < install < code


def test_the_app_runs_as_somebody_without_rights_and_says_how_it_is() -> None:
    assert steps("USER") == ["tuwen"]
    assert CONTAINER.index("USER tuwen") < CONTAINER.index("\nCMD ")
    assert "/healthz" in steps("HEALTHCHECK")[0]
    command = json.loads(steps("CMD")[-1])
    assert command[:5] == ["python", "-m", "streamlit", "run", "app.py"]
    assert f"--server.port={steps('EXPOSE')[0]}" in command


def test_pg_dump_is_as_new_as_the_server() -> None:
    server = re.fullmatch(r"postgres:(\d+)", SERVICES["database"]["image"])
    client = re.search(r"postgresql-client-(\d+)", CONTAINER)
    assert server
    assert client
    assert int(client[1]) >= int(server[1])


def test_a_node_is_given_longer_to_stop_than_its_answers_get() -> None:
    app = SERVICES["app1"]
    assert int(app["stop_grace_period"].rstrip("s")) > int(app["environment"]["DRAIN_SECONDS"])


def test_nginx_limits_what_an_address_takes() -> None:
    zones = dict(re.findall(r"limit_conn_zone \$binary_remote_addr zone=(\w+):(\w+);", NGINX))
    assert zones.keys() == {"open_at_once", "sockets", "uploads"}
    rate = re.search(
        r"limit_req_zone \$binary_remote_addr zone=upload_rate:\w+ rate=(\d+)r/s", NGINX
    )
    assert rate
    assert int(rate[1]) <= 100
    assert "limit_conn_status 429;" in NGINX
    assert "limit_req_status 429;" in NGINX

    def inside(location: str) -> str:
        found = re.search(
            rf"location {re.escape(location)} \{{(.*?)\n        \}}", NGINX, re.DOTALL
        )
        assert found, location
        return found[1]

    assert re.search(r"limit_conn sockets \d+;", inside("= /_stcore/stream"))
    uploads = inside("/_stcore/upload_file/")
    assert re.search(r"limit_conn uploads \d+;", uploads)
    assert re.search(r"limit_req zone=upload_rate burst=\d+", uploads)
    assert "proxy_request_buffering off;" in uploads  # a stranger is refused before the body
    assert re.search(r"^    limit_conn open_at_once \d+;", NGINX, re.MULTILINE)
    assert re.search(r"client_header_timeout \d+s;", NGINX)
    assert re.search(r"client_body_timeout \d+s;", NGINX)


def test_nginx_passes_on_nothing_of_streamlits_that_no_page_needs() -> None:
    passed = set(re.findall(r"location (?:= )?(/_stcore/[\w/-]*) \{", NGINX))
    assert passed == {
        "/_stcore/",
        "/_stcore/stream",
        "/_stcore/upload_file/",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/bidi-components/",
    }
    assert re.search(r"location /_stcore/ \{\s*return 404;", NGINX)


def test_every_service_ends_before_the_machine_does() -> None:
    for name, service in SERVICES.items():
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
    assert SERVICES["app1"]["pids_limit"] <= 5000


def test_the_server_that_limits_half_open_connections_is_the_one_that_runs() -> None:
    """uvicorn takes httptools where that is installed, and our limits stand in its h11."""
    pinned = (DEPLOY / "constraints.txt").read_text("utf-8")
    assert re.search(r"^h11==", pinned, re.MULTILINE)
    assert not re.search(r"^httptools==", pinned, re.MULTILINE)
