"""Against a real server on this machine that stands for a public one: the test's resolver says where names lead."""

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest

from qa_service.corpus import fetch as module
from qa_service.corpus.fetch import fetch
from qa_service.errors import ImportFileError

PUBLIC = "93.184.215.14"
PAGE = "<html><body><p>第一条　甲。</p></body></html>".encode()
Reply = tuple[int, dict[str, str], bytes]


class Site:
    """A site on this machine, and the addresses that were connected to."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.headers["Host"], self.path))
                status, headers, body = site.replies.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def page(self, path: str, body: bytes = PAGE, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        self.replies[path] = (200, {"Content-Type": kind, **headers}, body)
        return f"http://www.example.gov.cn{path}"

    def leads(self, path: str, to: str) -> str:
        self.replies[path] = (302, {"Location": to}, b"")
        return f"http://www.example.gov.cn{path}"


class Backend(httpcore.NetworkBackend):
    """Connects to the site whatever address is asked for, and remembers which was."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.addresses: list[str] = []

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.addresses.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, *args, **kwargs)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site, for one test."""
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def backend(site: Site) -> Backend:
    """The way to the site."""
    return Backend(site.server.server_address[1])


def public(host: str, port: int) -> Iterable[str]:
    return [PUBLIC]


def refusal(url: str, tmp_path: Path, **kwargs: Any) -> str:
    with pytest.raises(ImportFileError) as caught:
        fetch(url, tmp_path, **kwargs)
    assert not any(p.stat().st_size > module.LARGEST_FILE for p in tmp_path.iterdir())
    return str(caught.value)


def test_a_page_is_saved_under_the_name_of_its_type(site: Site, backend: Backend, tmp_path: Path) -> None:
    path = fetch(site.page("/a"), tmp_path, resolve=public, backend=backend)
    assert (path.name, path.read_bytes()) == ("fetched.html", PAGE)
    assert backend.addresses == [PUBLIC]
    assert site.asked == [("www.example.gov.cn", "/a")]


@pytest.mark.parametrize(
    ("path", "kind", "headers", "name"),
    [
        ("/a", "application/pdf", {}, "fetched.pdf"),
        ("/a.docx", "application/octet-stream", {}, "fetched.docx"),
        (
            "/down?id=3",
            "application/octet-stream",
            {"Content-Disposition": 'attachment; filename="a.pdf"'},
            "fetched.pdf",
        ),
        ("/a.md", "text/plain", {}, "fetched.md"),
        ("/a.txt", "text/plain", {}, "fetched.txt"),
    ],
)
def test_the_type_is_what_the_site_says_or_else_the_name(
    site: Site, backend: Backend, tmp_path: Path, path: str, kind: str, headers: dict[str, str], name: str
) -> None:
    assert fetch(site.page(path, b"x", kind, **headers), tmp_path, resolve=public, backend=backend).name == name


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:c0a8:101::",
    ],
)
def test_an_address_within_is_never_connected_to(site: Site, backend: Backend, tmp_path: Path, address: str) -> None:
    says = refusal(site.page("/a"), tmp_path, resolve=lambda host, port: [address], backend=backend)
    assert "内网" in says
    assert backend.addresses == []


def test_one_private_address_among_public_ones_is_enough(site: Site, backend: Backend, tmp_path: Path) -> None:
    assert "内网" in refusal(site.page("/a"), tmp_path, resolve=lambda h, p: [PUBLIC, "10.0.0.1"], backend=backend)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1"])
def test_this_machine_is_refused_under_every_name(site: Site, tmp_path: Path, host: str) -> None:
    port = site.server.server_address[1]
    site.page("/a")
    says = refusal(f"http://{host}:{port}/a", tmp_path)
    assert "内网" in says or "找不到主机" in says
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_judged(site: Site, backend: Backend, tmp_path: Path) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    fetch(site.page("/a"), tmp_path, resolve=lambda host, port: next(answers), backend=backend)
    assert backend.addresses == [PUBLIC]


def test_a_name_that_turns_inward_between_two_requests_is_refused(site: Site, backend: Backend, tmp_path: Path) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    url = site.leads("/a", "http://other.example.gov.cn/b")
    assert "内网" in refusal(url, tmp_path, resolve=lambda host, port: next(answers), backend=backend)
    assert backend.addresses == [PUBLIC]


@pytest.mark.parametrize("to", ["http://10.0.0.1/secret", "http://[::1]/secret"])
def test_a_redirect_inward_is_refused(site: Site, backend: Backend, tmp_path: Path, to: str) -> None:
    def resolve(host: str, port: int) -> Iterable[str]:
        return [PUBLIC] if host.startswith("www") else [host.strip("[]")]

    assert "内网" in refusal(site.leads("/a", to), tmp_path, resolve=resolve, backend=backend)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://www.example.gov.cn/a", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, backend: Backend, tmp_path: Path, to: str) -> None:
    assert "只能导入 http" in refusal(site.leads("/a", to), tmp_path, resolve=public, backend=backend)


def test_a_redirect_within_the_site_is_followed(site: Site, backend: Backend, tmp_path: Path) -> None:
    site.page("/b")
    assert fetch(site.leads("/a", "/b"), tmp_path, resolve=public, backend=backend).read_bytes() == PAGE


def test_redirects_without_end_are_given_up(site: Site, backend: Backend, tmp_path: Path) -> None:
    assert "转向超过" in refusal(site.leads("/a", "/a"), tmp_path, resolve=public, backend=backend)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://user:geheim@www.example.gov.cn/", "用户名或密码"),
        ("http://@www.example.gov.cn/", "用户名或密码"),
        ("ftp://www.example.gov.cn/a.pdf", "只能导入 http"),
        ("file:///etc/passwd", "只能导入 http"),
        ("http:///a", "只能导入 http"),
        ("http://[::1/a", "不是合格的网址"),
        ("http://www.example.gov.cn:99999/", "不是合格的网址"),
    ],
)
def test_an_odd_address_is_refused_before_anything_is_resolved(tmp_path: Path, url: str, says: str) -> None:
    def resolve(host: str, port: int) -> Iterable[str]:
        raise AssertionError(host)

    message = refusal(url, tmp_path, resolve=resolve)
    assert says in message
    assert "geheim" not in message


def test_chinese_in_an_address_is_encoded(site: Site, backend: Backend, tmp_path: Path) -> None:
    site.page("/%E5%8A%9E%E6%B3%95.pdf?a=%E7%94%B2&b=1", b"%PDF", "application/pdf")
    fetch("http://www.example.gov.cn/办法.pdf?a=甲&b=1#第一页", tmp_path, resolve=public, backend=backend)
    assert site.asked[0][1] == "/%E5%8A%9E%E6%B3%95.pdf?a=%E7%94%B2&b=1"


def test_a_body_over_the_limit_is_cut_off(
    site: Site, backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 1000)
    url = site.page("/a", b"x" * 200_000)
    assert "上限" in refusal(url, tmp_path, resolve=public, backend=backend)


def test_a_site_that_never_ends_is_given_up(
    site: Site, backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONGEST_S", -1.0)
    assert "没有下载完" in refusal(site.page("/a"), tmp_path, resolve=public, backend=backend)


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"]
)
def test_a_site_that_sends_a_byte_now_and_then_is_given_up_in_the_head_as_in_the_body(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(module, "_LONGEST_S", 0.6)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def trickle() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(sent)
                try:
                    while not stop.wait(0.05):
                        connection.sendall(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=trickle)
        thread.start()
        began = time.monotonic()
        says = refusal(
            "http://www.example.gov.cn/a", tmp_path, resolve=public, backend=Backend(listener.getsockname()[1])
        )
        stop.set()
        thread.join(5)
    assert "没有下载完" in says
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("coding", ["deflate", "br", "zstd", "gzip, identity"])
def test_a_body_packed_in_any_way_is_refused(site: Site, backend: Backend, tmp_path: Path, coding: str) -> None:
    url = site.page("/a", **{"Content-Encoding": coding})
    assert "压缩" in refusal(url, tmp_path, resolve=public, backend=backend)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/json", ""])
def test_content_of_another_type_is_refused(site: Site, backend: Backend, tmp_path: Path, kind: str) -> None:
    assert "内容类型" in refusal(site.page("/a.x", kind=kind), tmp_path, resolve=public, backend=backend)


def test_packed_content_is_refused(site: Site, backend: Backend, tmp_path: Path) -> None:
    url = site.page("/a", **{"Content-Encoding": "gzip"})
    assert "压缩" in refusal(url, tmp_path, resolve=public, backend=backend)


def test_what_the_site_refuses_is_said(site: Site, backend: Backend, tmp_path: Path) -> None:
    assert "404" in refusal("http://www.example.gov.cn/none", tmp_path, resolve=public, backend=backend)


def test_a_site_that_does_not_answer_is_an_error_and_no_crash(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    started = time.monotonic()
    assert "连接不上" in refusal("http://www.example.gov.cn/", tmp_path, resolve=public, backend=Backend(port))
    assert time.monotonic() - started < 5
