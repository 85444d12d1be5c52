"""Somebody else's site, on whose page the widget has to live."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from qa_service.server.app import create_app
from qa_service.service import Service
from tests.server.conftest import serving_app


@dataclass
class Host:
    """One page at an origin of its own; what it says may be changed while it is served."""

    origin: str = ""
    site: str = ""
    """The address of the service."""
    page: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def hosted(service: Service, page: str, policy: str = "", *, listed: bool = True) -> Iterator[Host]:
    """Serve a page of another origin, and a service that lets it in.

    Args:
        service: what answers.
        page: HTML in which ``{site}`` stands for the service's address.
        policy: the page's Content-Security-Policy, likewise; empty for none.
        listed: whether the service is told of the site.
    """
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in host.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(host.page.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings = service.settings.model_copy(update={"widget_origins": host.origin if listed else ""})
    mine = replace(service, settings=settings)
    with serving_app(create_app(lambda: mine)) as host.site:
        host.page = page.replace("{site}", host.site)
        host.headers = {"Content-Security-Policy": policy.replace("{site}", host.site)} if policy else {}
        yield host
    server.shutdown()
    server.server_close()
    thread.join(5)
