"""A real browser before a real server: Debian's Chromium, driven by Playwright."""

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from qa_service.access.staff import Role
from qa_service.server.app import create_app
from qa_service.service import Service
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate
from tests.server.conftest import serving_app

PASSWORD = "一句好记的话，我记得住"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 375, "height": 720}
PATIENCE_MS = 15_000
"""How long a test waits for something on a page: two browsers may share a core."""

_HERE = ("http://127.0.0.1:", "data:", "blob:", "about:")

Open = Callable[..., Page]
Scan = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def chromium() -> str | None:
    """The browser to drive: the one that TEST_CHROMIUM names, or the system's."""
    return os.environ.get("TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """A browser without a window; no longer than a module lasts, since Playwright's event loop is in other tests' way."""
    found = chromium()
    if found is None:
        pytest.skip("没有 Chromium：apt-get install chromium fonts-noto-cjk，或用 TEST_CHROMIUM 指明它在哪里")
    with sync_playwright() as playwright:
        # A sandbox inside a container needs rights that a test should not ask for.
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk_settings(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a data folder of the tests' own, in which an account of every role is."""
    settings = service.settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("browser-var")})
    gate = open_staff_gate(settings, service.clock)
    for role in Role:
        gate.accounts.add(role.value, role, "test", password=PASSWORD)
    return settings


@pytest.fixture(scope="session")
def site(service: Service, desk_settings: Settings) -> Iterator[str]:
    """The address of a server over the shipped corpus."""
    mine = replace(service, settings=desk_settings)
    with serving_app(create_app(lambda: mine)) as address:
        yield address


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing and moves nothing; whatever a page throws fails the test."""
    context = chrome.new_context(viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    thrown: list[str] = []
    context.on("weberror", lambda error: thrown.append(str(error.error)))
    yield context
    context.close()
    assert not thrown, thrown


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; whatever it requests from anywhere but this machine fails the test."""
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(_HERE) else elsewhere.append(request.url))
    yield page
    assert not elsewhere, elsewhere


@pytest.fixture
def at_the_desk(page: Page, site: str) -> Open:
    """Sign somebody in by the form, and open a page of the desk."""

    def open_page(path: str = "/desk", role: Role = Role.EDITOR) -> Page:
        page.goto(f"{site}/desk/sign-in")
        page.fill("#name", role.value)
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.goto(f"{site}{path}")
        return page

    return open_page


@pytest.fixture(scope="session")
def no_violations() -> Scan:
    """See to it that axe-core finds nothing wrong with a page as it stands."""
    axe = Axe()

    def scan(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    return scan


@pytest.fixture(scope="session")
def shot(shared_tmp: Path) -> Shot:
    """Keep a picture of a page, in TEST_SCREENSHOTS where it is set."""
    folder = Path(os.environ.get("TEST_SCREENSHOTS") or shared_tmp / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        path = folder / f"{name}.png"
        page.screenshot(path=path)
        assert path.stat().st_size > 10_000

    return keep


@pytest.fixture(scope="session")
def read_pdf() -> Callable[[Path], str]:
    """Read what a page that was printed says, without the breaks of its lines; a font may print 十 as the radical ⼗."""
    import pdfplumber

    def read(path: Path) -> str:
        with pdfplumber.open(path) as document:
            text = "".join("".join((sheet.extract_text() or "").split()) for sheet in document.pages)
        return unicodedata.normalize("NFKC", text)

    return read
