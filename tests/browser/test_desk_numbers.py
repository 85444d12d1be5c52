"""The numbers page in a browser: periods, drawings by keys, tables, files, print; hostile texts; nothing there."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa_service.access.staff import Role
from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.corpus.passages import passages_of
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.keeping import open_journal
from qa_service.server.app import create_app
from qa_service.service import Service
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate
from tests.browser.conftest import PASSWORD, PHONE, Open, Scan, Shot
from tests.made_up import exchanges, write
from tests.server.conftest import serving_app

HOSTILE = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'


@pytest.fixture(scope="module")
def desk_settings(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose journal holds some thousand questions of 60 days, some of them hostile."""
    settings = service.settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("numbers-var")})
    gate = open_staff_gate(settings, service.clock)
    for role in Role:
        gate.accounts.add(role.value, role, "test", password=PASSWORD)
    now = service.clock()
    library = service.library
    passages = [
        passage
        for document in sorted(library.documents.values(), key=lambda document: document.id)[::9]
        for passage in passages_of(document, len)[:4]
    ]
    hostile = Answer(HOSTILE, Status.ANSWERED, Reason.COMPLETE, "。", origin=Origin.EXTRACTED)
    asked = [Exchange(f"h{n}", None, Channel.PAGE, now - timedelta(hours=n), hostile, 3.0) for n in range(60, 400)]
    said = Feedback("h60", now - timedelta(hours=50), False, Complaint.WRONG, HOSTILE + "=1+1")
    write(open_journal(settings), [*exchanges(4000, now, 62, library, passages), *asked, said])
    return settings


@pytest.fixture(scope="module")
def site(service: Service, desk_settings: Settings) -> Iterator[str]:
    mine = replace(service, settings=desk_settings)
    with serving_app(create_app(lambda: mine)) as address:
        yield address


@pytest.fixture
def numbers(at_the_desk: Open) -> Page:
    return at_the_desk("/desk/numbers", Role.READER)


def test_the_page_shows_what_was_found_in_words_and_its_tables(numbers: Page, no_violations: Scan, shot: Shot) -> None:
    expect(numbers.locator("h1")).to_have_text("统计")
    expect(numbers.locator("figcaption").first).to_contain_text("近30天共")
    for figure in numbers.locator("figure").all():
        assert figure.locator("figcaption").inner_text().endswith("。")
    first = numbers.locator("details.behind").nth(1)
    first.locator("summary").click()
    assert first.locator("tbody tr").count() == 30
    no_violations(numbers)
    shot(numbers, "numbers")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_is_wrong_with_it(numbers: Page, no_violations: Scan, shot: Shot, colours: str, size: str) -> None:
    numbers.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    if size == "phone":
        numbers.set_viewport_size(PHONE)
    numbers.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    no_violations(numbers)
    shot(numbers, f"numbers-{colours}-{size}")
    assert numbers.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_another_period_is_chosen_by_a_link_and_by_dates(numbers: Page) -> None:
    numbers.click("text=近7天")
    expect(numbers.locator("figcaption").first).to_contain_text("近7天共")
    expect(numbers.locator('.periods [aria-current="true"]')).to_have_text("近7天")
    numbers.fill("#until", numbers.input_value("#since"))
    numbers.click(".own button")
    expect(numbers.locator(".lead")).to_contain_text("日")
    assert numbers.locator("[data-columns=days] g[data-detail]").count() == 1


def test_the_columns_are_read_by_keys_alone(numbers: Page) -> None:
    slider = numbers.locator("[data-explores=days]")
    slider.focus()
    last = slider.inner_text()
    numbers.keyboard.press("ArrowLeft")
    assert slider.inner_text() != last
    assert "问" in slider.inner_text()
    assert slider.get_attribute("aria-valuetext") == slider.inner_text()
    numbers.keyboard.press("Home")
    assert slider.get_attribute("aria-valuenow") == "0"
    numbers.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuenow") == "0"
    numbers.keyboard.press("End")
    assert slider.inner_text() == last


