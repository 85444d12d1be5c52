"""The question page: a conversation with scripts, a page an answer without them."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import PHONE, Scan, Shot

QUESTION = "拿专利能贷款吗"
FIELD = "#qa-question"


def ask(page: Page, question: str) -> Locator:
    """Ask by keys; returns the exchange when it is answered."""
    before = page.locator(".log > *").count()
    page.fill(FIELD, question)
    page.press(FIELD, "Enter")
    shown = page.locator(".log > *").nth(before)
    expect(shown).to_be_visible()
    return shown


def test_one_asks_on_without_leaving_the_page(page: Page, site: str, shot: Shot) -> None:
    page.goto(site)
    shot(page, "home")
    expect(page.locator(FIELD)).to_be_focused()
    expect(ask(page, "发明专利保护期是多久").locator(".said")).to_contain_text("二十年")
    shown = ask(page, "那外观设计呢")
    expect(shown.locator(".hint")).to_contain_text("外观设计保护期是多久")
    expect(page.locator(".log > .exchange")).to_have_count(2)
    shot(page, "conversation")


def test_an_answer_has_an_address_that_means_the_same_to_whoever_opens_it(
    page: Page, site: str, context: BrowserContext
) -> None:
    page.goto(site)
    ask(page, "发明专利保护期是多久")
    ask(page, "那外观设计呢")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["外观设计保护期是多久"]
    other = context.new_page()
    other.goto(page.url)
    expect(other.locator(".said")).to_contain_text("十五年")
    expect(other).to_have_title("外观设计保护期是多久 - 海门知识产权政策问答")


def test_what_the_server_wrote_and_what_a_script_writes_look_the_same(page: Page, site: str, chrome: Browser) -> None:
    page.goto(f"{site}/?q={QUESTION}")
    plain = chrome.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/?q={QUESTION}")
    for selector in (
        ".asked",
        ".said",
        ".notice",
        ".citation .source",
        ".citation .original",
        ".badge",
        ".badge + .badge",
        ".grounds h3",
    ):
        written, made = plain.locator(selector).first, page.locator(f".log {selector}").first
        assert written.text_content() == made.text_content(), selector
    plain.context.close()


def test_a_reload_shows_the_conversation_once(page: Page, site: str) -> None:
    page.goto(f"{site}/?q={QUESTION}")
    ask(page, "要多少利息")
    page.reload()
    expect(page.locator(".log > .exchange")).to_have_count(2)
    expect(page.locator(".log > .exchange").last.locator(".asked")).to_have_text("您问：要多少利息")
    page.get_by_role("button", name="重新开始").click()
    expect(page.locator(".log > .exchange")).to_have_count(0)
    assert urlsplit(page.url).query == ""
    page.reload()
    expect(page.locator(".log > .exchange")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_examples_suggestions_and_choices_are_asked_at_a_press(page: Page, site: str) -> None:
    page.goto(site)
    page.locator(".before [data-question]").first.click()
    expect(page.locator(".log .status")).to_have_text("有依据")
    shown = ask(page, "续展要多久")
    shown.locator(".choices button").first.click()
    expect(page.locator(".log > .exchange")).to_have_count(3)
    expect(page.locator(".log > .exchange").last.locator(".said")).to_contain_text("六个月")


def test_an_answer_is_copied_with_its_sources(page: Page, site: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site)
    shown = ask(page, QUESTION)
    shown.get_by_role("button", name="复制答案和出处").click()
    expect(shown.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] 《" in copied
    assert f"{site}/documents/" in copied
    shown.get_by_role("button", name="复制链接").click()
    expect(shown.get_by_role("button", name="已复制").last).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{site}/?q=")


def test_it_is_read_and_judged_without_scripts(chrome: Browser, site: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#q", "续展要多久")
    page.press("#q", "Enter")
    page.locator(".choices a").first.click()
    expect(page.locator(".said")).to_contain_text("六个月")
    page.fill("#q", "那要交多少钱")
    page.press("#q", "Enter")
    expect(page.locator(".hint").first).to_contain_text("理解")
    page.get_by_role("button", name="没用").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢")
    context.close()


def test_a_question_that_is_too_long_stays_as_it_was_typed(page: Page, site: str, no_violations: Scan) -> None:
    page.goto(f"{site}/?q={'问' * 501}")
    expect(page.locator("#q")).to_have_value("问" * 501)
    expect(page.locator("#q-error")).to_be_visible()
    no_violations(page)


@pytest.mark.parametrize("size", [None, PHONE])
def test_a_conversation_breaks_no_rule_of_accessibility(
    page: Page, site: str, no_violations: Scan, shot: Shot, size: dict | None
) -> None:  # type: ignore[type-arg]
    if size:
        page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(site)
    ask(page, QUESTION)
    ask(page, "今天天气怎么样")
    shown = ask(page, "海门区专利资助多少钱")
    shown.get_by_role("button", name="没用").click()
    no_violations(page)
    page.get_by_role("button", name="深色").click()
    no_violations(page)
    shot(page, "conversation-phone-dark" if size else "conversation-dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_answer_is_not_hidden_behind_the_field(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(site)
    ask(page, QUESTION)
    shown = ask(page, "专利费能减吗")
    page.wait_for_function("(e) => Math.abs(e.getBoundingClientRect().top - 12) < 3", arg=shown.element_handle())
    last = shown.locator("button").last
    last.focus()
    above = (
        "(e) => e.getBoundingClientRect().bottom <= document.querySelector('.composer').getBoundingClientRect().top + 1"
    )
    page.wait_for_function(above, arg=last.element_handle())


def test_the_address_cannot_write_markup_nor_script(page: Page, site: str) -> None:
    nasty = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
    page.goto(f"{site}/?{'q=' + nasty}")
    expect(page.locator(".asked")).to_contain_text("</script>")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".log img").count() == 0


def test_a_page_that_is_printed_has_the_answer_and_its_grounds(
    page: Page, site: str, tmp_path: Path, read_pdf: Callable[[Path], str]
) -> None:
    page.goto(f"{site}/?q={QUESTION}")
    page.pdf(path=tmp_path / "answer.pdf", format="A4")
    printed = read_pdf(tmp_path / "answer.pdf")
    assert QUESTION in printed
    assert "第三十五条" in printed
    assert "请留意" in printed
    assert f"{site}/?q=" in printed
    for furniture in ("发送", "有用", "复制链接", "文件列表", "大字"):
        assert furniture not in printed
