"""Official texts brought in at the desk, in a real browser, on a small corpus of their own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from qa_service.access.staff import Role
from qa_service.clock import china_clock
from qa_service.server.app import create_app
from qa_service.server.rebuilding import Rebuilding
from qa_service.server.staff.builds import rebuilding_of
from qa_service.service import open_service
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate
from tests.browser.conftest import PASSWORD, PHONE, Open, Scan, Shot
from tests.conftest import UNLIMITED, WriteDocx
from tests.server.conftest import serving_app

REBUILT_MS = 120_000
"""A rebuild loads the model in a process of its own: seconds, on a machine that has them to give."""
HOSTILE = "<img src=x onerror=window.hacked=1>"


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var", **UNLIMITED)


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    service = open_service(settings)
    gate = open_staff_gate(settings, service.clock)
    for role in Role:
        gate.accounts.add(role.value, role, "test", password=PASSWORD)
    return create_app(lambda: service)


@pytest.fixture
def site(app: FastAPI) -> Iterator[str]:
    """A server over a corpus of one small law."""
    with serving_app(app) as address:
        yield address


@pytest.fixture
def measure(write_docx: WriteDocx) -> Path:
    """A measure that repeals nothing and grants an amount nobody else does."""
    return write_docx(
        ("centre", "示例市商标品牌奖励办法"),
        ("centre", "示例市监规〔2026〕7号"),
        "第一条 为了鼓励商标品牌建设，制定本办法。",
        "第二条 对新注册的地理标志商标，每件奖励八万元。",
        "第三条 奖励标准如下表。",
        [["项目", "标准"], ["集体商标", "三万元"], ["证明商标", "四万元"]],
        "第四条 本办法自2026年4月1日起施行。",
        name="奖励办法.docx",
    )


def upload(page: Page, *files: Path) -> None:
    page.set_input_files("#files", list(files))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("预览：读懂了什么")


def test_a_measure_is_brought_in_published_answered_from_and_taken_back(
    at_the_desk: Open, site: str, measure: Path, no_violations: Scan, shot: Shot
) -> None:
    page = at_the_desk("/desk/documents")
    no_violations(page)
    shot(page, "documents")
    upload(page, measure)
    file = page.locator("#file-0")
    expect(file.get_by_label("标题")).to_have_value("示例市商标品牌奖励办法")
    expect(file.get_by_label("施行日期")).to_have_value("2026-04-01")
    expect(file.locator(".figures")).to_contain_text("1 张，2 行")
    expect(file.locator(".warnings")).to_contain_text("没有找到发布机关")
    no_violations(page)
    shot(page, "documents-preview")

    file.get_by_label("发布机关").fill("示例市市场监督管理局")
    file.get_by_label("有效期至").fill("2025-01-01")
    page.get_by_role("button", name="保存改正").click()
    expect(page.locator(".wrong")).to_have_text("有效期至（2025-01-01）早于施行日期（2026-04-01），请核对。")
    expect(file.get_by_label("发布机关")).to_have_value("示例市市场监督管理局")
    no_violations(page)
    shot(page, "documents-fault")
    file.get_by_label("有效期至").fill("2030年12月31日")
    page.get_by_role("button", name="保存改正").click()
    expect(page.locator(".wrong")).to_have_count(0)
    expect(file.get_by_label("有效期至")).to_have_value("2030-12-31")

    page.get_by_label("说明（可不写，记入操作记录）").fill("市里新发的")
    page.get_by_role("button", name="发布这 1 份").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已写入语料")
    expect(page.locator("#progress")).to_have_attribute("data-step", re.compile("rebuilding|switching"))
    shot(page, "documents-progress")
    no_violations(page)
    page.reload()
    expect(page.locator("#progress")).to_have_attribute("data-step", "live", timeout=REBUILT_MS)
    no_violations(page)
    shot(page, "documents-live")
    page.get_by_label("试问一句").fill("新注册的地理标志商标奖励多少")
    page.get_by_role("button", name="提问").click()
    expect(page.locator("main")).to_contain_text("八万元")

    page.goto(f"{site}/desk/documents")
    expect(page.locator(".batches")).to_contain_text("市里新发的")
    shot(page, "documents-batches")
    page.get_by_role("link", name="撤销…").click()
    expect(page.locator("main")).to_contain_text("去掉《示例市商标品牌奖励办法》")
    no_violations(page)
    shot(page, "documents-undo")
    page.get_by_label("为什么撤销").fill("发错了")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator("#progress")).to_have_attribute("data-step", "live", timeout=REBUILT_MS)
    page.reload()
    expect(page.locator(".batches")).to_contain_text("发错了")
    expect(page.locator("#all")).not_to_contain_text("商标品牌奖励办法")
    page.goto(f"{site}/?q=新注册的地理标志商标奖励多少")
    expect(page.locator("main")).not_to_contain_text("八万元")


class Standing:
    """A stand-in for rebuilds: as far as a test says, and no further."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_dir

    def is_at(self, percent: int, stage: str) -> None:
        text = f'{{"stage": "{stage}", "percent": {percent}}}'
        (self._folder / "rebuild.progress").write_text(text, "utf-8")


