"""Official texts brought in at the desk, in a real browser, on a small corpus of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from qa_service.access.staff import Role
from qa_service.server.app import create_app
from qa_service.service import open_service
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate
from tests.browser.conftest import PASSWORD, Open, Scan, Shot
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
