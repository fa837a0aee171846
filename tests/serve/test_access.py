"""Who may ask: tokens, host names, scripts of other sites."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .conftest import Server, serving

ASK = {"query": "ASK {}"}


@pytest.fixture(scope="module")
def guarded(graph: Path) -> Iterator[Server]:
    """A server that other machines could reach."""
    with serving(graph, "--host", "0.0.0.0", "--cors", "https://friend.example") as running:
        yield running


def token_of(server: Server) -> str:
    return server.announced.rsplit("?token=", 1)[1].strip()


def test_a_token_is_asked_for_beyond_loopback(guarded: Server) -> None:
    token = token_of(guarded)
    assert len(token) >= 16
    for path in ("/", "/sparql", "/static/pages.css", "/id/person/ada-quill", "/nothing"):
        answer = httpx.get(guarded.url + path)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    for wrong in ("Bearer nonsense", f"Basic {token}", "Bearer", f"Bearer {token}x"):
        assert httpx.get(f"{guarded.url}/sparql", params=ASK, headers={"Authorization": wrong}).status_code == 401
    good = httpx.get(f"{guarded.url}/sparql", params=ASK, headers={"Authorization": f"Bearer {token}"})
    assert good.json()["boolean"] is True
    assert httpx.post(f"{guarded.url}/sparql?token={token}", data=ASK).status_code == 401


def test_the_address_with_the_token_opens_the_pages_once(guarded: Server) -> None:
    with httpx.Client(base_url=guarded.url, follow_redirects=False) as browser:
        first = browser.get(f"/query?saved=timeline&token={token_of(guarded)}")
        assert first.status_code == 303 and first.headers["location"] == "/query?saved=timeline"
        cookie = first.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert browser.get("/query").status_code == 200


def test_no_redirect_leaves_the_server(guarded: Server) -> None:
    answer = httpx.get(f"{guarded.url}//evil.example/?token={token_of(guarded)}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith("//")


def test_scripts_of_other_sites(guarded: Server, server: Server) -> None:
    headers = {"Authorization": f"Bearer {token_of(guarded)}"}
    friend = httpx.get(f"{guarded.url}/sparql", params=ASK, headers=headers | {"Origin": "https://friend.example"})
    assert friend.headers["access-control-allow-origin"] == "https://friend.example"
    assert "Origin" in friend.headers["vary"]
    stranger = httpx.get(f"{guarded.url}/sparql", params=ASK, headers=headers | {"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers
    preflight = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"}
    allowed = httpx.options(f"{guarded.url}/sparql", headers=preflight)
    assert allowed.status_code == 204 and "POST" in allowed.headers["access-control-allow-methods"]
    off = httpx.get(f"{server.url}/sparql", params=ASK, headers={"Origin": "https://friend.example"})
    assert not [name for name in off.headers if name.startswith("access-control")]
    assert "access-control-allow-methods" not in httpx.options(f"{server.url}/sparql", headers=preflight).headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("evil.example", 421),
        ("evil.example:{port}", 421),
    ],
)
def test_loopback_answers_to_its_own_names_only(server: Server, host: str, status: int) -> None:
    answer = httpx.get(f"{server.url}/sparql", params=ASK, headers={"Host": host.format(port=server.port)})
    assert answer.status_code == status


def test_every_page_forbids_foreign_scripts(client: httpx.Client) -> None:
    for path in ("/", "/query", "/id/person/ada-quill", "/sparql"):
        headers = client.get(path, headers={"Accept": "text/html"}).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_taken_port_and_a_missing_graph_are_one_line(server: Server, graph: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", *options]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    taken = run("-o", str(graph), "--port", str(server.port))
    assert taken.returncode == 2 and "--port" in taken.stderr and "Traceback" not in taken.stderr
    missing = run("-o", str(tmp_path))
    assert missing.returncode == 2 and "kg build" in missing.stderr and "Traceback" not in missing.stderr