@pytest.fixture
def quick(app: FastAPI, settings: Settings, tmp_path: Path) -> Path:
    """Rebuilds that wait until a file is there, and then fail; returns that file."""
    go = tmp_path / "go"
    code = (
        f"import pathlib, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.05)\n"
        f"raise SystemExit('错误：磁盘满了 {HOSTILE}')"
    )
    made = Rebuilding(settings, china_clock, [sys.executable, "-c", code])
    app.dependency_overrides[rebuilding_of] = lambda: made
    return go


def text_file(folder: Path, name: str, title: str = "示例市甲办法") -> Path:
    path = folder / name
    path.write_text(
        f"{title}\n第一条　本办法所称企业，是指{HOSTILE}在本市注册的企业。\n第二条　本办法自2026年4月1日起施行。\n",
        "utf-8",
    )
    return path


def test_progress_is_shown_to_a_second_editor_too_and_a_failure_is_said(
    at_the_desk: Open, context: BrowserContext, site: str, settings: Settings, measure: Path, quick: Path,
    no_violations: Scan, shot: Shot,
) -> None:  # fmt: skip
    page = at_the_desk("/desk/documents")
    upload(page, measure)
    page.get_by_role("button", name="发布这 1 份").click()
    expect(page.locator("#progress")).to_have_attribute("data-step", "rebuilding")
    Standing(settings).is_at(57, "计算问法向量")
    expect(page.locator(".percent")).to_have_text("57%")
    expect(page.locator(".doing")).to_have_text("计算问法向量")
    shot(page, "documents-percent")
    other = context.new_page()
    other.goto(f"{site}/desk/documents")
    expect(other.locator(".percent")).to_have_text("57%")
    quick.touch()
    for each in (page, other):
        expect(each.locator("#progress")).to_have_attribute("data-step", "failed")
        expect(each.locator(".why")).to_contain_text("磁盘满了")
        expect(each.get_by_role("button", name="重建索引")).to_have_count(1)
    assert page.evaluate("window.hacked") is None
    no_violations(other)
    shot(other, "documents-failed")
    page.goto(f"{site}/?q=授权的发明专利每件资助多少钱")
    expect(page.locator("main")).to_contain_text("一万元")