def test_the_columns_are_read_under_the_pointer(numbers: Page) -> None:
    drawing = numbers.locator("[data-columns=hours] .drawing")
    drawing.hover(position={"x": 3, "y": 100})
    expect(numbers.locator("[data-explores=hours]")).to_contain_text("0—1时")


def test_tables_are_downloaded_as_files(numbers: Page, tmp_path: Path) -> None:
    with numbers.expect_download() as one:
        numbers.click("text=下载全部表格")
    assert one.value.suggested_filename.startswith("统计_")
    archive = zipfile.ZipFile(io.BytesIO(Path(one.value.path()).read_bytes()))
    assert len(archive.namelist()) == 13
    details = numbers.locator("details.behind").nth(1)
    details.locator("summary").focus()
    numbers.keyboard.press("Enter")
    with numbers.expect_download() as table:
        details.locator("a.action").click()
    assert table.value.suggested_filename.startswith("每日提问_")
    assert Path(table.value.path()).read_bytes().startswith("\ufeff日期,提问".encode())


def test_hostile_texts_are_shown_as_they_were_typed(numbers: Page) -> None:
    numbers.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert "taken" not in numbers.title()
    assert numbers.locator("main img, main script").count() == 0
    assert numbers.get_by_text("<img src=x").count() >= 2
    assert "13912345678" not in numbers.content()


def test_it_reads_without_scripts(numbers: Page, chrome: object, site: str) -> None:
    cookies = numbers.context.cookies()
    context = chrome.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{site}/desk/numbers?period=7d")
    assert page.locator("figure figcaption").count() >= 8
    assert not page.locator("#print-page").is_visible()
    assert not page.locator(".readout").first.is_visible()
    page.click("text=本月")
    assert "本月" in page.locator(".lead").inner_text()
    context.close()


def test_it_is_printed(numbers: Page, shared_tmp: Path) -> None:
    made = shared_tmp / "numbers.pdf"
    numbers.pdf(path=made, format="A4")
    assert made.stat().st_size > 20_000


def test_a_period_that_cannot_be_is_refused_in_words(numbers: Page, site: str, no_violations: Scan) -> None:
    answer = numbers.goto(f"{site}/desk/numbers?since=2026-02-01&until=2026-01-01")
    assert answer
    assert answer.status == 422
    expect(numbers.get_by_role("alert")).to_contain_text("开始日期不能晚于结束日期")
    no_violations(numbers)


def test_a_page_that_is_open_goes_on_without_the_network(numbers: Page) -> None:
    numbers.context.set_offline(True)
    slider = numbers.locator("[data-explores=days]")
    slider.focus()
    numbers.keyboard.press("Home")
    assert "问" in slider.inner_text()
    numbers.locator("details.behind summary").first.click()
    assert numbers.locator("details.behind table").first.is_visible()
    numbers.context.set_offline(False)


def test_the_tables_are_printed_where_that_is_wanted_and_closed_again(numbers: Page) -> None:
    numbers.evaluate(
        "window.print = () => { window.opened = document.querySelectorAll('details.behind[open]').length; }"
    )
    numbers.click("text=连同表格打印")
    assert numbers.evaluate("window.opened") == numbers.locator("details.behind").count()
    numbers.evaluate("dispatchEvent(new Event('afterprint'))")
    assert numbers.locator("details.behind[open]").count() == 0


def test_in_large_text_nothing_runs_over(numbers: Page, no_violations: Scan, shot: Shot) -> None:
    numbers.set_viewport_size(PHONE)
    numbers.evaluate("document.documentElement.dataset.size = 'large'")
    assert numbers.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    overlaps = """() => {
      const boxes = [...document.querySelectorAll(".below text")].map((text) => text.getBoundingClientRect());
      return boxes.some((box, n) => n > 0 && box.top === boxes[n - 1].top && box.left < boxes[n - 1].right);
    }"""
    assert numbers.evaluate(overlaps) is False
    no_violations(numbers)
    shot(numbers, "numbers-large")
