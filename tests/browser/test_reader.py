"""The list of documents, one document, and two versions side by side, as a person meets them."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from qa_service.server.app import create_app
from qa_service.service import Service
from tests.browser.conftest import DESKTOP, PHONE, Scan, Shot
from tests.server.conftest import serving_app

PAGES = [
    "/documents",
    "/documents?words=奖励&force=yes",
    "/documents?words=没有这样的名称",
    "/documents/奖励办法2025",
    "/documents/奖励办法2027",
    "/documents/长文#第二条",
    "/documents/长文#第九百条",
    "/documents/指南-奖励",
    "/documents/恶意文本",
    "/documents/奖励办法2025/compare",
    "/documents/恶意文本二/compare",
    "/documents/长文/compare",
]
HIGHLIGHTED = "document.querySelector('.reached')?.id ?? ''"
TOP = "e => e.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def reading_site(reading_service: Service) -> Iterator[str]:
    """The address of a server over the small corpus."""
    with serving_app(create_app(lambda: reading_service)) as address:
        yield address


@pytest.fixture
def reader(context: BrowserContext) -> Page:
    return context.new_page()


def visible_names(page: Page) -> list[str]:
    return page.locator(".book:visible .name").all_inner_texts()


# The list


def test_the_list_narrows_as_one_types_with_the_keyboard_alone(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents")
    total = len(visible_names(reader))
    reader.focus("#words")
    reader.keyboard.type("奖励　２０")
    expect(reader.locator(".none")).to_be_visible()
    expect(reader.get_by_role("status")).to_have_text(f"符合条件的有 0 份，共 {total} 份。")
    reader.keyboard.press("Control+A")
    reader.keyboard.type("奖励")
    expect(reader.get_by_role("status")).to_have_text(f"符合条件的有 4 份，共 {total} 份。")
    reader.keyboard.press("Tab")
    expect(reader.get_by_label("文本形式")).to_be_focused()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("ArrowDown")
    expect(reader.locator(".book:visible")).to_have_count(1)
    expect(reader).to_have_url(re.compile(r"\?words=[^&]+&form=notes$"))
    reader.reload()
    expect(reader.locator(".book:visible")).to_have_count(1)
    reader.get_by_role("link", name="清除条件").click()
    expect(reader.locator(".book:visible")).to_have_count(total)
    expect(reader.locator("#words")).to_be_focused()
    expect(reader).to_have_url(re.compile("/documents$"))


def test_the_list_is_ordered_at_once(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents?words=奖励办法")
    versions = reader.locator(".book:visible .name")
    reader.select_option("#order", "date")
    expect(versions.first).to_contain_text("2027年")
    reader.reload()
    expect(versions.first).to_contain_text("2027年")
    reader.select_option("#order", "name")
    expect(versions.first).to_contain_text("2020年")


def test_the_list_narrows_without_scripts(chrome: Browser, reading_site: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{reading_site}/documents")
    page.fill("#words", "奖励")
    page.select_option("#force", "yes")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".result")).to_contain_text("符合条件的有 2 份")
    assert len(visible_names(page)) == 2
    page.get_by_role("link", name="清除条件").click()
    assert len(visible_names(page)) > 5
    context.close()


# One document


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("key", ["第三十一条", "第二条~2", "第三十一条第二款"])
def test_a_clause_that_the_address_names_is_marked_and_in_sight(
    reader: Page, reading_site: str, size: dict[str, int], key: str
) -> None:
    reader.set_viewport_size(size)  # type: ignore[arg-type]
    reader.goto(f"{reading_site}/documents/{quote('长文')}#{quote(key)}")
    clause = re.sub(r"~\d|第二款", "", key)
    expect(reader.locator(".reached")).to_have_attribute("id", clause)
    bar = reader.locator(".aside").evaluate("e => innerWidth < 960 ? e.getBoundingClientRect().bottom : 0")
    place = reader.locator(f'[id="{key if "~" in key else clause}"]')
    top = place.evaluate(TOP)
    assert bar <= top < size["height"] * 0.75
    assert reader.locator("#lost").is_hidden()


def test_the_mark_goes_with_the_address(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/长文#第五条")
    assert reader.evaluate(HIGHLIGHTED) == "第五条"
    reader.locator(".toc.broad a", has_text="第二十条").click()
    expect(reader.locator(".reached")).to_have_attribute("id", "第二十条")
    reader.go_back()
    expect(reader.locator(".reached")).to_have_attribute("id", "第五条")


@pytest.mark.parametrize("fragment", ["第九百条", "%E7%AC", "<img src=x onerror=alert(1)>", "x" * 500])
def test_a_clause_that_is_not_there_is_said_not_to_be(reader: Page, reading_site: str, fragment: str) -> None:
    reader.goto(f"{reading_site}/documents/长文#{fragment}")
    lost = reader.get_by_role("alert")
    expect(lost).to_contain_text("没有找到这一处")
    expect(lost).to_be_in_viewport()
    assert reader.locator("#lost img").count() == 0
    reader.evaluate("location.hash = '第三条'")
    expect(lost).to_be_hidden()


def test_without_scripts_the_clause_is_marked_all_the_same(chrome: Browser, reading_site: str) -> None:
    context = chrome.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{reading_site}/documents/{quote('长文')}#{quote('第二十条')}")
    marked = page.locator(".clause:target")
    expect(marked).to_have_attribute("id", "第二十条")
    expect(marked).to_be_in_viewport()
    assert page.locator(".find").is_hidden()
    assert page.locator(".copy").count() == 0
    context.close()


def test_the_outline_follows_the_reading(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/长文")
    for article in ("第二十条", "第七条"):
        reader.locator(f'[id="{article}"]').evaluate("e => e.scrollIntoView()")
        expect(reader.locator(".toc.broad [aria-current=location]")).to_have_text(article)
        expect(reader.locator(".toc.broad [aria-current]")).to_be_in_viewport()
    assert reader.locator("[aria-current=location]").count() == 2


def test_on_a_phone_the_outline_unfolds_over_the_text_and_folds_again(reader: Page, reading_site: str) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(f"{reading_site}/documents/长文#第二十条")
    fold = reader.locator(".toc.narrow")
    reader.locator(".toc.narrow summary").press("Enter")
    expect(fold.locator("[aria-current]")).to_be_in_viewport()
    reader.keyboard.press("Escape")
    expect(fold).not_to_have_attribute("open", "")
    expect(reader.locator(".toc.narrow summary")).to_be_focused()
    reader.locator(".toc.narrow summary").click()
    fold.locator("a", has_text="第十二条").click()
    expect(fold).not_to_have_attribute("open", "")
    expect(reader.locator(".reached")).to_have_attribute("id", "第十二条")


def test_a_clause_is_copied_by_keyboard_as_link_citation_and_words(
    context: BrowserContext, reader: Page, reading_site: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reading_site)
    reader.goto(f"{reading_site}/documents/奖励办法2025#第四条")
    reader.locator(".reached .where").focus()
    reader.keyboard.press("Tab")
    expect(reader.locator(".reached .copy")).to_be_focused()
    expect(reader.locator(".reached .copy")).to_have_css("opacity", "1")
    reader.keyboard.press("Enter")
    link = f"{reading_site}/documents/{quote('奖励办法2025')}#{quote('第四条')}"
    expected = [
        link,
        "《示例市知识产权奖励办法》第四条",
        f"《示例市知识产权奖励办法》第四条（现行有效）\n第四条 对授权的发明专利，每件奖励两万元。\n{link}",
    ]
    for text in expected:
        reader.keyboard.press("Tab")
        reader.keyboard.press("Enter")
        expect(reader.locator(":focus")).to_have_text("已复制")
        assert reader.evaluate("navigator.clipboard.readText()") == text
    reader.keyboard.press("Escape")
    assert reader.locator(".ways").count() == 0
    expect(reader.locator(".reached .copy")).to_be_focused()


def test_notes_are_never_copied_as_the_law(context: BrowserContext, reader: Page, reading_site: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reading_site)
    reader.goto(f"{reading_site}/documents/奖励办法2027#第一条")
    reader.locator(".reached .copy").click()
    for name in ("引用", "全文和出处"):
        reader.get_by_role("button", name=name).click()
        expect(reader.locator(":focus")).to_have_text("已复制")
        assert "要点整理，非法条原文" in reader.evaluate("navigator.clipboard.readText()")


def test_where_nothing_can_be_copied_that_is_said(reader: Page, reading_site: str) -> None:
    reader.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    reader.goto(f"{reading_site}/documents/奖励办法2025#第四条")
    reader.locator(".reached .copy").click()
    reader.get_by_role("button", name="引用").click()
    expect(reader.get_by_role("button", name="没能复制，请手动选中")).to_be_visible()


def test_words_are_found_one_after_the_other_and_back(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/长文")
    whole = reader.locator(".text").inner_text()
    box, result = reader.get_by_role("searchbox"), reader.locator("#find-result")
    box.fill("第3")
    found = reader.locator(".text mark")
    expect(result).to_have_text(re.compile(r"^1/\d+ 处$"))
    count = found.count()
    assert count > 5
    box.press("Enter")
    expect(result).to_have_text(f"2/{count} 处")
    expect(reader.locator("mark.here")).to_be_in_viewport()
    box.press("Shift+Enter")
    box.press("Shift+Enter")
    expect(result).to_have_text(f"{count}/{count} 处")
    reader.get_by_role("button", name="下一处").click()
    expect(result).to_have_text(f"1/{count} 处")
    box.fill("这里没有")
    expect(result).to_have_text("没有找到")
    expect(reader.get_by_role("button", name="下一处")).to_be_disabled()
    box.press("Escape")
    assert found.count() == 0
    assert reader.locator(".text").inner_text() == whole


@pytest.mark.parametrize("words", ["<b>", "(?:", ".*", "\\", "&amp;", "<script>alert(8)</script>"])
def test_signs_are_sought_as_they_stand(reader: Page, reading_site: str, words: str) -> None:
    reader.goto(f"{reading_site}/documents/恶意文本")
    box = reader.get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")
    expect(reader.locator("#find-result")).not_to_have_text("")
    expected = reader.locator(".wording").all_inner_texts()
    assert (reader.locator(".wording mark").count() > 0) is any(words in text for text in expected)


def test_no_text_runs_as_a_script(reader: Page, reading_site: str) -> None:
    dialogs: list[str] = []
    reader.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("/documents", "/documents/恶意文本", "/documents/恶意文本二/compare"):
        reader.goto(reading_site + path)
        reader.wait_for_load_state("networkidle")
    assert reader.locator("main script, main img, main svg").count() == 0
    reader.goto(f"{reading_site}/documents/恶意文本")
    reader.locator(".copy").first.click()
    assert reader.locator(".clause img, .clause script").count() == 0
    assert dialogs == []


# Two versions


def test_versions_stand_side_by_side_and_below_one_another_on_a_phone(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/奖励办法2025")
    reader.get_by_role("link", name="与本页对照").first.click()
    changed = reader.locator(".pair.changed").first
    was, now = changed.locator(".was"), changed.locator(".now")
    assert was.evaluate(TOP) == now.evaluate(TOP)
    expect(was.locator("del")).to_have_text("一万元")
    expect(was.locator("del")).to_have_css("text-decoration-line", "line-through")
    expect(now.locator("ins")).to_have_css("text-decoration-line", "underline")
    reader.set_viewport_size(PHONE)
    assert was.evaluate(TOP) < now.evaluate(TOP)
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_did_not_change_is_folded_and_unfolds(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/奖励办法2025/compare")
    words = reader.get_by_text("本办法适用于本市登记注册的企业。")
    expect(words).to_be_hidden()
    reader.locator(".folded summary").first.press("Enter")
    expect(words).to_be_visible()


def test_one_goes_from_change_to_change_by_keyboard(reader: Page, reading_site: str) -> None:
    reader.goto(f"{reading_site}/documents/奖励办法2025/compare")
    following = reader.get_by_role("button", name="下一处变化")
    following.press("Enter")
    expect(reader.locator(".pair").first).to_be_focused()
    expect(reader.locator("#at-change")).to_have_text("1/4 处")


def test_versions_are_chosen_and_compared_without_scripts(chrome: Browser, reading_site: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{reading_site}/documents/奖励办法2025/compare")
    assert page.locator(".steps").is_hidden()
    page.select_option("#with", "奖励办法2027")
    page.get_by_role("button", name="对照").first.click()
    expect(page.locator(".notice")).to_contain_text("写法本来不同")
    page.goto(f"{reading_site}/documents/奖励办法2025/compare?from=2026-01-01&to=2026-02-01")
    expect(page.get_by_role("alert")).to_contain_text("同一个文本")
    page.fill("#from", "2021-01-01")
    page.fill("#to", "2026-02-01")
    page.get_by_role("button", name="对照").last.click()
    expect(page.locator("ins").filter(has_text="两万元")).to_be_visible()
    context.close()


# All of them


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_a_rule_of_accessibility(
    reader: Page, reading_site: str, no_violations: Scan, path: str
) -> None:
    for scheme in ("light", "dark"):
        for size in (DESKTOP, PHONE):
            reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            reader.set_viewport_size(size)
            reader.goto(reading_site + path)
            no_violations(reader)
            assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_opened_and_found_and_large_no_rule_is_broken_either(
    reader: Page, reading_site: str, no_violations: Scan
) -> None:
    reader.add_init_script("localStorage.setItem('qa-size', 'large')")
    for size in (DESKTOP, PHONE):
        reader.set_viewport_size(size)
        reader.goto(f"{reading_site}/documents/奖励办法2025#第四条")
        reader.locator(".reached .copy").click()
        reader.get_by_role("searchbox").fill("奖励")
        expect(reader.locator("mark.here")).to_be_visible()
        no_violations(reader)
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
        reader.goto(f"{reading_site}/documents/奖励办法2025/compare?from=2020-01-01")
        reader.locator(".folded summary").first.click()
        no_violations(reader)
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("path", "there", "gone"),
    [
        (
            "/documents/奖励办法2025#第四条",
            [".standing", ".facts", ".reached .wording", ".reached .where"],
            [".aside", ".crumb", ".copy", ".ways", ".versions .compare"],
        ),
        ("/documents/奖励办法2025/compare", [".counted li", "del", "ins", ".folded summary"], [".steps", ".choosing"]),
        ("/documents?words=奖励", [".result", ".book .name", ".book .badge"], [".narrowing", ".jump"]),
    ],
)
def test_a_page_is_printed_without_what_only_a_screen_needs(
    reader: Page, reading_site: str, path: str, there: list[str], gone: list[str]
) -> None:
    reader.goto(reading_site + path)
    if "#" in path:
        reader.locator(".reached .copy").click()
    for selector in gone:
        assert reader.locator(selector).count() > 0
    reader.emulate_media(media="print")
    assert [s for s in there if not reader.locator(f"{s}:visible").count()] == []
    assert [s for s in gone if reader.locator(f"{s}:visible").count()] == []
    assert len(reader.pdf(format="A4")) > 5000


def test_the_shipped_corpus_is_pleasant_to_look_through(page: Page, site: str, shot: Shot) -> None:
    page.goto(f"{site}/documents")
    rows = page.locator(".book:visible")
    assert rows.count() > 100
    heights = page.eval_on_selector_all(".book", "rows => rows.map(row => row.offsetHeight)")
    assert sorted(heights)[len(heights) // 2] < 90
    shot(page, "documents")
    page.goto(f"{site}/documents/{quote('商标法')}/compare")
    assert page.locator(".pair.changed").count() > 30
    shot(page, "compare")