def test_nothing_that_a_file_says_becomes_a_page(
    at_the_desk: Open, tmp_path: Path, quick: Path, site: str, no_violations: Scan
) -> None:
    page = at_the_desk("/desk/documents")
    upload(page, text_file(tmp_path, "<img src=x onerror=window.hacked=1>.txt", f"示例市{HOSTILE}办法"))
    file = page.locator("#file-0")
    for summary in file.locator("summary").all():
        summary.click()
    expect(file).to_contain_text(HOSTILE)
    file.get_by_label("发布机关").fill(HOSTILE)
    file.get_by_label("公布日期").fill(HOSTILE)
    page.get_by_role("button", name="保存改正").click()
    expect(page.locator(".wrong")).to_contain_text("不是日期")
    file.get_by_label("公布日期").fill("2026-03-01")
    page.get_by_role("button", name="保存改正").click()
    expect(page.locator(".wrong")).to_have_count(0)
    page.get_by_label("说明（可不写，记入操作记录）").fill(HOSTILE)
    page.get_by_role("button", name="发布这 1 份").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已写入语料")
    page.goto(f"{site}/desk/documents")
    expect(page.locator(".batches")).to_contain_text(HOSTILE)
    page.get_by_role("link", name="撤销…").click()
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("look", ["light", "dark", "phone", "large"])
def test_every_view_is_for_everybody(
    at_the_desk: Open, measure: Path, tmp_path: Path, no_violations: Scan, shot: Shot, look: str
) -> None:
    page = at_the_desk("/desk/account")
    if look == "dark":
        page.emulate_media(color_scheme="dark")
    if look == "phone":
        page.set_viewport_size(PHONE)
    if look == "large":
        page.get_by_role("button", name="大字").click()
    page.get_by_role("link", name="文件", exact=True).click()
    no_violations(page)
    shot(page, f"documents-{look}")
    empty = tmp_path / "空的.txt"
    empty.write_text("", "utf-8")
    upload(page, measure, empty, text_file(tmp_path, "很长很长的文件名" * 9 + ".txt"))
    for summary in page.locator("summary").all():
        summary.click()
    no_violations(page)
    shot(page, f"documents-preview-{look}")
    page.locator("#file-0 form.correct").scroll_into_view_if_needed()
    shot(page, f"documents-form-{look}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it would scroll sideways"


def test_files_are_dropped_chosen_by_keyboard_and_refused_in_words(
    at_the_desk: Open, site: str, measure: Path, no_violations: Scan
) -> None:
    page = at_the_desk("/desk/documents")
    page.get_by_role("button", name="上传并预览").press("Enter")
    expect(page.locator("#upload-error")).to_contain_text("没有选文件")
    expect(page.locator("#files")).to_be_focused()
    no_violations(page)
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['x'], '程序.exe')); return t; }"
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    page.get_by_role("button", name="上传并预览").press("Enter")
    expect(page.locator("#upload-error")).to_contain_text("程序.exe：不认识扩展名")
    page.get_by_label("或者写网址").fill("http://127.0.0.1/a.html")
    page.set_input_files("#files", [])
    page.get_by_role("button", name="上传并预览").press("Enter")
    expect(page.locator("#upload-error")).to_contain_text("内网")
    page.route("**/api/v1/staff/imports", lambda route: route.abort())
    page.get_by_role("button", name="上传并预览").press("Enter")
    expect(page.locator("#upload-error")).to_contain_text("连接断了")
    expect(page.get_by_role("button", name="上传并预览")).to_be_enabled()
    page.get_by_label("按标题、文号、机关查找").fill("没有的")
    expect(page.locator("#sift-count")).to_have_text("0 份")


def test_all_of_it_works_without_scripts(chrome: Browser, site: str, measure: Path, quick: Path) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/desk/sign-in")
    page.fill("#name", "editor")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.goto(f"{site}/desk/documents")
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main .error").first).to_contain_text("没有选文件")
    upload(page, measure)
    page.locator("#file-0").get_by_label("发布机关").fill("示例市监管局")
    page.get_by_role("button", name="保存改正").click()
    expect(page.locator("#file-0").get_by_label("发布机关")).to_have_value("示例市监管局")
    page.get_by_role("button", name="发布这 1 份").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已写入语料")
    quick.touch()
    expect(page.locator("#progress")).to_have_attribute("data-step", "failed", timeout=30_000)
    page.get_by_role("link", name="撤销这一批…").click()
    page.get_by_label("为什么撤销").fill("发错了")
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator(".batches")).to_contain_text("发错了")
    context.close()
